// Two million rows of logs: how long the server takes for every page of the operator's console, and for the last pages.
// Run: bun bench/console.ts [--rows 2000000] [--keep] [--only llm-errors] (an embedded PostgreSQL of its own, about 2 GB,
// deleted afterwards unless it is to be kept; `DATA_DIR` names a folder that an earlier run has filled and kept)
import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type postgres from 'postgres'
import { lookInto, type Server, startServer } from '../test/support/server.ts'
import { operatorCookie } from './console/sign-in.ts'

const { values: given } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000000' },
    keep: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const ROWS = Number(given.rows)
const TIMES = 5
/** Pages of a few milliseconds need more, or the ratio is the machine's. */
const PAIRS = 15
/** Console limits are 100 a minute: pauses keep the bench below them. */
const PAUSE_MS = 650
const MS_MAX = 200
const RATIO_MAX = 1.3

/** Shares of the rows by log; together one. */
const SHARES = { request_log: 0.5, activity_log: 0.15, rag_log: 0.1, data_access_log: 0.1, error_log: 0.05 }
const OTHERS = { llm_error_log: 0.03, rate_limit_log: 0.04, qr_scans: 0.03 }
const countOf = (share: number) => Math.round(ROWS * share)

/** An id that begins with its millisecond, as the application makes them, spread over 25 days. */
const ID = (n: string) =>
  `(lpad(to_hex((extract(epoch from now() - interval '25 days' * (1 - ${n}::float8 / $1::int)) * 1000)::bigint), 12, '0') || '7' || substr(md5(${n}::text), 1, 3) || '8' || substr(md5(${n}::text), 4, 15))::uuid`
const AT = (n: string) => `now() - interval '25 days' * (1 - ${n}::float8 / $1::int)`
const TENANT = (n: string) => `(select array_agg(id order by slug) from tenants)[1 + ${n} % 2]`

const filled = process.env.DATA_DIR
const server = await startServer({
  env: { LOG_LEVEL: 'silent', RELEASE: 'bench' },
  ...(filled ? { dataDir: filled } : {}),
})
try {
  const started = performance.now()
  if (!filled) await lookInto(server.dataDir, seed)
  const [size] = await lookInto(
    server.dataDir,
    (sql) => sql`select pg_size_pretty(pg_database_size(current_database())) as size`,
  )
  say('seeded', `${ROWS.toLocaleString('en-IE')} rows in ${seconds(started)}, database ${size?.size}`)
  await measure(server)
} finally {
  await server.kill('SIGTERM')
  if (given.keep) say('kept', server.dataDir)
  else rmSync(server.dataDir, { recursive: true, force: true })
}

