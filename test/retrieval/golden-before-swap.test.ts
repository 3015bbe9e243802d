// The golden suite before a re-index: what it finds out, who decides, and which vectors answers come from meanwhile.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { type HomeScope, type Scope, within } from '#db/scope.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { runPipeline } from '#src/chat/pipeline-run.ts'
import { documentEmbedder, forgetModels } from '#src/clients/models.ts'
import type { ChooseEmbedder } from '#src/documents/embedding.ts'
import { reviewVectors } from '#src/golden/suite.ts'
import { addGoldenQuestion, decideReindex, goldenOverview, isWaiting } from '#src/golden.ts'
import { reindexDevelopment, requestReindex } from '#src/reindexing.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type EmbeddingsPeer, embeddingsPeer } from '../support/doubles/embeddings.ts'
import { contextOf, ingested, pdfOf } from '../support/ingested.ts'
import { prepareTestProcess } from '../support/process.ts'

setDefaultTimeout(60_000)

const QUESTION = 'What does the quokka valve hold?'
/** More decoys than an answer cites pages. */
const DECOYS =
  'Hinges Gutters Slates Doors Lamps Sills Tiles Locks Vents Ropes Pipes Hooks Drains Boards'.split(' ')

let database: TestDatabase
let look: postgres.Sql
let peer: EmbeddingsPeer
let scope: Scope
let home: HomeScope
let developmentId: string
let manualId: string

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
  const decoys = DECOYS.map((thing, i) => [
    `${thing} and what belongs to them`,
    `${i} times a year ${thing.toLowerCase()} are looked at. The quokka valve holds ${thing.toLowerCase()} back.`,
    `A decoy is kept for ${thing.toLowerCase()} in a drawer, ${'well '.repeat(i)}out of sight of visitors.`,
  ])
  const right = [
    'Section 99: the water of the house',
    'What the quokka valve does hold: the quokka valve holds 17 litres in all.',
    'It is filled by the plumber before the keys are handed over.',
    'Nothing has to be added to it in the years that follow.',
  ]
  const bytes = await pdfOf(...decoys, right)
  manualId = (await ingested(scope, developmentId, 'Quokka manual', bytes, embedder())).documentId
})
afterAll(async () => {
  useModel('text-embedding-3-small', '')
  await look.end()
  await database.drop()
  await peer.stop()
})
beforeEach(async () => {
  await look`delete from golden_runs`
  await look`delete from golden_questions`
  await look`update job_status set state = 'cancelled', finalized_at = now() where finalized_at is null`
  useModel('first')
  await reindex()
})

function useModel(model: string, key = 'test-key'): void {
  prepareTestProcess({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: peer.url,
    OPENAI_EMBEDDING_MODEL: model,
    OPENAI_EMBEDDING_DIMENSIONS: '512',
  })
  forgetModels()
}

const embedder = () => documentEmbedder(scope.tenantId, 'test') as ChooseEmbedder
const reindex = () => {
  const context = contextOf(scope)
  return reindexDevelopment(scope, developmentId, {
    ...context,
    embedder: embedder(),
    review: (target) => reviewVectors(scope, developmentId, target, context),
  })
}
const liveModel = async () =>
  (await look`select embedding_model as model from developments where id = ${developmentId}`)[0]?.model
const overview = () => goldenOverview(scope, { developmentId, limit: 25 })
const vouchFor = (page: number) =>
  addGoldenQuestion(
    scope,
    { id: null, name: 'Orla Invented' },
    {
      ...{ developmentId, houseTypeCode: null, question: QUESTION },
      ...{ expectedPhrase: null, expectedDocumentId: manualId, expectedPage: page, mustBeGap: false },
    },
  )
const RIGHT_PAGE = DECOYS.length + 1

test('a better or equal index is used at once, and the run is kept', async () => {
  await vouchFor(RIGHT_PAGE)
  useModel('second')
  expect(await reindex()).toBe('swapped')
  expect(await liveModel()).toBe('second')
  const { runs } = await overview()
  expect(
    runs.map(({ trigger, passed, passedBefore, decision }) => [trigger, passed, passedBefore, decision]),
  ).toEqual([['reindex', 1, 1, 'swapped']])
})

