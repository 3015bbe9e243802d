// Re-indexing with another embedding model: beside the live vectors, never twice, and swapped in at one moment.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { type HomeScope, type Scope, within } from '#db/scope.ts'
import { startJobs } from '#jobs/runner.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { documentEmbedder, forgetModels, questionEmbedder } from '#src/clients/models.ts'
import { config } from '#src/config.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import type { ChooseEmbedder } from '#src/documents/embedding.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import { keepVersion, publishVersion } from '#src/documents/versions.ts'
import { findJob } from '#src/jobs.ts'
import {
  estimateReindex,
  type ReindexContext,
  reindexChangedDevelopments,
  reindexDevelopment,
  requestReindex,
} from '#src/reindexing.ts'
import { retrieve } from '#src/retrieval.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type EmbeddingsPeer, embeddingsPeer } from '../support/doubles/embeddings.ts'
import { contextOf, ingested, pdfOf, received } from '../support/ingested.ts'
import { prepareTestProcess } from '../support/process.ts'

setDefaultTimeout(60_000)

const PAGES = 150

let database: TestDatabase
let look: postgres.Sql
let peer: EmbeddingsPeer
let scope: Scope
let home: HomeScope
let developmentId: string
let manual: { documentId: string; versionId: string }

beforeAll(async () => {
  peer = embeddingsPeer()
  useModel('first')
  database = await createTestDatabase({ poolSize: 8 })
  look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  const [development] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  const [unit] =
    await look`select id from units where development_id = ${development?.id} order by number limit 1`
  developmentId = development?.id
  scope = systemScope(development?.tenant_id, 'test')
  home = await homeScopeOf(scope, unit?.id)
  manual = await ingested(scope, developmentId, 'Manual', await manualOf('litres'), embedder())
})
afterAll(async () => {
  useModel('text-embedding-3-small', '')
  await look.end()
  await database.drop()
  await peer.stop()
})
beforeEach(() => peer.forget())

/** As a start of the process with other settings would. */
function useModel(model: string, key = 'test-key'): void {
  prepareTestProcess({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: peer.url,
    OPENAI_EMBEDDING_MODEL: model,
    OPENAI_EMBEDDING_DIMENSIONS: model.endsWith('long') ? '1024' : '512',
  })
  forgetModels()
}

const WORDS = [
  'boiler',
  'cylinder',
  'stopcock',
  'meter',
  'radiator',
  'valve',
  'sensor',
  'manifold',
  'filter',
  'pump',
]
const manualOf = (unit: string) =>
  pdfOf(
    ...Array.from({ length: PAGES }, (_, i) => [
      `Section ${i + 1}: the ${WORDS[i % 10]} number ${i + 1}`,
      `The ${WORDS[i % 10]} number ${i + 1} holds ${i * 7 + 3} ${i === 20 ? unit : 'litres'} in all.`,
    ]),
  )

const embedder = () => documentEmbedder(scope.tenantId, 'test') as ChooseEmbedder
const search = (words: string) => retrieve(home, words, 3, questionEmbedder(home))
const contextWith = (more: { before?: (step: number) => Promise<void> } = {}): ReindexContext => ({
  ...contextOf(scope, more),
  embedder: embedder(),
  review: async () => 'passed',
})
const reindex = () => reindexDevelopment(scope, developmentId, contextWith())
const live = async () => {
  const [row] =
    await look`select embedding_model as model, embedding_dimensions as dimensions from developments where id = ${developmentId}`
  return `${row?.model} ${row?.dimensions}`
}
const newVersion = async (bytes: Uint8Array) =>
  keepVersion(scope, manual.documentId, { fileName: 'manual.pdf', notes: null }, await received(bytes))
const ingest = (versionId: string, more: { before?: (step: number) => Promise<void> } = {}) =>
  ingestVersion(scope, versionId, contextOf(scope, { ...more, embedder: embedder() }))

test('the first document decides the vectors that its development is searched with', async () => {
  expect(await live()).toBe('first 512')
  const { chunks } = await search('How much does the stopcock number 3 hold?')
  expect(chunks[0]?.content).toContain('17 litres')
  expect(peer.sent('first')).toEqual(['How much does the stopcock number 3 hold?'])
})