async function seed(sql: postgres.Sql): Promise<void> {
  await sql.unsafe('set statement_timeout = 0')
  await sql.unsafe("set session_replication_role = 'replica'")
  const put = (table: string, columns: string, values: string, count: number, more = '') =>
    sql.unsafe(
      `insert into ${table} (${columns}) select ${values} from generate_series(1, $1::int) n ${more}`,
      [count],
    )
  const home =
    'cross join lateral (select id, tenant_id, development_id from homes where i = n.n % (select count(*) from homes)) u'
  await sql.unsafe(
    'create temporary table homes as select id, tenant_id, development_id, row_number() over () - 1 as i from units; create index on homes (i); analyze homes',
  )
  const n = 'n.n'
  await put(
    'request_log',
    'id, tenant_id, request_id, route, method, status, duration_ms, actor_type, created_at',
    `${ID('n')}, ${TENANT('n')}, md5(n::text), '/route/' || n % 60, 'GET', case when n % 700 = 0 then 500 else 200 end, (n % 900) / 10.0, 'purchaser', ${AT('n')}`,
    countOf(SHARES.request_log),
  )
  await put(
    'activity_log',
    'id, tenant_id, actor_type, actor_id, action, target_type, target_id, payload_sha256, request_id, created_at',
    `${ID('n')}, ${TENANT('n')}, 'staff', 'somebody', 'document.added', 'document', md5(n::text), decode(md5(n::text), 'hex'), md5(n::text), ${AT('n')}`,
    countOf(SHARES.activity_log),
  )
  await sql.unsafe(
    `insert into activity_payloads (activity_id, tenant_id, salt, payload) select id, tenant_id, decode('00', 'hex'), '{}' from activity_log where actor_id = 'somebody'`,
  )
  await put(
    'rag_log',
    'id, tenant_id, development_id, unit_id, request_id, stage, reason, mode, model, prompt_tokens, completion_tokens, chunk_ids, stages, duration_ms, created_at',
    `${ID(n)}, u.tenant_id, u.development_id, u.id, md5(${n}::text), 'retrieval', 'x', 'model', 'm', 900, 90, '{}', '[{"stage":"compose","outcome":"decided","reason":"x","ms":900}]', 950, ${AT(n)}`,
    countOf(SHARES.rag_log),
    home,
  )
  await put(
    'data_access_log',
    'id, tenant_id, unit_id, actor_type, actor_id, action, request_id, created_at',
    `${ID(n)}, u.tenant_id, u.id, 'purchaser', u.id::text, 'document.file', md5(${n}::text), ${AT(n)}`,
    countOf(SHARES.data_access_log),
    home,
  )
  await put(
    'error_log',
    'id, tenant_id, source, fingerprint, message, context, release, request_id, created_at',
    `${ID('n')}, ${TENANT('n')}, 'http', md5((n % 300)::text), 'Error: planted', '{}', 'bench', md5(n::text), ${AT('n')}`,
    countOf(SHARES.error_log),
  )
  await sql.unsafe(
    `insert into error_groups (fingerprint, source, title, occurrence_count, first_release, last_release)
     select fingerprint, 'http', 'Error at planted', count(*)::int, 'bench', 'bench' from error_log group by 1 on conflict do nothing`,
  )
  await put(
    'llm_error_log',
    'id, tenant_id, code, model, attempt, latency_ms, message, request_id, created_at',
    `${ID('n')}, ${TENANT('n')}, 'llm_timeout', 'm', 1, 900, 'planted', md5(n::text), ${AT('n')}`,
    countOf(OTHERS.llm_error_log),
  )
  await put(
    'rate_limit_log',
    'id, tenant_id, policy, subject, route, request_id, created_at',
    `${ID('n')}, ${TENANT('n')}, 'chat', md5((n % 5000)::text), '/chat', md5(n::text), ${AT('n')}`,
    countOf(OTHERS.rate_limit_log),
  )
  await put(
    'qr_scans',
    'id, tenant_id, unit_id, outcome, ip_address, request_id, created_at',
    `${ID(n)}, u.tenant_id, u.id, 'opened', '192.0.2.0', md5(${n}::text), ${AT(n)}`,
    countOf(OTHERS.qr_scans),
    home,
  )
  await sql.unsafe('vacuum (analyze)')
}

async function measure(to: Server): Promise<void> {
  const cookie = await operatorCookie(to)
  const [tenant] = await lookInto(to.dataDir, (sql) => sql`select id from tenants order by slug limit 1`)
  const own = tenant?.id
  const pages = [
    ...['', '/incidents', '/tenants', `/tenants/${own}`, '/developments', '/people', '/jobs', '/errors'],
    ...[
      '/errors/cfcd208495d565ef66e7dff9f98764da',
      '/latency?span=15m',
      '/latency?span=1h',
      '/latency?span=24h',
    ],
    ...[
      '/system',
      '/system?span=24h',
      '/limits',
      '/switches',
      '/announcements',
      '/release-notes',
      '/quality',
    ],
    ...[
      '/analytics',
      `/analytics?tenant=${own}`,
      '/tail',
      '/provision',
      '/requests/c4ca4238a0b923820dcc509a6f75849b',
    ],
  ]
  const logs = [
    ...[
      'requests',
      'activity',
      'rag',
      'data-access',
      'llm-errors',
      'rate-limits',
      'scans',
      'ingestion',
      'mails',
    ],
    ...['webhook-deliveries', 'purges', 'impersonations', 'incidents', 'chain-checks'],
  ]
  let slow = 0
  for (const path of pages.filter(isWanted))
    slow += await report(path || '/', await timed(to, cookie, `/admin${path}`))
  for (const name of logs.filter(isWanted)) {
    slow += await report(`/logs/${name}`, await timed(to, cookie, `/admin/logs/${name}`))
    slow += await report(
      `/logs/${name}, one builder`,
      await timed(to, cookie, `/admin/logs/${name}?tenant=${own}`),
    )
  }
  say('pages over the limit', `${slow} of ${pages.length + 2 * logs.length} (limit ${MS_MAX} ms)`)
  await lastPages(to, cookie, own)
}

