// Checks of the settings about other systems: the model, files, mail, maps.
import type { Config } from '../config.ts'
import { type Env, type Finding, failure, warning } from './finding.ts'

/** https://platform.openai.com/docs/guides/embeddings: the longest vectors a model makes; others are not known here. */
const EMBEDDING_DIMENSIONS_MAX: Record<string, number> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
}
const EMBEDDING_FIXED: Record<string, number> = { 'text-embedding-ada-002': 1_536 }
const LOOPBACK = /^(?:localhost|127\.|\[?::1\]?$)/
const NOBODY = /@example\.|\.example\b|@test\.|\.invalid\b|@localhost\b|example\.(?:com|org|net)/i
const MAIL_TRAPS = /mailtrap|ethereal|mailhog|mailpit|localhost|127\.0\.0\.1/

export function outsideFindings(config: Config, env: Env): Finding[] {
  return [
    ...modelSettings(config),
    ...storageSettings(config, env),
    ...mailSettings(config),
    ...mapSettings(config),
    ...alertSettings(config),
  ]
}

const goesInTheOpen = (config: Config, url: string) =>
  config.isProduction && url.startsWith('http:') && !LOOPBACK.test(new URL(url).hostname)

function modelSettings(config: Config): Finding[] {
  const found: Finding[] = []
  const { OPENAI_EMBEDDING_MODEL: model, OPENAI_EMBEDDING_DIMENSIONS: dimensions } = config
  const most = EMBEDDING_DIMENSIONS_MAX[model]
  const fixed = EMBEDDING_FIXED[model]
  if (most && dimensions > most)
    found.push(
      failure(
        'OPENAI_EMBEDDING_DIMENSIONS',
        `is ${dimensions}, but ${model} makes at most ${most}: set 512.`,
      ),
    )
  if (fixed && dimensions !== fixed)
    found.push(
      failure('OPENAI_EMBEDDING_DIMENSIONS', `must be ${fixed} for ${model}, which cannot make others.`),
    )
  if (config.OPENAI_API_KEY && goesInTheOpen(config, config.OPENAI_BASE_URL))
    found.push(
      failure(
        'OPENAI_BASE_URL',
        'is not https, and the key and people’s questions would go over the open network: set an https address.',
      ),
    )
  if (config.OPENAI_IDLE_TIMEOUT_MS > config.OPENAI_TIMEOUT_MS)
    found.push(
      warning(
        'OPENAI_IDLE_TIMEOUT_MS',
        'is longer than OPENAI_TIMEOUT_MS and never comes to pass: set it lower.',
      ),
    )
  return found
}

function storageSettings(config: Config, env: Env): Finding[] {
  const { STORAGE_S3_ENDPOINT: endpoint, STORAGE_S3_BUCKET: bucket } = config
  if (!endpoint) {
    if (env.STORAGE_S3_BUCKET?.trim())
      return [
        failure(
          'STORAGE_S3_ENDPOINT',
          'is not set, though STORAGE_S3_BUCKET is: files would be kept on this disk. Set the endpoint.',
        ),
      ]
    return []
  }
  const url = new URL(endpoint)
  const found: Finding[] = []
  if (goesInTheOpen(config, endpoint))
    found.push(
      failure(
        'STORAGE_S3_ENDPOINT',
        'is not https, and documents would go over the open network: set an https address.',
      ),
    )
  if (/\.supabase\.co$/.test(url.hostname) && url.pathname.replace(/\/$/, '') !== '/storage/v1/s3')
    found.push(
      failure(
        'STORAGE_S3_ENDPOINT',
        'is Supabase’s, whose S3 address ends with /storage/v1/s3: copy it from Storage → Settings.',
      ),
    )
  else if (bucket && url.pathname.split('/').includes(bucket))
    found.push(
      failure(
        'STORAGE_S3_ENDPOINT',
        `holds the bucket (${bucket}), which is named by STORAGE_S3_BUCKET: take it off the endpoint.`,
      ),
    )
  if (bucket && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    found.push(
      failure(
        'STORAGE_S3_BUCKET',
        'is no name a bucket can have: 3 to 63 lower-case letters, digits, dots and dashes.',
      ),
    )
  return found
}

function mailSettings(config: Config): Finding[] {
  if (!config.SMTP_URL) {
    return config.isProduction
      ? [
          warning(
            'SMTP_URL',
            'is not set, and mails (passwords, notices) are kept unsent: set smtps://user:password@host:465.',
          ),
        ]
      : []
  }
  const url = new URL(config.SMTP_URL)
  const found: Finding[] = []
  if (url.protocol === 'smtp:' && url.port === '465')
    found.push(
      failure(
        'SMTP_URL',
        'uses port 465, which speaks TLS from the first word: write smtps:// instead of smtp://.',
      ),
    )
  if (url.protocol === 'smtps:' && url.port === '587')
    found.push(
      failure(
        'SMTP_URL',
        'uses port 587, which begins in the open and changes to TLS: write smtp:// instead of smtps://.',
      ),
    )
  if (url.hostname === '') found.push(failure('SMTP_URL', 'names no server: smtp://user:password@host:587'))
  if (config.isProduction && MAIL_TRAPS.test(url.hostname))
    found.push(
      warning(
        'SMTP_URL',
        `goes to ${url.hostname}, which catches mails and delivers none: set the server that sends them.`,
      ),
    )
  if (NOBODY.test(config.MAIL_FROM ?? ''))
    found.push(
      failure(
        'MAIL_FROM',
        'is an address of nobody (example), which servers refuse: set one of yours that takes answers.',
      ),
    )
  return found
}

function mapSettings(config: Config): Finding[] {
  const found: Finding[] = []
  const { MAP_TILES_URL: tiles, NOMINATIM_CONTACT: contact } = config
  if (tiles && config.isProduction && tiles.startsWith('http:'))
    found.push(
      failure(
        'MAP_TILES_URL',
        'is not https, and browsers refuse such pictures in an https page: set an https address.',
      ),
    )
  if (tiles && config.isProduction && new URL(tiles).hostname.endsWith('openstreetmap.org'))
    found.push(
      warning(
        'MAP_TILES_URL',
        'uses the servers of OpenStreetMap’s volunteers, which may block an app of many people: take a provider of tiles.',
      ),
    )
  if (contact && NOBODY.test(contact))
    found.push(
      failure(
        'NOMINATIM_CONTACT',
        'is an address of nobody (example), and OpenStreetMap blocks callers it cannot reach: set one of yours.',
      ),
    )
  if (config.PLACES_PROVIDER === 'overpass' && !contact)
    found.push(warning('NOMINATIM_CONTACT', 'is not set: Overpass’ operators want to know how to reach you.'))
  return found
}

function alertSettings(config: Config): Finding[] {
  const found: Finding[] = []
  if (config.ALERT_WEBHOOK_URL && goesInTheOpen(config, config.ALERT_WEBHOOK_URL))
    found.push(
      failure(
        'ALERT_WEBHOOK_URL',
        'is not https, and incidents would be told over the open network: set an https address.',
      ),
    )
  if (NOBODY.test(config.ALERT_MAIL_TO ?? ''))
    found.push(
      failure('ALERT_MAIL_TO', 'is an address of nobody (example): set one that somebody reads at night.'),
    )
  return found
}
