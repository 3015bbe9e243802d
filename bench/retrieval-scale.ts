// A home's question in a development of 500, 5,000 and 20,000 passages, beside a bare scan of the same data.
// Run: bun bench/retrieval-scale.ts
import postgres from 'postgres'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { developmentIndex, search } from '#src/retrieval/development-index.ts'
import { buildSegment, type Segment } from '#src/retrieval/segment.ts'
import { retrieve } from '#src/retrieval.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { openLongview } from '../test/support/longview.ts'
import { sharedPath } from '../test/support/shared.ts'
import { recordResult, rounded } from './results.ts'
import { type BareScan, bareScan } from './retrieval/bare-scan.ts'
import { type AskedQuestion, askedQuestions, lexemesOf } from './retrieval/lexemes.ts'
import { percentile } from './retrieval/measures.ts'
import { insertDocument, PASSAGES_A_DOCUMENT, type Passage, useVectors } from './retrieval/scale-database.ts'
import { passagesOf, questionsOf, vectorsOf } from './retrieval/scale-texts.ts'

const SIZES = [500, 5_000, 20_000]
const DIMENSIONS = [512, 1_536]
const RETRIEVED_DIMENSIONS = 512
const CANDIDATES = 40
const WARM_QUESTIONS = 30
const P95_MS_MAX = 10
const RATIO_MAX = 2
const HOME = { houseTypeId: 'any', unitId: 'any' }

const shared = sharedPath('')
if (!shared) process.exit(1)
const database = await createTestDatabase()
const longview = await openLongview(database)
const sql = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
const figures: Record<string, unknown>[] = []
try {
  const texts = await passagesOf(shared, SIZES.at(-1)!)
  const lexemes = await lexemesOf(sql, texts)
  const questions = await questionsOf(shared)
  const asked = await askedQuestions(sql, questions)
  const isShort = process.argv.includes('--search-only')
  for (const size of SIZES.filter((each) => each <= texts.length)) {
    for (const dimensions of [null, ...DIMENSIONS])
      figures.push(searchFigures(texts.slice(0, size), lexemes.slice(0, size), dimensions, asked))
    if (!isShort) figures.push(...(await retrieveFigures(texts.slice(0, size), lexemes, questions)))
  }
} finally {
  await sql.end()
  await longview.look.end()
  await database.drop()
}
console.table(figures)
const { loadBefore, loadAfter } = recordResult('retrieval-scale', figures)
console.log(`load ${loadBefore} before, ${loadAfter} after`)
const missed = figures.filter(
  ({ p95Ms, ratio }) => Number(p95Ms) >= P95_MS_MAX || (Number(ratio) > RATIO_MAX && Number(p95Ms) > 1),
)
process.exit(missed.length === 0 ? 0 : 1)

/** In this process, the product's own index against the reference, a question of each in turn. */
function searchFigures(
  texts: readonly string[],
  lexemes: Awaited<ReturnType<typeof lexemesOf>>,
  dimensions: number | null,
  asked: readonly AskedQuestion[],
) {
  const vectors = dimensions === null ? null : vectorsOf(texts.length, dimensions)
  Bun.gc(true)
  const before = process.memoryUsage().rss
  const index = developmentIndex(1, null, segmentsOf(lexemes, vectors, dimensions))
  Bun.gc(true)
  const residentBytes = process.memoryUsage().rss - before
  const bare: BareScan = bareScan(lexemes, vectors)
  const wanted = dimensions === null ? null : vectorsOf(asked.length + 1, dimensions).slice(1)
  const [own, reference]: [number[], number[]] = [[], []]
  asked.forEach((question, at) => {
    const embedding = wanted?.[at] ?? null
    const started = performance.now()
    search(index, HOME, { ...question, embedding, limit: CANDIDATES })
    const between = performance.now()
    bare.search(question.lexemes, embedding, CANDIDATES)
    if (at < WARM_QUESTIONS) return
    own.push(between - started)
    reference.push(performance.now() - between)
  })
  const [p50, bareP50] = [percentile(own, 0.5), percentile(reference, 0.5)]
  return {
    what: 'search',
    passages: texts.length,
    dimensions: dimensions ?? 0,
    p50Ms: rounded(p50),
    p95Ms: rounded(percentile(own, 0.95)),
    bareP50Ms: rounded(bareP50),
    bareP95Ms: rounded(percentile(reference, 0.95)),
    ratio: rounded(p50 / bareP50),
    indexMb: rounded(index.sizeBytes / 1e6, 1),
    residentMb: rounded(residentBytes / 1e6, 1),
  }
}