test('a new version embeds only the text that changed', async () => {
  const second = await newVersion(await manualOf('gallons'))
  expect(await ingest(second.versionId)).toEqual({ outcome: 'ready' })
  expect(peer.sent('first').length).toBeLessThanOrEqual(2)
  expect(peer.sent('first').join()).toContain('gallons')
  peer.forget()
  await publishVersion(scope, manual.documentId, manual.versionId)
  expect(peer.sent('first')).toEqual([])
})

test('before a re-index it is said what it would embed and cost', async () => {
  useModel('second')
  const estimate = await estimateReindex(scope, developmentId)
  expect(estimate).toMatchObject({
    target: { model: 'second', dimensions: 512 },
    current: { model: 'first', dimensions: 512 },
    job: null,
  })
  const [row] =
    await look`select count(*)::int as chunks, sum(length(content))::int as characters from chunks c
    join documents d on d.live_version_id = c.version_id`
  expect(estimate.chunks).toBe(row?.chunks)
  expect(estimate.chunksToEmbed).toBe(row?.chunks)
  expect(estimate.tokens).toBe(Math.ceil(row?.characters / 4))
  expect(estimate.costEur).toBeCloseTo((estimate.tokens * 0.02) / 1e6, 12)
})

test('while it runs every question is answered from the old vectors, and then from the new', async () => {
  useModel('second')
  const spaces: string[] = []
  const asking = contextWith({
    before: async () => {
      peer.forget()
      // Another question each time: one that was asked before has its vector already.
      const { chunks } = await search(
        `What does the boiler number 11 hold, ${'please '.repeat(spaces.length)}?`,
      )
      expect(chunks[0]?.content).toContain('73 litres')
      spaces.push(
        peer.sent('first').length === 1 ? 'first' : peer.sent('second').length === 1 ? 'second' : '?',
      )
    },
  })
  expect(await reindexDevelopment(scope, developmentId, asking)).toBe('swapped')
  expect(new Set(spaces)).toEqual(new Set(['first']))
  expect(spaces.length).toBeGreaterThan(4)
  expect(await live()).toBe('second 512')
  peer.forget()
  expect((await search('What does the boiler number 11 hold?')).chunks[0]?.content).toContain('73 litres')
  expect([peer.sent('first').length, peer.sent('second').length]).toEqual([0, 1])
})

test('what is embedded already is not embedded again, also on the way back', async () => {
  useModel('second')
  expect(await reindex()).toBe('swapped')
  useModel('first')
  expect(await reindex()).toBe('swapped')
  expect([peer.sent('first'), peer.sent('second')]).toEqual([[], []])
  expect(await live()).toBe('first 512')
  expect((await estimateReindex(scope, developmentId)).chunksToEmbed).toBe(0)
})

test('cut off after any batch it goes on where it stopped, and answers have not noticed', async () => {
  useModel('third-long')
  const total = (await estimateReindex(scope, developmentId)).chunksToEmbed
  expect(total).toBeGreaterThan(128)
  let cuts = 0
  for (let step = 3; ; step += 1) {
    const crashing = contextWith({
      before: async (number) => {
        if (number === step) throw new Error('the power went')
      },
    })
    const ended = await reindexDevelopment(scope, developmentId, crashing).catch((error) => String(error))
    if (ended === 'swapped') break
    expect(ended).toContain('the power went')
    expect(await live()).toBe('first 512')
    cuts++
  }
  expect(cuts).toBeGreaterThan(1)
  expect(await live()).toBe('third-long 1024')
  expect((await search('What does the boiler number 11 hold?')).chunks[0]?.content).toContain('73 litres')
  // Only a batch whose vectors never reached the database was asked for twice.
  const sent = peer.sent('third-long').filter((text) => !text.includes('?'))
  expect(new Set(sent).size).toBe(total)
  expect(sent.length).toBeLessThanOrEqual(total + 64 * cuts)
})

test('a document that becomes live while the last vectors are made is not left out', async () => {
  useModel('fourth')
  let late: { documentId: string } | null = null
  const racing = contextWith({
    before: async () => {
      const [row] = await look`select count(*)::int as n from chunk_embeddings where model = 'fourth'`
      if (late || row?.n < 150) return
      late = { documentId: '' }
      // It is embedded for the vectors that are about to be left.
      late = await ingested(
        scope,
        developmentId,
        'Late',
        await pdfOf(['The quokka switch is behind the door of the hall.']),
        embedder(),
      )
    },
  })
  expect(await reindexDevelopment(scope, developmentId, racing)).toBe('swapped')
  expect(late).not.toBeNull()
  const lacking =
    await look`select c.content from chunks c join documents d on d.live_version_id = c.version_id
    where not exists (select 1 from chunk_embeddings e where e.content_sha256 = c.content_sha256 and e.model = 'fourth')`
  expect([...lacking]).toEqual([])
})

