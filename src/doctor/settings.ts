// Checks of the settings by themselves: whether they parse, and what parses and is wrong all the same.
import { type Config, parseConfig, settings } from '../config.ts'
import { addressFindings } from './address-settings.ts'
import { type Env, type Finding, failure, ok, warning } from './finding.ts'
import { outsideFindings } from './outside-settings.ts'
import { secretFindings } from './secret-settings.ts'

/** The configuration is null when the settings do not parse: nothing else can be looked at then. */
export function readSettings(env: Env): { config: Config | null; findings: Finding[] } {
  const parsed = parseConfig(env)
  const strangers = unknownSettings(env)
  if ('faults' in parsed)
    return {
      config: null,
      findings: [
        ...parsed.faults.map(({ setting, message }) => failure(setting, `${message}.`)),
        ...strangers,
      ],
    }
  const { config } = parsed
  const findings = [
    ...strangers,
    ...modeFindings(config, env),
    ...secretFindings(config, env),
    ...addressFindings(config, env),
    ...outsideFindings(config, env),
  ]
  if (findings.length === 0) findings.push(ok('settings', 'All settings are of their kind and fit together.'))
  return { config, findings }
}

const PREFIXES =
  /^(?:OPENAI|STORAGE|S3|DATABASE|JWT|ENCRYPTION|SMTP|MAIL|GOOGLE|NOMINATIM|OVERPASS|MAP|PUBLIC|CORS|TRUSTED|UPLOAD|WEBHOOKS|METRICS|ALERT|SENTRY|GEOCODER|PLACES|EMBEDDED|JOB)_/

/** A name nobody reads is nearly always a slip of the pen. */
function unknownSettings(env: Env): Finding[] {
  const known = Object.keys(settings.shape)
  return Object.keys(env)
    .filter((name) => env[name]?.trim() && PREFIXES.test(name) && !known.includes(name))
    .map((name) => {
      const near = known.toSorted((a, b) => distance(name, a) - distance(name, b))[0] as string
      return warning(name, `is not a setting and nobody reads it: is ${near} meant?`)
    })
}

function modeFindings(config: Config, env: Env): Finding[] {
  const found: Finding[] = []
  if (!config.isProduction && !config.isLocal)
    found.push(
      warning(
        'NODE_ENV',
        'is not production, but PUBLIC_URL is an address for others: the demo with its known accounts would be seeded. Set NODE_ENV=production.',
      ),
    )
  if (!config.isProduction) return found
  if (config.LOG_LEVEL === 'silent' || config.LOG_LEVEL === 'debug')
    found.push(
      warning('LOG_LEVEL', `is ${config.LOG_LEVEL} in production: set info, so that a fault leaves a line.`),
    )
  if (config.RELEASE === 'unreleased')
    found.push(
      warning(
        'RELEASE',
        'is not set, and errors will not say in which version they happened: set it to the version or commit.',
      ),
    )
  if (!config.ALERT_WEBHOOK_URL && !config.ALERT_MAIL_TO)
    found.push(
      warning(
        'ALERT_WEBHOOK_URL',
        'is not set, nor is ALERT_MAIL_TO: incidents show in the console only. Set one of them.',
      ),
    )
  if (config.EMBEDDED_DATABASE && !env.DATABASE_URL)
    found.push(
      warning(
        'EMBEDDED_DATABASE',
        'keeps the database on this one disk: run `bun run backup` by a timer and keep its folders elsewhere.',
      ),
    )
  return found
}

/** Levenshtein's, for names of a few dozen letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
    row = next
  }
  return row[b.length] as number
}