function segmentsOf(
  lexemes: Awaited<ReturnType<typeof lexemesOf>>,
  vectors: Float32Array[] | null,
  dimensions: number | null,
): Segment[] {
  const segments: Segment[] = []
  for (let first = 0; first < lexemes.length; first += PASSAGES_A_DOCUMENT) {
    const id = `document ${first}`
    const scope = { documentId: id, versionId: id, reading: 1, unitId: null, houseTypeIds: [] }
    const chunks = lexemes.slice(first, first + PASSAGES_A_DOCUMENT).map((each, at) => ({
      ...each,
      chunkId: `${first + at}`,
      page: at + 1,
      printedPage: null,
      heading: null,
      embedding: vectors?.[first + at] ?? null,
    }))
    segments.push(buildSegment({ ...scope, usedForAnswers: true }, chunks, dimensions))
  }
  return segments
}

let inserted = 0

/** Through the home's door on a real PostgreSQL: lexemes, state, search, and the words of what was found. */
async function retrieveFigures(
  texts: readonly string[],
  lexemes: Awaited<ReturnType<typeof lexemesOf>>,
  questions: readonly string[],
) {
  const { tenantId } = longview.scope
  const developmentId = longview.development.id
  const vectors = vectorsOf(texts.length, RETRIEVED_DIMENSIONS)
  for (; inserted < texts.length; inserted += PASSAGES_A_DOCUMENT) {
    const passages: Passage[] = texts.slice(inserted, inserted + PASSAGES_A_DOCUMENT).map((content, at) => ({
      content,
      lexemes: lexemes[inserted + at]!,
      vector: vectors[inserted + at]!,
    }))
    await insertDocument(sql, { tenantId, developmentId, number: inserted }, passages)
  }
  await useVectors(sql, developmentId, RETRIEVED_DIMENSIONS)
  await sql`analyze chunks, document_pages, documents, document_versions, chunk_embeddings`
  const [home] = await sql`select id from units where development_id = ${developmentId} limit 1`
  const scope = await homeScopeOf(systemScope(tenantId, 'bench'), home?.id)
  const rows: Record<string, unknown>[] = []
  for (const dimensions of [0, RETRIEVED_DIMENSIONS]) {
    const wanted = vectorsOf(questions.length + 1, RETRIEVED_DIMENSIONS)
    let turn = 0
    const embedder = dimensions === 0 ? null : { embed: async () => wanted[turn]! }
    const times: number[] = []
    const parts: Record<string, number[]> = { prepare: [], search: [], read: [] }
    const started = performance.now()
    await retrieve(scope, questions[0]!, 12, embedder)
    const firstMs = performance.now() - started
    for (const question of questions) {
      turn += 1
      const asked = performance.now()
      const { timingsMs } = await retrieve(scope, question, 12, embedder)
      if (turn < WARM_QUESTIONS) continue
      times.push(performance.now() - asked)
      for (const [name, list] of Object.entries(parts)) list.push(timingsMs[name] ?? 0)
    }
    rows.push({
      what: 'retrieve',
      passages: texts.length,
      dimensions,
      p50Ms: rounded(percentile(times, 0.5)),
      p95Ms: rounded(percentile(times, 0.95)),
      firstMs: rounded(firstMs, 0),
      ...Object.fromEntries(
        Object.entries(parts).map(([name, list]) => [`${name}P50Ms`, rounded(percentile(list, 0.5))]),
      ),
    })
  }
  return rows
}
