// Checks of the addresses in the settings: of the site itself, of the database, and of who may call.
import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { type Env, type Finding, failure, warning } from './finding.ts'

const TRANSACTION_POOLER_PORT = '6543'
const LOOPBACK = /^(?:localhost|127\.|\[?::1\]?$)/

export function addressFindings(config: Config, env: Env): Finding[] {
  return [...publicUrlFindings(config), ...originFindings(config), ...databaseUrlFindings(config, env)]
}

function publicUrlFindings(config: Config): Finding[] {
  const url = new URL(config.publicUrl)
  const found: Finding[] = []
  if (url.pathname !== '/' || url.search || url.hash)
    found.push(failure('PUBLIC_URL', `must be an origin without a path: ${url.origin}`))
  if (url.username || url.password) found.push(failure('PUBLIC_URL', 'must hold no user name or password.'))
  if (config.isProduction && isIP(url.hostname.replace(/^\[|\]$/g, '')) && !config.isLocal)
    found.push(
      warning('PUBLIC_URL', 'is a bare address: printed links need a name that can move to another machine.'),
    )
  if (config.isProduction && /\.(?:local|internal|test|example|invalid)$|^example\./.test(url.hostname))
    found.push(
      failure('PUBLIC_URL', `${url.hostname} is a name that nobody outside can open: set the real one.`),
    )
  return found
}

function originFindings(config: Config): Finding[] {
  return config.corsOrigins.flatMap((origin) => {
    if (origin === '*')
      return [
        warning(
          'CORS_ORIGINS',
          'is *: any page may call the API. List origins; in production it is refused.',
        ),
      ]
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      return [
        failure(
          'CORS_ORIGINS',
          `${origin.slice(0, 100)} is not an origin such as https://www.example.ie (no path, no slash at the end).`,
        ),
      ]
    if (config.isProduction && origin.startsWith('http:'))
      return [
        warning(
          'CORS_ORIGINS',
          `${origin} is not https, and anybody on the way can change the page that calls: name its https origin.`,
        ),
      ]
    return []
  })
}

function databaseUrlFindings(config: Config, env: Env): Finding[] {
  const found: Finding[] = []
  for (const name of ['DATABASE_URL', 'DATABASE_DIRECT_URL'] as const) {
    const text = config[name]
    if (!text) continue
    if (!URL.canParse(text)) {
      found.push(
        failure(
          name,
          'cannot be read as an address: encode special characters of the password (@ is %40, / is %2F).',
        ),
      )
      continue
    }
    found.push(...oneDatabaseUrl(name, new URL(text), config.isProduction))
  }
  if (config.DATABASE_DIRECT_URL && !env.DATABASE_URL)
    found.push(
      failure(
        'DATABASE_DIRECT_URL',
        'is set without DATABASE_URL, and the embedded database would be used: set both.',
      ),
    )
  if (
    config.DATABASE_URL &&
    config.DATABASE_DIRECT_URL &&
    isReadable(config.DATABASE_URL, config.DATABASE_DIRECT_URL)
  ) {
    const [pooled, direct] = [new URL(config.DATABASE_URL), new URL(config.DATABASE_DIRECT_URL)]
    if (pooled.pathname !== direct.pathname)
      found.push(
        failure(
          'DATABASE_DIRECT_URL',
          `names the database ${direct.pathname.slice(1)}, DATABASE_URL names ${pooled.pathname.slice(1)}: both must be the same.`,
        ),
      )
  }
  return found
}

const isReadable = (...urls: string[]) => urls.every((url) => URL.canParse(url))

function oneDatabaseUrl(name: string, url: URL, isProduction: boolean): Finding[] {
  const found: Finding[] = []
  const isSupabasePooler = url.hostname.endsWith('.pooler.supabase.com')
  if (name === 'DATABASE_DIRECT_URL' && url.port === TRANSACTION_POOLER_PORT)
    found.push(
      failure(
        name,
        `goes to a transaction pooler (port ${TRANSACTION_POOLER_PORT}) as well: use port 5432, where notifications and locks work.`,
      ),
    )
  if (url.searchParams.has('pgbouncer'))
    found.push(
      failure(
        name,
        'ends with pgbouncer=…, which is for another program and is refused by servers: take it away.',
      ),
    )
  if (isSupabasePooler && !decodeURIComponent(url.username).includes('.'))
    found.push(
      failure(name, 'goes to Supabase’s pooler, which needs the project in the user name: postgres.PROJECT.'),
    )
  if (/^db\..+\.supabase\.co$/.test(url.hostname))
    found.push(
      warning(
        name,
        'goes to Supabase’s direct address, which has IPv6 only: where this machine has none, use the session pooler (port 5432 of …pooler.supabase.com).',
      ),
    )
  if (url.pathname.length <= 1) found.push(failure(name, 'names no database: end it with /openhouse.'))
  const isTls =
    /^(?:require|verify-ca|verify-full|prefer)$/.test(url.searchParams.get('sslmode') ?? '') ||
    url.searchParams.get('ssl') === 'true'
  if (isProduction && !LOOPBACK.test(url.hostname) && !isTls)
    found.push(
      warning(
        name,
        `speaks to ${url.hostname} without TLS: end it with ?sslmode=require, unless the way there is private.`,
      ),
    )
  return found
}
