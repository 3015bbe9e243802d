// Every setting of OpenHouse, parsed once from the environment; wrong ones are reported all together.
import { hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { folderFault } from './folder-faults.ts'

/** sysexits.h EX_CONFIG: the configuration is wrong, starting again will not help. */
export const EXIT_BAD_CONFIG = 78

const SECRET_CHARS_MIN = 32
/** Where Supabase and PgBouncer listen for clients that share connections. */
const POOLER_PORTS = new Set(['6543', '6432'])

const flag = z.stringbool()
const port = z.coerce.number().int().min(1).max(65535)
const text = z.string().trim().min(1)
const postgresUrl = text
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value),
    'must start with postgres:// or postgresql://: postgres://user:password@host:5432/database',
  )
  .refine(
    (value) => URL.canParse(value) || !value.startsWith('postgres'),
    'cannot be read as an address: encode special characters of the password (@ is %40, / is %2F)',
  )
const httpUrl = text.refine(
  (value) => URL.canParse(value) && /^https?:/.test(value),
  'must be an http or https URL',
)
const headerText = text.refine((value) => /^[\x20-\x7e]+$/.test(value), 'must be plain ASCII on one line')
const secret = text.refine(
  (value) => value.length >= SECRET_CHARS_MIN,
  `must have at least ${SECRET_CHARS_MIN} characters`,
)

/** The settings as they stand in the environment. `.env.example` documents each; a test compares the two. */
export const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: text.default('localhost'),
  PORT: port.default(3000),
  DATA_DIR: text.default('./data'),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
  EMBEDDED_DATABASE: flag.default(false),
  JWT_SECRET: secret.optional(),
  JWT_SECRET_PREVIOUS: secret.optional(),
  ENCRYPTION_KEY: secret.optional(),
  TRUSTED_PROXY: z.enum(['none', 'loopback', 'cloudflare']).default('none'),
  CORS_ORIGINS: z.string().default(''),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  OPENAI_CHAT_MODEL: text.default('gpt-4.1-mini'),
  OPENAI_EMBEDDING_MODEL: text.default('text-embedding-3-small'),
  OPENAI_EMBEDDING_DIMENSIONS: z.coerce.number().int().min(16).max(4_096).default(512),
  OPENAI_EMBEDDING_EUR_PER_MILLION_TOKENS: z.coerce.number().min(0).max(1_000).default(0.02),
  OPENAI_PROMPT_EUR_PER_MILLION_TOKENS: z.coerce.number().min(0).max(1_000).default(0.37),
  OPENAI_COMPLETION_EUR_PER_MILLION_TOKENS: z.coerce.number().min(0).max(1_000).default(1.48),
  OPENAI_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(30_000),
  OPENAI_IDLE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  OPENAI_DAILY_TOKENS_PER_TENANT: z.coerce.number().int().min(0).max(10_000_000_000).default(5_000_000),
  OPENAI_CONCURRENCY_PER_TENANT: z.coerce.number().int().min(1).max(1_000).default(16),
  OPENAI_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(8),
  STORAGE_S3_ENDPOINT: httpUrl.optional(),
  STORAGE_S3_BUCKET: text.optional(),
  STORAGE_S3_REGION: text.default('eu-west-1'),
  STORAGE_S3_ACCESS_KEY_ID: text.optional(),
  STORAGE_S3_SECRET_ACCESS_KEY: text.optional(),
  TENANT_STORAGE_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(1_000_000_000_000_000)
    .default(20_000_000_000),
  UPLOAD_BYTES_MAX: z.coerce.number().int().min(1_000).max(1_000_000_000).default(100_000_000),
  GEOCODER: z.enum(['none', 'nominatim', 'google']).default('none'),
  NOMINATIM_URL: httpUrl.default('https://nominatim.openstreetmap.org'),
  NOMINATIM_CONTACT: headerText.optional(),
  PLACES_PROVIDER: z.enum(['none', 'overpass', 'google']).default('none'),
  OVERPASS_URL: httpUrl.default('https://overpass-api.de/api/interpreter'),
  GOOGLE_MAPS_API_KEY: headerText.optional(),
  GOOGLE_GEOCODING_URL: httpUrl.default('https://maps.googleapis.com/maps/api/geocode/json'),
  GOOGLE_PLACES_URL: httpUrl.default('https://places.googleapis.com/v1/places:searchNearby'),
  MAP_TILES_URL: httpUrl
    .refine(
      (value) => ['{z}', '{x}', '{y}'].every((part) => new URL(value).pathname.includes(encodeURI(part))),
      'must hold {z}, {x} and {y} in its path',
    )
    .optional(),
  MAP_TILES_CREDIT: text.default('© OpenStreetMap contributors'),
  SMTP_URL: text
    .refine(
      (value) => URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol),
      'must start with smtp:// or smtps://',
    )
    .optional(),
  MAIL_FROM: text
    .refine((value) => /@/.test(value) && !/[\r\n]/.test(value), 'must be an e-mail address')
    .optional(),
  WEBHOOKS_ALLOW_PRIVATE: flag.default(false),
  JOB_THREADS: z.coerce.number().int().min(1).max(8).default(2),
  JOB_BACKOFF_BASE_MS: z.coerce.number().int().min(1).max(60_000).default(15_000),
  DRAIN_NOTICE_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  RELEASE: headerText.default('unreleased'),
  SENTRY_DSN: httpUrl
    .refine(
      (value) => URL.canParse(value) && /^\/(?:.*\/)?\d+$/.test(new URL(value).pathname),
      'must end with a project number',
    )
    .refine((value) => URL.canParse(value) && new URL(value).username !== '', 'must hold a public key')
    .optional(),
  METRICS_TOKEN: secret.optional(),
  ALERT_WEBHOOK_URL: httpUrl.optional(),
  ALERT_MAIL_TO: z.email().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Settings = z.infer<typeof settings>