test('a document that is overtaken by a re-index is embedded once more before it is shown', async () => {
  useModel('fourth')
  const second = await newVersion(await pdfOf(['The wombat valve is under the stairs of the house.']))
  let isSwapped = false
  const before = async (step: number) => {
    if (step !== 6 || isSwapped) return
    isSwapped = true
    useModel('fifth')
    await reindex()
  }
  expect(await ingest(second.versionId, { before })).toEqual({ outcome: 'ready' })
  expect(await live()).toBe('fifth 512')
  expect(peer.sent('fifth').join()).toContain('wombat')
  expect((await search('Where is the wombat valve?')).chunks[0]?.content).toContain('under the stairs')
})

test('a re-index that is stopped leaves the old vectors in use', async () => {
  useModel('sixth')
  const stopping = new AbortController()
  const context = contextWith({
    before: async (step) => {
      if (step === 2) stopping.abort('cancelled')
    },
  })
  expect(reindexDevelopment(scope, developmentId, { ...context, signal: stopping.signal })).rejects.toBe(
    'cancelled',
  )
  await Bun.sleep(0)
  expect(await live()).toBe('fifth 512')
})

test('without a model, or from another tenant, there is nothing to start', async () => {
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  const foreign = systemScope(other?.id, 'test')
  expect(estimateReindex(foreign, developmentId)).rejects.toThrow('not_found')
  expect(requestReindex(foreign, developmentId)).rejects.toThrow('not_found')
  useModel('first', '')
  expect(estimateReindex(scope, developmentId)).rejects.toThrow('embeddings_not_set_up')
  expect(requestReindex(scope, developmentId)).rejects.toThrow('embeddings_not_set_up')
  expect(await reindexChangedDevelopments()).toBe(0)
  // Words alone still find what they found.
  const { chunks } = await retrieve(home, 'Where is the wombat valve?', 3, questionEmbedder(home))
  expect(chunks[0]?.content).toContain('under the stairs')
})

test('at a start with another model every development is re-indexed by the queue, once', async () => {
  useModel('seventh')
  const developments = (await look`select id from developments`).length
  expect(await reindexChangedDevelopments()).toBe(developments)
  expect(await reindexChangedDevelopments()).toBe(0)
  const { job } = await estimateReindex(scope, developmentId)
  expect((await requestReindex(scope, developmentId)).jobId).toBe(job?.id as string)
  let release = () => {}
  peer.hold(new Promise((resolve) => (release = resolve)))
  const jobs = await startJobs({ ...config(), DATABASE_URL: database.url }, { cronTasks: [] })
  try {
    const running = await until(job?.id as string, (state) => state === 'running')
    expect(running.kind).toBe('reindex-development')
    expect(await live()).toBe('fifth 512')
    release()
    await until(job?.id as string, (state) => state === 'completed')
  } finally {
    release()
    await jobs.stop(5_000)
  }
  expect(await live()).toBe('seventh 512')
})

async function until(jobId: string, isThere: (state: string) => boolean) {
  const deadline = performance.now() + 30_000
  for (;;) {
    const job = await findJob(scope, jobId)
    if (isThere(job.state)) return job
    if (performance.now() > deadline) throw new Error(`the job is ${job.state} (${job.errorCode})`)
    await Bun.sleep(20)
  }
}

test('deleting a document takes the vectors of its text with it, but none that others use', async () => {
  const others =
    await look`select count(*)::int as n from chunk_embeddings where development_id = ${developmentId}`
  await deleteDocument(scope, manual.documentId)
  const left = await look`select 1 from chunk_embeddings e where development_id = ${developmentId}
    and not exists (select 1 from chunks c where c.content_sha256 = e.content_sha256)`
  const kept =
    await look`select count(*)::int as n from chunk_embeddings where development_id = ${developmentId}`
  expect(left.length).toBe(0)
  expect(kept[0]?.n).toBeGreaterThan(0)
  expect(kept[0]?.n).toBeLessThan(others[0]?.n)
})

test('vectors of one development are nothing to another tenant', async () => {
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  const rows = await within(systemScope(other?.id, 'test'), (db) =>
    db.execute('select 1 from chunk_embeddings'),
  )
  expect(rows.length).toBe(0)
})
