// What Cloudflare does in front of OpenHouse, as values of the official client's types: this file is the truth.
import type { RecordCreateParams } from 'cloudflare/resources/dns/records'
import type { PhaseUpdateParams } from 'cloudflare/resources/rulesets/phases/phases'
import type { ConfigurationUpdateParams } from 'cloudflare/resources/zero-trust/tunnels/cloudflared/configurations'
import type { SettingValues } from './settings.ts'

export const ZONE = 'openhouseai.ie'
/** `www` is sent to the first; the API's name serves the same process. */
export const HOSTS = { app: `app.${ZONE}`, api: `api.${ZONE}` } as const
/** Cloudflare's limit on Free and Pro. UPLOAD_BYTES_MAX must stay below it. */
export const UPLOAD_MB_MAX = 100
const YEAR_S = 31_536_000

type Rules = NonNullable<PhaseUpdateParams['rules']>
type WithoutZone<Each> = Each extends unknown ? Omit<Each, 'zone_id'> : never
export type DnsRecord = WithoutZone<RecordCreateParams.CNAMERecord | RecordCreateParams.CAARecord>

/** `tunnel` is the id that `cloudflared tunnel create openhouse` prints. */
export const dnsRecords = (tunnel: string): DnsRecord[] => {
  const origin = `${tunnel}.cfargotunnel.com`
  const proxied = (name: string): DnsRecord => ({
    type: 'CNAME',
    name,
    content: origin,
    proxied: true,
    ttl: 1,
  })
  return [
    proxied(ZONE),
    proxied(`www.${ZONE}`),
    proxied(HOSTS.app),
    proxied(HOSTS.api),
    // Only the authorities that Cloudflare's edge certificates come from may sign for the zone.
    { type: 'CAA', name: ZONE, ttl: 3_600, data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } },
    { type: 'CAA', name: ZONE, ttl: 3_600, data: { flags: 0, tag: 'issue', value: 'pki.goog' } },
  ]
}

export const settings: SettingValues = {
  // Strict also for the day when there is an origin with a certificate and no tunnel.
  ssl: 'strict',
  min_tls_version: '1.2',
  tls_1_3: 'on',
  always_use_https: 'on',
  automatic_https_rewrites: 'off',
  security_header: {
    strict_transport_security: {
      enabled: true,
      max_age: YEAR_S,
      include_subdomains: true,
      preload: false,
      nosniff: true,
    },
  },
  http3: 'on',
  brotli: 'on',
  '0rtt': 'off',
  // These write into pages: the content security policy would refuse their scripts, and signed pages change.
  rocket_loader: 'off',
  email_obfuscation: 'off',
  mirage: 'off',
  server_side_exclude: 'off',
  // Answers are streamed word by word.
  response_buffering: 'off',
  always_online: 'off',
  development_mode: 'off',
  // The origin says how long a browser keeps something; 0 is "as the origin says".
  browser_cache_ttl: 0,
  max_upload: UPLOAD_MB_MAX,
  ip_geolocation: 'on',
  opportunistic_encryption: 'on',
}

/** No Turnstile: OpenHouse has a challenge of its own. Set a site key here only together with the policy's `script-src`. */
export const turnstile = { enabled: false } as const

export const tunnel = {
  ingress: [
    { hostname: ZONE, service: 'http://127.0.0.1:3000' },
    { hostname: `www.${ZONE}`, service: 'http://127.0.0.1:3000' },
    { hostname: HOSTS.app, service: 'http://127.0.0.1:3000' },
    // The origin answers only to the host of PUBLIC_URL.
    {
      hostname: HOSTS.api,
      service: 'http://127.0.0.1:3000',
      originRequest: { httpHostHeader: HOSTS.app },
    },
    { hostname: '', service: 'http_status:404' },
  ],
  originRequest: { connectTimeout: 5, keepAliveTimeout: 30, disableChunkedEncoding: false },
} satisfies NonNullable<ConfigurationUpdateParams['config']>

const cache = [
  {
    description: 'Nothing is kept that the origin did not make to be kept',
    // By itself Cloudflare keeps whatever ends in .pdf or .csv.
    expression: 'not starts_with(http.request.uri.path, "/assets/")',
    action: 'set_cache_settings',
    action_parameters: { cache: false },
    enabled: true,
  },
  {
    description: 'Assets carry a hash in their names and never change',
    expression: 'starts_with(http.request.uri.path, "/assets/")',
    action: 'set_cache_settings',
    action_parameters: {
      cache: true,
      edge_ttl: { mode: 'respect_origin' },
      browser_ttl: { mode: 'respect_origin' },
    },
    enabled: true,
  },
] satisfies Rules

const firewall = [
  {
    description: 'Methods that nothing here answers',
    expression: 'not http.request.method in {"GET" "HEAD" "POST" "PUT" "PATCH" "DELETE" "OPTIONS"}',
    action: 'block',
    enabled: true,
  },
  {
    description: 'What scanners look for first',
    expression:
      'starts_with(http.request.uri.path, "/.git") or starts_with(http.request.uri.path, "/.env") or starts_with(http.request.uri.path, "/wp-") or ends_with(http.request.uri.path, ".php")',
    action: 'block',
    enabled: true,
  },
  {
    description: 'Figures are for the machine, not for the internet',
    expression: 'http.request.uri.path eq "/metrics"',
    action: 'block',
    enabled: true,
  },
] satisfies Rules

const rates = [
  {
    description: 'Signing in and claiming a home, before they reach the limits of the origin',
    // One rule is what the Free plan has; the origin counts by account as well.
    expression:
      'http.request.method eq "POST" and (starts_with(http.request.uri.path, "/h/") or starts_with(http.request.uri.path, "/developer/sign-in") or starts_with(http.request.uri.path, "/admin/sign-in"))',
    action: 'block',
    ratelimit: {
      characteristics: ['ip.src', 'cf.colo.id'],
      period: 10,
      requests_per_period: 20,
      mitigation_timeout: 10,
    },
    enabled: true,
  },
] satisfies Rules

const redirects = [
  {
    description: 'The bare name and www are the app',
    expression: `http.host in {"${ZONE}" "www.${ZONE}"}`,
    action: 'redirect',
    action_parameters: {
      from_value: {
        status_code: 308,
        target_url: { expression: `concat("https://${HOSTS.app}", http.request.uri.path)` },
        preserve_query_string: true,
      },
    },
    enabled: true,
  },
] satisfies Rules

const headers = [
  {
    description: 'No word of what runs behind',
    expression: 'true',
    action: 'rewrite',
    action_parameters: { headers: { 'X-Powered-By': { operation: 'remove' } } },
    enabled: true,
  },
] satisfies Rules

export const rulesets = {
  http_request_cache_settings: cache,
  http_request_firewall_custom: firewall,
  http_ratelimit: rates,
  http_request_dynamic_redirect: redirects,
  http_response_headers_transform: headers,
} satisfies Record<string, Rules>