/** The oldest rows: the position of a page is data, so the last page is made as far in as a cursor can lead. */
async function lastPages(to: Server, cookie: string, own: string): Promise<void> {
  for (const [name, table] of [
    ['requests', 'request_log'],
    ['activity', 'activity_log'],
    ['rag', 'rag_log'],
  ] as const)
    for (const tenant of [undefined, own]) {
      const base = `/admin/logs/${name}${tenant ? `?tenant=${tenant}` : ''}`
      const [row] = await lookInto(to.dataDir, (sql) =>
        sql.unsafe<{ id: string; at: Date }[]>(
          `select id, created_at as at from ${table} ${tenant ? 'where tenant_id = $1' : ''} order by created_at, id offset 60 limit 1`,
          tenant ? [tenant] : [],
        ),
      )
      const cursor = cursorOf(to, `log ${name} ${tenant ?? ''}  `, [
        row?.at.toISOString() ?? '',
        row?.id ?? '',
      ])
      const [first, last]: [number[], number[]] = [[], []]
      const lastUrl = `${base}${tenant ? '&' : '?'}cursor=${await cursor}`
      await timed(to, cookie, base, 1)
      await timed(to, cookie, lastUrl, 1)
      // In turns and in turned order, so that whatever else the machine does falls on both.
      for (let i = 0; i < PAIRS; i++) {
        if (i % 2 === 0) first.push(...(await timed(to, cookie, base, 1)))
        last.push(...(await timed(to, cookie, lastUrl, 1)))
        if (i % 2 === 1) first.push(...(await timed(to, cookie, base, 1)))
      }
      const ratio = median(last) / median(first)
      say(
        `last : first, ${name}${tenant ? ', one builder' : ''}`,
        `${ms(median(last))} : ${ms(median(first))} = ${ratio.toFixed(2)}${ratio > RATIO_MAX ? '  OVER' : ''}`,
      )
    }
}

/** Signed as the application signs it, with the secret that it keeps in its folder. */
async function cursorOf(to: Server, list: string, position: string[]): Promise<string> {
  const secret = (await Bun.file(`${to.dataDir}/secret`).text()).trim()
  const body = Buffer.from(JSON.stringify(position)).toString('base64url')
  const signature = createHmac('sha256', new TextEncoder().encode(secret))
    .update(`cursor\n${list}\n${body}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
  return `${body}.${signature}`
}

async function timed(to: Server, cookie: string, path: string, times = TIMES): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const response = await fetch(to.url + path, { headers: { cookie } })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    taken.push(Number(/dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '')?.[1]))
    await Bun.sleep(PAUSE_MS)
  }
  return taken
}

async function report(name: string, taken: number[]): Promise<number> {
  const middle = median(taken)
  say(name, `${ms(middle)} (worst ${ms(Math.max(...taken))})${middle > MS_MAX ? '  OVER' : ''}`)
  return middle > MS_MAX ? 1 : 0
}

function isWanted(name: string): boolean {
  return name.includes(given.only)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}
function seconds(startedAtMs: number): string {
  return `${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s`
}
function say(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(44)} ${value}\n`)
}
