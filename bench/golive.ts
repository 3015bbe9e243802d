// The load of go-live: 50 homeowners opening pages, 200 questions at once, a batch of large PDFs; each alone, then together.
// Run: bun bench/golive.ts (`DOCUMENTS` and `PACES=0,20` make it shorter, `DATA_DIR` names a finished
// demonstration; its own server a pace)
import type { Sql } from 'postgres'
import { lookInto, type Server, startServer } from '../test/support/server.ts'
import { bigPdf } from './batch/big-pdf.ts'
import { demonstration } from './demonstration.ts'
import { pacedPeer } from './golive/paced-peer.ts'
import { askAll, emptyTally, openPages, type Tally } from './golive/traffic.ts'
import { claim, type DemoHome, type Phone } from './model/first-token.ts'
import { cpuSeconds, residentMb } from './pages/cpu.ts'
import { recordResult, rounded } from './results.ts'
import { percentile } from './retrieval/measures.ts'

const PHONES = 50
const QUESTIONS = 200
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 30)
const PAGES_MS = Number(process.env.PAGES_MS ?? 10_000)
const WORD_MS = (process.env.PACES ?? '0,20').split(',').map(Number)
const FIRST_WORD_MS = 400
const READY_MS_MAX = 300_000
const SAMPLE_EVERY_MS = 200
const MODEL_SETTINGS = {
  LOG_LEVEL: 'silent',
  OPENAI_API_KEY: 'sk-test-of-the-bench',
  OPENAI_CHAT_MODEL: 'test-chat',
  OPENAI_EMBEDDING_MODEL: 'test-embedding',
  OPENAI_CONCURRENCY: '200',
  OPENAI_CONCURRENCY_PER_TENANT: '200',
}

const figures: Record<string, unknown>[] = []
for (const wordMs of WORD_MS) await goLive(wordMs)
console.table(figures)
const { loadBefore, loadAfter } = recordResult('golive', figures)
console.log(`load ${loadBefore} before, ${loadAfter} after`)
process.exit(figures.some(({ errors, timeouts }) => Number(errors) + Number(timeouts) > 0) ? 1 : 0)

async function goLive(wordMs: number): Promise<void> {
  const peer = pacedPeer({ firstWordMs: wordMs === 0 ? 0 : FIRST_WORD_MS, wordMs })
  const server = await startServer({
    dataDir: demonstration(),
    env: { ...MODEL_SETTINGS, OPENAI_BASE_URL: peer.url },
  })
  try {
    const phones = await signedIn(server)
    const files = await Promise.all(
      Array.from({ length: DOCUMENTS }, (_, number) => bigPdf(number, number / Math.max(1, DOCUMENTS - 1))),
    )
    // One phone a home asks: the homes of the demonstration are fewer than the phones, and a home has one limit.
    const askers = phones.slice(0, server.demo().homes.length)
    const each = Math.floor(QUESTIONS / askers.length)
    const pages = () => openPages(phones, after(PAGES_MS))
    await openPages(phones, after(1_000))
    await watched(server, wordMs, 'pages alone', async () => ({ pages: await pages() }))
    await watched(server, wordMs, 'questions alone', async () => ({
      questions: await askAll(askers, each, 1),
    }))
    await watched(server, wordMs, 'all together', async () => {
      let isOver = false
      const uploading = batch(server, files).finally(() => {
        isOver = true
      })
      const ends = after(PAGES_MS)
      const [ingested, pageTally, questions] = await Promise.all([
        uploading,
        openPages(phones, () => isOver && ends()),
        askAll(askers, each, 2),
      ])
      return { pages: pageTally, questions, batch: ingested }
    })
    const { calls, promptCharacters } = peer.asked()
    console.log(
      `${calls} calls of the model, ${rounded(promptCharacters / calls, 0)} characters of prompt each`,
    )
  } finally {
    await server.kill('SIGTERM')
    await peer.stop()
  }
}

async function signedIn(server: Server): Promise<Phone[]> {
  const { homes } = server.demo() as unknown as { homes: DemoHome[] }
  const phones: Phone[] = []
  for (let at = 0; at < PHONES; at += 1) phones.push(await claim(server, homes[at % homes.length]!))
  return phones
}

