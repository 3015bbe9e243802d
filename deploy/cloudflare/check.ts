// Finds what types cannot: wrong values and expressions, plan limits, and settings that would break OpenHouse.
import { expressionFault } from './expressions.ts'
import { settingValues } from './settings.ts'

type Rule = { expression?: string; action?: string; description?: string; ratelimit?: { period: number } }
export type Zone = {
  settings: Record<string, unknown>
  rulesets: Record<string, readonly Rule[]>
  dnsRecords: readonly { type?: string; name?: string; content?: unknown; proxied?: boolean | undefined }[]
  tunnel: { ingress: readonly { hostname: string; service: string }[] }
  turnstile: { enabled: boolean }
}

const ACTIONS: Record<string, readonly string[]> = {
  http_request_cache_settings: ['set_cache_settings'],
  http_request_firewall_custom: ['block', 'managed_challenge', 'skip'],
  http_ratelimit: ['block', 'managed_challenge'],
  http_request_dynamic_redirect: ['redirect'],
  http_response_headers_transform: ['rewrite'],
}
/** Of the Free plan. */
const RULES_MAX: Record<string, number> = {
  http_request_cache_settings: 10,
  http_request_firewall_custom: 5,
  http_ratelimit: 1,
  http_request_dynamic_redirect: 10,
  http_response_headers_transform: 10,
}
const RATE_PERIODS_S = [10]

/** What OpenHouse needs to be so, and why. */
const NEEDED: readonly [string, unknown, string][] = [
  ['ssl', 'strict', 'anything less takes any certificate for the origin'],
  ['always_use_https', 'on', 'sign-in codes would travel in the open'],
  ['rocket_loader', 'off', 'it rewrites pages, which the content security policy refuses'],
  ['email_obfuscation', 'off', 'it rewrites pages, which the content security policy refuses'],
  ['mirage', 'off', 'it rewrites pages, which the content security policy refuses'],
  ['server_side_exclude', 'off', 'it rewrites pages'],
  ['response_buffering', 'off', 'answers would come all at once instead of word by word'],
  ['0rtt', 'off', 'a repeated packet would repeat what somebody did'],
  ['always_online', 'off', 'it would show stored pages of somebody else'],
]

export function zoneFaults(zone: Zone): string[] {
  return [
    ...settingFaults(zone.settings),
    ...Object.entries(zone.rulesets).flatMap(([phase, rules]) => ruleFaults(phase, rules)),
    ...nameFaults(zone),
    ...(zone.turnstile.enabled ? ['turnstile: the content security policy does not let its script in'] : []),
  ]
}

function settingFaults(settings: Record<string, unknown>): string[] {
  const parsed = settingValues.safeParse(settings)
  const values = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `settings.${path.join('.')}: ${message}`)
  const needs = NEEDED.filter(([name, value]) => settings[name] !== value).map(
    ([name, value, why]) => `settings.${name} must be ${value}: ${why}`,
  )
  return [...values, ...needs]
}

function ruleFaults(phase: string, rules: readonly Rule[]): string[] {
  const faults: string[] = []
  const most = RULES_MAX[phase]
  if (most === undefined) return [`${phase}: no phase that we use`]
  if (rules.length > most) faults.push(`${phase}: ${rules.length} rules, and the plan has ${most}`)
  for (const [index, rule] of rules.entries()) {
    const name = `${phase}[${index}]`
    const fault = expressionFault(rule.expression ?? '')
    if (fault) faults.push(`${name}.expression: ${fault}`)
    if (!ACTIONS[phase]?.includes(rule.action ?? ''))
      faults.push(`${name}: ${rule.action} is no action of it`)
    if (!rule.description) faults.push(`${name}: says not what it is for`)
    if (rule.ratelimit && !RATE_PERIODS_S.includes(rule.ratelimit.period))
      faults.push(`${name}: the plan counts over 10 seconds, not ${rule.ratelimit.period}`)
  }
  return faults
}

/** Every name leads to the tunnel, and the tunnel answers to every name and to no other. */
function nameFaults({ dnsRecords, tunnel }: Zone): string[] {
  const names = dnsRecords.filter(({ type }) => type === 'CNAME')
  const served = tunnel.ingress.map(({ hostname }) => hostname).filter(Boolean)
  const last = tunnel.ingress.at(-1)
  return [
    ...names.filter(({ proxied }) => !proxied).map(({ name }) => `dns ${name}: goes past Cloudflare`),
    ...names
      .filter(({ name }) => !served.includes(name ?? ''))
      .map(({ name }) => `dns ${name}: the tunnel does not serve it`),
    ...served
      .filter((host) => !names.some(({ name }) => name === host))
      .map((host) => `tunnel ${host}: no record leads to it`),
    ...(last?.hostname === '' && last.service.startsWith('http_status:')
      ? []
      : ['tunnel: the last rule must turn every other name away']),
  ]
}