test('an index that answers fewer questions waits, says what would be lost, and is asked once', async () => {
  await vouchFor(RIGHT_PAGE)
  useModel('misled')
  expect(await reindex()).toBe('waiting')
  expect(await reindex()).toBe('waiting')
  expect(await liveModel()).toBe('first')
  const { runs, failures } = await overview()
  expect(runs).toHaveLength(1)
  expect(isWaiting(runs[0]!)).toBe(true)
  expect(failures.map(({ question, isLost }) => [question, isLost])).toEqual([[QUESTION, true]])
  const answer = await runPipeline(home, QUESTION, [])
  expect(answer.citations.map(({ page }) => page)).toContain(RIGHT_PAGE)
})

test('the webhook of a drop names the run and the figures', async () => {
  await look`insert into webhooks (id, tenant_id, url, events)
    values (gen_random_uuid(), ${scope.tenantId}, 'https://example.com/hook', '{golden.dropped}')`
  await vouchFor(RIGHT_PAGE)
  useModel('misled')
  await reindex()
  const [delivery] = await look`select event, data from webhook_deliveries order by id desc limit 1`
  expect(delivery?.event).toBe('golden.dropped')
  expect(delivery?.data).toMatchObject({
    development_id: developmentId,
    total: 1,
    passed_before: 1,
    passed: 0,
  })
})

test('staff may use it all the same', async () => {
  await vouchFor(RIGHT_PAGE)
  useModel('misled')
  await reindex()
  const [run] = (await overview()).runs
  await decideReindex(scope, { name: 'Orla Invented' }, run!.id, 'accepted')
  const waiting =
    await look`select 1 from job_status where finalized_at is null and kind = 'reindex-development'`
  expect(waiting).toHaveLength(1)
  expect(await reindex()).toBe('swapped')
  expect(await liveModel()).toBe('misled')
  expect((await overview()).runs[0]).toMatchObject({ decision: 'swapped', decidedByName: 'Orla Invented' })
})

test('or keep what is in use, also over a new start, until they ask for a re-index again', async () => {
  await vouchFor(RIGHT_PAGE)
  useModel('misled')
  await reindex()
  const [run] = (await overview()).runs
  await decideReindex(scope, { name: 'Orla Invented' }, run!.id, 'rejected')
  expect(decideReindex(scope, { name: 'Orla Invented' }, run!.id, 'accepted')).rejects.toThrow('conflict')
  expect(await reindex()).toBe('rejected')
  expect(await liveModel()).toBe('first')
  await requestReindex(scope, developmentId)
  expect(await reindex()).toBe('waiting')
})

test('questions that fail either way do not hold an index back', async () => {
  await addGoldenQuestion(
    scope,
    { id: null, name: 'Orla Invented' },
    {
      ...{ developmentId, houseTypeCode: null, question: 'Which tree species stands by the eastern gate?' },
      ...{ expectedPhrase: 'silver birch', expectedDocumentId: null, expectedPage: null, mustBeGap: false },
    },
  )
  useModel('misled')
  expect(await reindex()).toBe('swapped')
  expect((await overview()).failures.map(({ isLost }) => isLost)).toEqual([false])
})

test('without golden questions nothing is asked', async () => {
  useModel('second')
  expect(await reindex()).toBe('swapped')
  expect((await overview()).runs).toEqual([])
})

test('a decision of another builder is as unknown as one about nothing', async () => {
  await vouchFor(RIGHT_PAGE)
  useModel('misled')
  await reindex()
  const [run] = (await overview()).runs
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  const foreign = systemScope(other?.id, 'test')
  expect(decideReindex(foreign, { name: 'Eve' }, run!.id, 'accepted')).rejects.toThrow('not_found')
  expect(await within(foreign, (db) => db.execute('select 1 from golden_runs'))).toHaveLength(0)
})
