// What abuse costs the running server: claims at once, a million addresses, half-open sockets, slow bodies, streams that vanish.
// Run: bun bench/abuse.ts (starts its own server and demonstration; `DATA_DIR` names a finished one)
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { consume, forgetLimits } from '../src/http/limits.ts'
import { type Server, startServer } from '../test/support/server.ts'

const CLAIMS = 50
const ADDRESSES = 1_000_000
const HALF_OPEN = 4_000
const SLOW_BODIES = 200
const STREAMS = 40
const NORMAL_REQUESTS = 100
const WATCH_MS_MAX = 60_000

const server = await startServer(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {})
try {
  await claimsAtOnce(server)
  addresses()
  await halfOpen(server)
  await slowBodies(server)
  await vanishingStreams(server)
} finally {
  await server.kill('SIGTERM')
}

async function claimsAtOnce(to: Server): Promise<void> {
  const home = to.demo().homes.at(-1)!
  const startedAt = performance.now()
  const answers = await Promise.all(
    Array.from({ length: CLAIMS }, () =>
      fetch(to.url + new URL(home.url).pathname, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ access_code: home.access_code }),
      }),
    ),
  )
  const ms = Math.round(performance.now() - startedAt)
  console.log(`${CLAIMS} claims of one code: ${countOf(answers.map(({ status }) => status))} in ${ms} ms`)
}

/** In this process, because a million sockets would measure the sockets. */
function addresses(): void {
  const policy = { name: 'bench', burst: 5, intervalMs: 1_000 }
  Bun.gc(true)
  const before = process.memoryUsage().rss
  const startedAt = performance.now()
  for (let i = 0; i < ADDRESSES; i++)
    consume(policy, `2001:db8:${(i >> 16).toString(16)}:${(i & 65_535).toString(16)}::/64`)
  const ms = performance.now() - startedAt
  Bun.gc(true)
  const megabytes = (process.memoryUsage().rss - before) / 1e6
  console.log(
    `${ADDRESSES} addresses: ${megabytes.toFixed(0)} MB more, ${((ms / ADDRESSES) * 1_000).toFixed(2)} µs each`,
  )
  forgetLimits()
}

async function halfOpen(to: Server): Promise<void> {
  const before = residentMegabytes(to.pid)
  const sockets = await open(to, HALF_OPEN, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  const times = await normal(to)
  const memory = residentMegabytes(to.pid) - before
  const closedMs = await untilClosed(sockets)
  console.log(
    `${sockets.length} half-open sockets: others p50 ${times.p50} ms, p99 ${times.p99} ms; ${memory.toFixed(0)} MB more; all closed after ${closedMs} ms`,
  )
}

async function slowBodies(to: Server): Promise<void> {
  const head = `POST /welcome HTTP/1.1\r\nHost: ${new URL(to.url).host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na`
  const sockets = await open(to, SLOW_BODIES, head)
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a')
  }, 1_000)
  const times = await normal(to)
  const closedMs = await untilClosed(sockets)
  clearInterval(drip)
  console.log(
    `${SLOW_BODIES} bodies of a byte a second: others p50 ${times.p50} ms, p99 ${times.p99} ms; all ended after ${closedMs} ms`,
  )
}

/** Questions whose readers leave in the middle, again and again. */
async function vanishingStreams(to: Server): Promise<void> {
  const home = to.demo().homes[0]!
  const claimed = await fetch(to.url + new URL(home.url).pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ access_code: home.access_code }),
  })
  const cookie = claimed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const before = residentMegabytes(to.pid)
  let left = 0
  for (let round = 0; round < STREAMS; round++) {
    const leaving = new AbortController()
    const answer = await fetch(`${to.url}/chat`, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        cookie,
        accept: 'text/event-stream',
        'hx-request': 'true',
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({
        question: 'How do I change the heating times?',
        request_key: crypto.randomUUID(),
      }),
    }).catch(() => null)
    await answer?.body
      ?.getReader()
      .read()
      .catch(() => null)
    leaving.abort()
    left += 1
  }
  const times = await normal(to)
  const open = Number(
    /openhouse_streams_open (\d+)/.exec(await (await fetch(`${to.url}/metrics`)).text())?.[1] ?? Number.NaN,
  )
  console.log(
    `${left} streams left: others p50 ${times.p50} ms, p99 ${times.p99} ms; ${(residentMegabytes(to.pid) - before).toFixed(0)} MB more${Number.isNaN(open) ? '' : `; ${open} still open`}`,
  )
}

async function open(to: Server, count: number, head: string): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let i = 0; i < count; i++) {
    const socket = connect(Number(new URL(to.url).port), 'localhost')
    socket.on('error', () => {})
    socket.on('data', () => {})
    sockets.push(socket)
    socket.on('connect', () => socket.write(head))
    if (i % 200 === 0) await Bun.sleep(20)
  }
  await Bun.sleep(500)
  return sockets
}

async function normal(to: Server): Promise<{ p50: string; p99: string }> {
  const times: number[] = []
  for (let i = 0; i < NORMAL_REQUESTS; i++) {
    const startedAt = performance.now()
    await (await fetch(`${to.url}/welcome`)).text()
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  return { p50: times[50]!.toFixed(1), p99: times[98]!.toFixed(1) }
}

async function untilClosed(sockets: Socket[]): Promise<number | string> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < WATCH_MS_MAX) {
    if (sockets.every(({ destroyed, readyState }) => destroyed || readyState === 'closed'))
      return Math.round(performance.now() - startedAt)
    await Bun.sleep(250)
  }
  const left = sockets.filter(({ destroyed }) => !destroyed).length
  for (const socket of sockets) socket.destroy()
  return `more than ${WATCH_MS_MAX} (${left} left)`
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000
}

function countOf(values: number[]): string {
  const each = [...new Set(values)]
  return each.map((value) => `${values.filter((other) => other === value).length} × ${value}`).join(', ')
}