export type Config = Readonly<
  Omit<Settings, 'JWT_SECRET' | 'JWT_SECRET_PREVIOUS' | 'ENCRYPTION_KEY' | 'PUBLIC_URL'> & {
    dataDir: string
    publicUrl: string
    isProduction: boolean
    /** Only somebody at this machine can open it: its public address is a loopback one. */
    isLocal: boolean
    /** Demo tenants are seeded into an empty database, never in production. */
    seedsDemo: boolean
    jwtSecret: Uint8Array
    /** While a new one takes its place: what it signed stays good, and it signs no more. */
    jwtSecretPrevious: Uint8Array | null
    encryptionKey: Uint8Array
    corsOrigins: string[]
  }
>

export type ConfigFault = { setting: string; message: string }

/** Parses the environment. Returns every fault at once; no fault repeats the value of a secret. */
export function parseConfig(
  env: Record<string, string | undefined>,
): { config: Config } | { faults: ConfigFault[] } {
  const known = Object.keys(settings.shape)
  const given = Object.fromEntries(known.flatMap((name) => (env[name]?.trim() ? [[name, env[name]]] : [])))
  const parsed = settings.safeParse(given)
  const faults: ConfigFault[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ setting: String(issue.path[0]), message: sentence(issue) }))
  faults.push(...crossFaults({ ...given, NODE_ENV: given.NODE_ENV ?? 'development' }))
  if (!parsed.success || faults.length > 0) return { faults: onePerSetting(faults) }
  try {
    return { config: Object.freeze(derive(parsed.data)) }
  } catch (error) {
    const message = folderFault(error, resolve(parsed.data.DATA_DIR))
    if (!message) throw error
    return { faults: [{ setting: 'DATA_DIR', message }] }
  }
}

let active: Config | null = null

/** Sets the process's configuration, once, before anything that asks for it. */
export function useConfig(config: Config): void {
  active = config
}

export function config(): Config {
  if (!active) throw new Error('the configuration has not been parsed yet')
  return active
}

/** What runs here; known from the first moment, because errors before the settings are read have a release as well. */
export const releaseOf = (): string => active?.RELEASE ?? 'unreleased'

