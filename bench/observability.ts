// What watching costs: a small route and a question with and without all that notes them, in turns in the same run;
// and an error tracker that is down, slow, or says "too much".
// Run: bun bench/observability.ts [--requests 24000] [--questions 160] (a test database of its own)
import { parseArgs } from 'node:util'
import { pauseStatementTimes } from '#db/statement-times.ts'
import { openSentry, type SentryEvent } from '#src/clients/sentry.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { flushRequests, pauseRequestLog } from '#src/request-log.ts'
import { bearer, startTestApp, type TestApp } from '../test/support/app.ts'

const { values: given } = parseArgs({
  options: { requests: { type: 'string', default: '24000' }, questions: { type: 'string', default: '160' } },
})
const ROUNDS = 8
const CALLS_A_TURN = 5
/** A round is four runs. */
const REQUESTS = Math.ceil(Number(given.requests) / ROUNDS / 4)
const QUESTIONS = Math.ceil(Number(given.questions) / ROUNDS / 4)
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

/**
 * With, without, without, with: whatever the machine does meanwhile falls on both, also when it grows. Beside the time
 * that passed stands the processor's time of this process, which does not grow with what others do.
 */
async function overhead(name: string, count: number, call: () => Promise<Response>): Promise<void> {
  await costOf(count, call)
  const rounds = await quartets(
    () => costOf(count, call),
    () => paused(() => costOf(count, call)),
  )
  say(name, `${compared(rounds, 'watched', 'not')} (${ROUNDS} rounds of 4 × ${count})`)
}

type Cost = { wallMs: number; cpuMs: number }
type Round = { a: Cost; b: Cost }

async function quartets(a: () => Promise<Cost>, b: () => Promise<Cost>): Promise<Round[]> {
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [a1, b1, b2, a2] = [await a(), await b(), await b(), await a()]
    rounds.push({ a: mean(a1, a2), b: mean(b1, b2) })
  }
  return rounds
}

function mean(one: Cost, other: Cost): Cost {
  return { wallMs: (one.wallMs + other.wallMs) / 2, cpuMs: (one.cpuMs + other.cpuMs) / 2 }
}

function compared(rounds: readonly Round[], a: string, b: string): string {
  const of = (what: keyof Cost, side: keyof Round) => median(rounds.map((round) => round[side][what]))
  const ratio = (what: keyof Cost) => median(rounds.map((round) => round.a[what] / round.b[what])).toFixed(3)
  const line = (what: keyof Cost) =>
    `${of(what, 'a').toFixed(3)} ms ${a}, ${of(what, 'b').toFixed(3)} ms ${b}: ratio ${ratio(what)}`
  return `time ${line('wallMs')}; processor ${line('cpuMs')}`
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

async function costOf(count: number, call: () => Promise<Response>): Promise<Cost> {
  const [startedMs, cpu] = [performance.now(), process.cpuUsage()]
  for (let i = 0; i < count; i++) {
    await (await call()).arrayBuffer()
    // Called in process, nothing waits for the network: without this nobody else would get a turn.
    if (i % CALLS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: (performance.now() - startedMs) / count, cpuMs: (user + system) / 1_000 / count }
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
  const quiet = () => app.call('/livez')
  await costOf(EVENTS, quiet)
  const rounds = await quartets(
    () =>
      costOf(EVENTS, () => {
        sentry.report(event(number++))
        return app.call('/livez')
      }),
    () => costOf(EVENTS, quiet),
  )
  await Promise.race([sentry.idle(), Bun.sleep(IDLE_MS_MAX)])
  const { sent, dropped, queued } = sentry.figures()
  say(
    `error tracker ${name}`,
    `${compared(rounds, 'with an event each', 'without')}; of ${number} events ${sent} sent, ${dropped} dropped, ${queued} wait, ${number - sent - dropped - queued} under way`,
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