/** Milliseconds until the last document of the batch can be asked about. */
async function batch(
  server: Server,
  files: readonly Uint8Array<ArrayBuffer>[],
): Promise<{ ms: number; failed: number }> {
  const started = performance.now()
  let failed = 0
  const development = server.demo().homes[0]!.development_id
  const ids = await Promise.all(
    files.map(async (body, number) => {
      const query = new URLSearchParams({
        development_id: development,
        kind: 'manual',
        title: `Batch ${number}`,
      })
      const headers = { 'content-type': 'application/pdf' }
      const response = await server.api(`documents?${query}`, { method: 'POST', body, headers })
      if (!response.ok) throw new Error(`an upload answered ${response.status}: ${await response.text()}`)
      return ((await response.json()) as { id: string }).id
    }),
  )
  await lookInto(server.dataDir, async (sql) => {
    while (performance.now() - started < READY_MS_MAX) {
      const [row] =
        await sql`select count(*) filter (where status = 'ready')::int as ready, count(*) filter (where status = 'failed')::int as failed
          from document_versions where document_id = any(${ids})`
      failed = row?.failed
      if (row?.ready + failed === ids.length) return
      await Bun.sleep(SAMPLE_EVERY_MS)
    }
    throw new Error('the batch was not read in time')
  })
  return { ms: performance.now() - started, failed }
}

type Phase = { pages?: Tally; questions?: Tally; batch?: { ms: number; failed: number } }

async function watched(
  server: Server,
  wordMs: number,
  what: string,
  work: () => Promise<Phase>,
): Promise<void> {
  await lookInto(server.dataDir, async (sql) => {
    const lagMs: number[] = []
    let [rssMb, queueAgeS, isOver] = [0, 0, false]
    const watching = (async () => {
      while (!isOver) {
        const asked = performance.now()
        await (await fetch(`${server.url}/livez`)).text()
        lagMs.push(performance.now() - asked)
        rssMb = Math.max(rssMb, residentMb(server.pid))
        queueAgeS = Math.max(queueAgeS, await oldestWaiting(sql))
        await Bun.sleep(SAMPLE_EVERY_MS)
      }
    })()
    const before = { cpu: cpuSeconds(server.pid), commits: await commits(sql), at: performance.now() }
    const phase = await work()
    isOver = true
    await watching
    const seconds = (performance.now() - before.at) / 1_000
    const { pages = emptyTally(), questions = emptyTally(), batch: ingested } = phase
    figures.push({
      wordMs,
      what,
      errors: pages.errors.length + questions.errors.length + (ingested?.failed ?? 0),
      timeouts: pages.timeouts + questions.timeouts,
      pages: pages.ms.length,
      ...percentiles('page', pages.ms),
      questions: questions.firstMs.length,
      ...percentiles('firstWord', questions.firstMs),
      batchS: ingested ? rounded(ingested.ms / 1_000, 1) : null,
      documentsFailed: ingested?.failed ?? null,
      rssMb: rounded(rssMb, 0),
      livezP99Ms: rounded(percentile(lagMs, 0.99), 0),
      cores: rounded((cpuSeconds(server.pid) - before.cpu) / seconds),
      commitsPerS: rounded(((await commits(sql)) - before.commits) / seconds, 0),
      queueAgeS: rounded(queueAgeS, 1),
    })
    console.log(JSON.stringify(figures.at(-1)))
    for (const error of new Set([...pages.errors, ...questions.errors])) console.log(`${what}: ${error}`)
  })
}

function percentiles(name: string, ms: number[]) {
  return Object.fromEntries([50, 95, 99].map((at) => [`${name}P${at}`, rounded(percentile(ms, at / 100), 0)]))
}

async function commits(sql: Sql): Promise<number> {
  const [row] =
    await sql`select xact_commit::int as count from pg_stat_database where datname = current_database()`
  return Number(row?.count ?? 0)
}

async function oldestWaiting(sql: Sql): Promise<number> {
  const [row] =
    await sql`select coalesce(extract(epoch from max(now() - scheduled_at)), 0)::float8 as age from job_status
      where state in ('available', 'retryable') and scheduled_at <= now()`
  return Number(row?.age ?? 0)
}

function after(forMs: number): () => boolean {
  const end = performance.now() + forMs
  return () => performance.now() > end
}
