// The configuration of Cloudflare: right as it stands, and each way of getting it wrong is found.
import { describe, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '#src/config.ts'
import { type Zone, zoneFaults } from '../../deploy/cloudflare/check.ts'
import { changeLine, differences } from '../../deploy/cloudflare/difference.ts'
import { expressionFault } from '../../deploy/cloudflare/expressions.ts'
import {
  dnsRecords,
  rulesets,
  settings,
  tunnel,
  turnstile,
  UPLOAD_MB_MAX,
} from '../../deploy/cloudflare/zone.ts'

const ROOT = join(import.meta.dir, '../..')
const zone = (): Zone =>
  structuredClone({ settings, rulesets, dnsRecords: dnsRecords('t-1'), tunnel, turnstile }) as Zone

test('nothing is wrong with the zone as it stands', () => {
  expect(zoneFaults(zone())).toEqual([])
})

describe('what is wrong is found:', () => {
  const rule = { expression: 'true', action: 'block', description: 'one more' }
  test.each<[string, string, (zone: Zone) => void]>([
    ['a value there is none of', 'settings.ssl', (z) => (z.settings.ssl = 'strictt')],
    ['TLS that takes any certificate', 'ssl must be strict', (z) => (z.settings.ssl = 'full')],
    ['a setting there is none of', 'settings', (z) => (z.settings.rocket_launcher = 'off')],
    ['a script in every page', 'rocket_loader must be off', (z) => (z.settings.rocket_loader = 'on')],
    ['answers held back', 'response_buffering', (z) => (z.settings.response_buffering = 'on')],
    ['an upload limit no plan has', 'max_upload', (z) => (z.settings.max_upload = 90)],
    ['Turnstile without its policy', 'turnstile', (z) => (z.turnstile.enabled = true)],
    ['more rules than the plan has', 'the plan has 1', (z) => (z.rulesets.http_ratelimit = [rule, rule])],
    ['a phase there is none of', 'no phase', (z) => (z.rulesets.http_magic = [rule])],
    ['an action of another phase', 'is no action', (z) => (z.rulesets.http_request_cache_settings = [rule])],
    [
      'a broken expression',
      '.expression',
      (z) => (z.rulesets.http_request_firewall_custom = [{ ...rule, expression: 'http.hots eq "x"' }]),
    ],
    ['a name past Cloudflare', 'goes past', (z) => (z.dnsRecords[2]!.proxied = false)],
    ['a name nobody serves', 'does not serve', (z) => (z.dnsRecords[2]!.name = 'demo.openhouseai.ie')],
    [
      'a tunnel that takes every name',
      'turn every other name away',
      (z) => (z.tunnel = { ingress: z.tunnel.ingress.slice(0, -1) }),
    ],
  ])('%s', (_, words, change) => {
    const changed = zone()
    change(changed)
    expect(zoneFaults(changed).join('\n')).toContain(words)
  })
})

test.each([
  'http.host eq "a.ie"',
  'not (http.host in {"a" "b"} or ssl) and starts_with(http.request.uri.path, "/x")',
  'true',
])('%s can be read', (expression) => {
  expect(expressionFault(expression)).toBeNull()
})

test.each([
  ['', 'the end is no field'],
  ['http.host = "a"', 'cannot be read'],
  ['http.host eq a', 'no text'],
  ['http.host eq "a" or', 'the end is no field'],
  ['(http.host eq "a"', ') is missing'],
  ['http.host in {}', 'a set is empty'],
  ['http.host eq "a" http.host', 'unexpected'],
  ['starts_with(ssl, "/x")', 'no field of text'],
  ['matches(http.host, "x")', 'no field'],
])('%p cannot: %s', (expression, words) => {
  expect(expressionFault(expression)).toContain(words)
})

test('every path of the rules that guard signing in is one of ours', () => {
  const routes = readFileSync(join(ROOT, 'docs/routes.md'), 'utf8')
  const [rate] = rulesets.http_ratelimit
  const paths = [...(rate?.expression ?? '').matchAll(/path, "([^"]+)"/g)].map(([, path]) => path)
  expect(paths.length).toBeGreaterThan(1)
  for (const path of paths) expect(routes).toContain(`\`${path}`)
})

test('what may be uploaded fits through Cloudflare', () => {
  const parsed = parseConfig({ JWT_SECRET: 'x'.repeat(40) })
  expect('config' in parsed && parsed.config.UPLOAD_BYTES_MAX).toBeLessThanOrEqual(UPLOAD_MB_MAX * 1_000_000)
})

test('a plan names each difference once, and says nothing of what is Cloudflare’s own', () => {
  const has = {
    settings: { ssl: 'full', http3: 'on', id: 'x' },
    rules: [{ id: 'r1', version: '3', description: 'kept', action: 'block' }, { description: 'gone' }],
  }
  const wants = {
    settings: { ssl: 'strict', http3: 'on', brotli: 'on' },
    rules: [{ description: 'kept', action: 'block' }],
  }
  expect(differences(wants, has).map(changeLine)).toEqual([
    '~ settings.ssl: "full" → "strict"',
    '+ settings.brotli: "on"',
    '- rules[1]: gone',
  ])
})

test('the plan against a zone that is as we want it is empty, and against another it is not', () => {
  const plan = (against: string) =>
    spawnSync(process.execPath, ['deploy/cloudflare/plan.ts', '--tunnel', 't-1', '--against', against], {
      cwd: ROOT,
      encoding: 'utf8',
    })
  const fixture = 'test/deploy/zone-as-found.json'
  const { stdout, status } = plan(fixture)
  expect(status).toBe(0)
  expect(stdout.trim().split('\n')).toEqual([
    '~ settings.ssl: "full" → "strict"',
    '~ settings.rocket_loader: "on" → "off"',
    '+ rulesets.http_ratelimit[0]: Signing in and claiming a home, before they reach the limits of the origin',
    'openhouseai.ie: 3 differences. Nothing was sent to Cloudflare.',
  ])
})
