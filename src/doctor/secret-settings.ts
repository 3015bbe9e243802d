// Checks of secrets and keys: long enough is not random, and a key for trying things out is not one for people.
import type { Config } from '../config.ts'
import { type Env, type Finding, failure, finding, warning } from './finding.ts'

const SECRETS = ['JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'ENCRYPTION_KEY', 'METRICS_TOKEN'] as const
/** 32 random characters of an alphabet of 64 have 25 different ones on average; hexadecimal ones 14. */
const DIFFERENT_CHARS_MIN = 10
const WORDS = /change.?me|secret|password|example|default|openhouse|test|dummy|1234567|abcdef|qwerty/i
const PLACEHOLDER = /test|example|dummy|changeme|placeholder|your[-_]|xxxx|minioadmin|fake|<|>|\.\.\./i
const KEYS = [
  'OPENAI_API_KEY',
  'GOOGLE_MAPS_API_KEY',
  'STORAGE_S3_ACCESS_KEY_ID',
  'STORAGE_S3_SECRET_ACCESS_KEY',
] as const
const MAKE_ONE = 'Make one: openssl rand -base64 48'

export function secretFindings(config: Config, env: Env): Finding[] {
  return [...weakSecrets(config, env), ...sharedSecrets(env), ...keyFindings(config, env)]
}

function weakSecrets(config: Config, env: Env): Finding[] {
  const wrong = finding(config.isProduction ? 'failure' : 'warning')
  const found = SECRETS.flatMap((name) => {
    const value = env[name]?.trim()
    if (!value) return []
    if (new Set(value).size < DIFFERENT_CHARS_MIN)
      return [wrong(name, `is long, but made of few different characters. ${MAKE_ONE}`)]
    return WORDS.test(value) ? [wrong(name, `holds a word that can be guessed. ${MAKE_ONE}`)] : []
  })
  if (config.isProduction && !env.ENCRYPTION_KEY?.trim())
    found.push(
      warning(
        'ENCRYPTION_KEY',
        'is not set: the printed codes hang on JWT_SECRET, which then can never be changed. Set it to the present JWT_SECRET before you change that.',
      ),
    )
  return found
}

function sharedSecrets(env: Env): Finding[] {
  const value = (name: string) => env[name]?.trim() || null
  const found: Finding[] = []
  if (value('JWT_SECRET') && value('JWT_SECRET') === value('JWT_SECRET_PREVIOUS'))
    found.push(
      failure(
        'JWT_SECRET_PREVIOUS',
        'is the same as JWT_SECRET: nothing was changed. Take it away, or set a new JWT_SECRET.',
      ),
    )
  if (
    value('METRICS_TOKEN') &&
    [value('JWT_SECRET'), value('ENCRYPTION_KEY')].includes(value('METRICS_TOKEN'))
  )
    found.push(
      failure(
        'METRICS_TOKEN',
        `is a secret that signs or encrypts as well, and is handed to whoever reads figures. ${MAKE_ONE}`,
      ),
    )
  return found
}

function keyFindings(config: Config, env: Env): Finding[] {
  const found: Finding[] = []
  for (const name of KEYS)
    if (config.isProduction && PLACEHOLDER.test(env[name] ?? ''))
      found.push(failure(name, 'looks like a placeholder or a key for tests: set the real one.'))
  if (
    env.OPENAI_API_KEY?.trim() &&
    new URL(config.OPENAI_BASE_URL).hostname === 'api.openai.com' &&
    !/^sk-/.test(env.OPENAI_API_KEY.trim())
  )
    found.push(
      warning(
        'OPENAI_API_KEY',
        'does not begin with sk-, as keys of api.openai.com do: copy it again from the provider’s page.',
      ),
    )
  if (env.GOOGLE_MAPS_API_KEY?.trim() && !/^AIza/.test(env.GOOGLE_MAPS_API_KEY.trim()) && isGoogles(config))
    found.push(
      warning('GOOGLE_MAPS_API_KEY', 'does not begin with AIza, as keys of Google Maps do: copy it again.'),
    )
  if (env.GOOGLE_MAPS_API_KEY?.trim() && config.GEOCODER !== 'google' && config.PLACES_PROVIDER !== 'google')
    found.push(
      warning(
        'GOOGLE_MAPS_API_KEY',
        'is set and not used: set GEOCODER=google or PLACES_PROVIDER=google, or take it away.',
      ),
    )
  return found
}

const isGoogles = (config: Config) =>
  [config.GOOGLE_GEOCODING_URL, config.GOOGLE_PLACES_URL].every((url) =>
    new URL(url).hostname.endsWith('.googleapis.com'),
  )