/** Faults that only show when settings are read together; they must be found even when others fail to parse. */
function crossFaults(given: Record<string, string | undefined>): ConfigFault[] {
  const faults: ConfigFault[] = []
  const fault = (setting: string, message: string) => faults.push({ setting, message })
  if (given.STORAGE_S3_ENDPOINT) {
    for (const name of ['STORAGE_S3_BUCKET', 'STORAGE_S3_ACCESS_KEY_ID', 'STORAGE_S3_SECRET_ACCESS_KEY'])
      if (!given[name]) fault(name, 'is needed because STORAGE_S3_ENDPOINT is set')
  }
  const databasePort = portOf(given.DATABASE_URL ?? '')
  if (POOLER_PORTS.has(databasePort) && !given.DATABASE_DIRECT_URL)
    fault(
      'DATABASE_DIRECT_URL',
      `is needed because DATABASE_URL goes to a transaction pooler (port ${databasePort})`,
    )
  if (given.GEOCODER === 'nominatim' && !given.NOMINATIM_CONTACT)
    fault('NOMINATIM_CONTACT', 'is needed because GEOCODER is nominatim: an e-mail or web address of yours')
  for (const name of ['GEOCODER', 'PLACES_PROVIDER'])
    if (given[name] === 'google' && !given.GOOGLE_MAPS_API_KEY)
      fault('GOOGLE_MAPS_API_KEY', `is needed because ${name} is google`)
  if (given.JWT_SECRET_PREVIOUS && !given.ENCRYPTION_KEY)
    fault(
      'ENCRYPTION_KEY',
      'is needed because JWT_SECRET_PREVIOUS is set: set it to the previous JWT_SECRET, or the printed codes are lost',
    )
  if (given.ALERT_MAIL_TO && !given.SMTP_URL) fault('SMTP_URL', 'is needed because ALERT_MAIL_TO is set')
  if (given.SMTP_URL && !given.MAIL_FROM) fault('MAIL_FROM', 'is needed because SMTP_URL is set')
  if (given.NODE_ENV !== 'production') return faults
  if (/^(1|true|yes|on)$/i.test(given.WEBHOOKS_ALLOW_PRIVATE ?? ''))
    fault(
      'WEBHOOKS_ALLOW_PRIVATE',
      'must not be set in production: webhooks would reach into your own network',
    )
  if (!given.JWT_SECRET)
    fault('JWT_SECRET', `is needed in production: at least ${SECRET_CHARS_MIN} random characters`)
  if (!given.PUBLIC_URL) fault('PUBLIC_URL', 'is needed in production: the https address people open')
  else if (!/^https:/.test(given.PUBLIC_URL) && !isLoopbackUrl(given.PUBLIC_URL))
    fault('PUBLIC_URL', 'must be https in production')
  if (!given.DATABASE_URL && !/^(1|true|yes|on)$/i.test(given.EMBEDDED_DATABASE ?? ''))
    fault(
      'DATABASE_URL',
      'is needed in production, or set EMBEDDED_DATABASE=1 to use the built-in PostgreSQL',
    )
  if (given.CORS_ORIGINS?.includes('*')) fault('CORS_ORIGINS', 'must list origins in production, not *')
  return faults
}

function derive(parsed: Settings): Config {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS, ENCRYPTION_KEY, PUBLIC_URL, ...rest } = parsed
  const isProduction = parsed.NODE_ENV === 'production'
  const dataDir = resolve(parsed.DATA_DIR)
  const publicUrl = (PUBLIC_URL ?? `http://${hostInUrl(parsed.HOST)}:${parsed.PORT}`).replace(/\/+$/, '')
  const kept = JWT_SECRET ? null : keptSecret(dataDir)
  const jwtSecret = new TextEncoder().encode(JWT_SECRET ?? kept ?? '')
  return {
    ...rest,
    dataDir,
    publicUrl,
    isProduction,
    isLocal: isLoopbackUrl(publicUrl),
    seedsDemo: !isProduction,
    jwtSecret,
    jwtSecretPrevious: JWT_SECRET_PREVIOUS ? new TextEncoder().encode(JWT_SECRET_PREVIOUS) : null,
    encryptionKey: ENCRYPTION_KEY
      ? derivedKey(new TextEncoder().encode(ENCRYPTION_KEY))
      : derivedKey(jwtSecret),
    corsOrigins: parsed.CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  }
}

/** Outside production a secret is made once and kept, so that sessions and printed codes survive a restart. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(dataDir, { recursive: true })
  const made = randomBytes(48).toString('base64url')
  writeFileSync(path, made, { mode: 0o600 })
  chmodSync(path, 0o600)
  return made
}

/** The key for printed codes, made from a secret. */
export const derivedKey = (from: Uint8Array) =>
  new Uint8Array(hkdfSync('sha256', from, '', 'openhouse access codes', 32))

const hostInUrl = (host: string) =>
  host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host

const portOf = (url: string) => (URL.canParse(url) ? new URL(url).port : '')

const isLoopbackUrl = (url: string) =>
  URL.canParse(url) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') return `must be a ${issue.expected}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  return issue.message
}

function onePerSetting(faults: ConfigFault[]): ConfigFault[] {
  const bySetting = new Map(faults.map((fault) => [fault.setting, fault]))
  return [...bySetting.values()].sort((a, b) => a.setting.localeCompare(b.setting))
}
