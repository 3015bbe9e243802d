// What watching costs: a small route and a question with and without all that notes them, in turns in the same run;
// and an error tracker that is down, slow, or says "too much".
// Run: bun bench/observability.ts [--requests 24000] [--questions 60] (a test database of its own)
import { parseArgs } from 'node:util'
import { pauseStatementTimes } from '#db/statement-times.ts'
import { openSentry, type SentryEvent } from '#src/clients/sentry.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { flushRequests, pauseRequestLog } from '#src/request-log.ts'
import { bearer, startTestApp, type TestApp } from '../test/support/app.ts'

const { values: given } = parseArgs({
  options: { requests: { type: 'string', default: '24000' }, questions: { type: 'string', default: '60' } },
})
const ROUNDS = 8
const CALLS_A_TURN = 5
const REQUESTS = Math.ceil(Number(given.requests) / ROUNDS)
const QUESTIONS = Math.ceil(Number(given.questions) / ROUNDS)
const EVENTS = 500
const IDLE_MS_MAX = 3_000

const app = await startTestApp()
try {
  await overhead('hello (GET /livez)', REQUESTS, () => app.call('/livez'))
  const { key, tenant } = app.demo.api_keys[0]!
  const home = app.demo.homes.find((each) => each.tenant === tenant)!
  let number = 0
  await overhead('chat (POST /api/v1/questions)', QUESTIONS, () => {
    forgetLimits()
    return ask(app, key, home.unit_id, `How do I bleed radiator number ${number++}?`)
  })
  await tracker('down', 'http://key@127.0.0.1:1/1', null)
  await tracker('slow (2 s an answer)', null, async () => {
    await Bun.sleep(2_000)
    return new Response(null, { status: 200 })
  })
  await tracker('429', null, () => new Response(null, { status: 429, headers: { 'retry-after': '60' } }))
  await tracker('well', null, () => new Response(null, { status: 200 }))
} finally {
  await flushRequests()
  await app.stop()
}

/** In turns, so that whatever else the machine does falls on both; the medians of the rounds are compared. */
async function overhead(name: string, count: number, call: () => Promise<Response>): Promise<void> {
  const rounds: { watched: number; unwatched: number }[] = []
  await meanMs(count, call)
  for (let round = 0; round < ROUNDS; round++) {
    // Who goes first takes turns as well: the second finds the machine warmer.
    const first = round % 2 === 0 ? null : await meanMs(count, call)
    const unwatched = await paused(() => meanMs(count, call))
    const watched = first ?? (await meanMs(count, call))
    rounds.push({ watched, unwatched })
  }
  const watched = median(rounds.map((round) => round.watched))
  const unwatched = median(rounds.map((round) => round.unwatched))
  const ratio = median(rounds.map((round) => round.watched / round.unwatched))
  say(
    name,
    `${watched.toFixed(3)} ms watched, ${unwatched.toFixed(3)} ms not: ratio ${ratio.toFixed(3)} (${ROUNDS} rounds of ${count})`,
  )
}

/** Without the request log, its histograms and the times of statements: what every request pays for being watched. */
async function paused<T>(work: () => Promise<T>): Promise<T> {
  pauseRequestLog(true)
  pauseStatementTimes(true)
  try {
    return await work()
  } finally {
    pauseRequestLog(false)
    pauseStatementTimes(false)
  }
}

async function meanMs(count: number, call: () => Promise<Response>): Promise<number> {
  const started = performance.now()
  for (let i = 0; i < count; i++) {
    await (await call()).arrayBuffer()
    // Called in process, nothing waits for the network: without this nobody else would get a turn.
    if (i % CALLS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return (performance.now() - started) / count
}

/** A small page with an event each, in turns with the same without. */
async function tracker(
  name: string,
  dsn: string | null,
  answer: (() => Response | Promise<Response>) | null,
): Promise<void> {
  const sink = answer ? Bun.serve({ port: 0, hostname: '127.0.0.1', idleTimeout: 60, fetch: answer }) : null
  const sentry = openSentry(dsn ?? `http://key@127.0.0.1:${sink?.port}/1`, 'bench', 500)
  let number = 0
  const rounds: { quiet: number; busy: number }[] = []
  await meanMs(EVENTS, () => app.call('/livez'))
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await meanMs(EVENTS, () => app.call('/livez'))
    const busy = await meanMs(EVENTS, () => {
      sentry.report(event(number++))
      return app.call('/livez')
    })
    rounds.push({ quiet, busy })
  }
  await Promise.race([sentry.idle(), Bun.sleep(IDLE_MS_MAX)])
  const { sent, dropped, queued } = sentry.figures()
  const ratio = median(rounds.map((round) => round.busy / round.quiet))
  const [busy, quiet] = [
    median(rounds.map((round) => round.busy)),
    median(rounds.map((round) => round.quiet)),
  ]
  say(
    `error tracker ${name}`,
    `hello with an event each ${busy.toFixed(3)} ms, without ${quiet.toFixed(3)} ms: ratio ${ratio.toFixed(2)}; of ${number} events ${sent} sent, ${dropped} dropped, ${queued} wait, ${number - sent - dropped - queued} under way`,
  )
  await sink?.stop(true)
}

function event(number: number): SentryEvent {
  return {
    ...{
      id: Bun.randomUUIDv7(),
      source: 'http',
      platform: 'node',
      fingerprint: 'f'.repeat(32),
      name: 'Error',
    },
    ...{ message: `planted ${number}`, stack: null, release: 'bench', requestId: null, tenantId: null },
    context: {},
  }
}

function ask(to: TestApp, key: string, unitId: string, question: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ unit_id: unitId, question })
  return to.call('/api/v1/questions', bearer(key, { method: 'POST', headers, body }))
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

function say(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(32)} ${value}\n`)
}
