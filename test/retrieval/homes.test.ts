// The whole demonstration, ingested by the real queue: every home is answered from its own documents only.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { type Answered, acceptQuestion, answerAccepted } from '#src/chat.ts'
import { config } from '#src/config.ts'
import { seededDice } from '#src/demo/dice.ts'
import { seedDemo, unfinishedDemoDocuments } from '#src/demo/seed.ts'
import { type DemoTruth, demoTruths } from '#src/demo/truths.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { testSecrets } from '../support/process.ts'

const INGESTION_MS_MAX = 170_000
const QUESTIONS = 200
setDefaultTimeout(INGESTION_MS_MAX)

type Home = {
  id: string
  tenant_id: string
  development_id: string
  house_type_id: string
  number: string
  code: string
  slug: string
}

let database: TestDatabase
let look: postgres.Sql
let jobs: Jobs
let homes: Home[]
const truths = demoTruths()
beforeAll(async () => {
  database = await createTestDatabase()
  look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  jobs = await startJobs({ ...config(), DATABASE_URL: database.url }, { cronTasks: [] })
  await seedDemo(testSecrets, () => {})
  const deadline = performance.now() + INGESTION_MS_MAX
  while ((await unfinishedDemoDocuments()) > 0) {
    if (performance.now() > deadline) throw new Error('the demonstration was not ingested in time')
    await Bun.sleep(100)
  }
  homes = await look<Home[]>`
    select u.id, u.tenant_id, u.development_id, u.house_type_id, u.number, t.code, d.slug
    from units u join house_types t on t.id = u.house_type_id join developments d on d.id = u.development_id
    order by d.slug, u.number`
}, INGESTION_MS_MAX)
afterAll(async () => {
  await jobs.stop(5_000)
  await look.end()
  await database.drop()
})

const homeOf = (slug: string, code: string) => {
  const found = homes.find((home) => home.slug === slug && home.code === code)
  if (!found) throw new Error(`${slug} has no home of type ${code}`)
  return found
}

async function ask(home: Home, question: string): Promise<Answered> {
  const scope = await homeScopeOf(systemScope(home.tenant_id, 'test'), home.id)
  const by = { purchaserId: null, origin: 'api' } as const
  const clientKey = crypto.randomUUID()
  const accepted = await acceptQuestion(scope, by, { question, conversationId: null, clientKey })
  return answerAccepted(scope, accepted, null)
}

/** What an answer shows of documents, as one text. */
const shown = ({ answer, details }: Answered) =>
  [answer, ...details.citations.map(({ quote }) => quote)].join('\n').replaceAll(/\s+/g, ' ')

/** Told by the tables alone, not by the product's own predicate: what this home must never be quoted. */
async function foreignOf(home: Home, documentIds: string[]) {
  return look`
    select d.title, d.kind from documents d
    where d.id = any(${documentIds}) and not (
      d.tenant_id = ${home.tenant_id} and d.development_id = ${home.development_id}
      and d.kind not in ('structural', 'brochure')
      and (d.unit_id is null or d.unit_id = ${home.id})
      and (not exists (select 1 from document_house_types t where t.document_id = d.id)
        or exists (select 1 from document_house_types t where t.document_id = d.id and t.house_type_id = ${home.house_type_id})))`
}

/** Words that are printed in one document only, of those documents that the home may not see. */
function foreignCanaries(home: Home): Set<string> {
  const canaries = new Set(truths.map(({ canary }) => canary))
  for (const truth of truths) {
    const isOwn =
      truth.development === home.slug &&
      (truth.houseTypeCode === null || truth.houseTypeCode === home.code) &&
      (truth.unitNumber === null || truth.unitNumber === home.number)
    if (isOwn) canaries.delete(truth.canary)
  }
  return canaries
}

test('every document of the demonstration is ready, with chunks, none of them twice', async () => {
  const rows = await look`select status, count(*)::int as count from document_versions group by 1`
  expect([...rows]).toEqual([{ status: 'ready', count: expect.any(Number) }])
  expect(rows[0]?.count).toBeGreaterThanOrEqual(60)
  const without =
    await look`select title from documents d where not exists (select 1 from chunks c where c.document_id = d.id)`
  expect(without.map(({ title }) => title)).toEqual([])
  expect((await look`select 1 from chunks group by version_id, ordinal having count(*) > 1`).length).toBe(0)
})

test('the same question in a BD01 and a BS01 home gets the answer of its own type', async () => {
  const of = (code: string) =>
    new Map(
      truths
        .filter((truth) => truth.development === 'longview-park' && truth.houseTypeCode === code)
        .map((truth) => [truth.subject, truth]),
    )
  const [detached, semi] = [of('BD01'), of('BS01')]
  const differing = [...detached.values()].filter((truth) => {
    const twin = semi.get(truth.subject)
    return twin && twin.answer !== truth.answer && !twin.answer.includes(truth.answer)
  })
  expect(differing.length).toBeGreaterThanOrEqual(5)
  let ownCount = 0
  for (const truth of differing) {
    const twin = semi.get(truth.subject) as DemoTruth
    const asDetached = shown(await ask(homeOf('longview-park', 'BD01'), truth.question))
    const asSemi = shown(await ask(homeOf('longview-park', 'BS01'), truth.question))
    if (asDetached.includes(truth.answer)) ownCount += 1
    if (asSemi.includes(twin.answer)) ownCount += 1
  }
  expect(ownCount / (differing.length * 2)).toBeGreaterThanOrEqual(0.9)
})

test('two hundred questions at random homes of both tenants never quote a document of another home', async () => {
  const dice = seededDice(20_261_124)
  let citationCount = 0
  for (let number = 0; number < QUESTIONS; number += 1) {
    const home = dice.pick(homes)
    const truth = dice.pick(truths)
    const answered = await ask(home, truth.question)
    const ids = answered.details.citations.map(({ documentId }) => documentId)
    const downloads = answered.details.downloads.map(({ documentId }) => documentId)
    citationCount += ids.length
    expect([...(await foreignOf(home, [...ids, ...downloads]))]).toEqual([])
    const text = shown(answered)
    for (const canary of foreignCanaries(home)) expect(text.includes(canary)).toBe(false)
  }
  expect(citationCount).toBeGreaterThan(QUESTIONS / 2)
})

test('a certificate of one home is quoted in that home and in no other', async () => {
  const [certificate] = await look`select id, unit_id from documents where kind = 'ber' order by id limit 1`
  const own = homes.find(({ id }) => id === certificate?.unit_id) as Home
  const question = 'What is the calculated energy use on my BER certificate?'
  const citedBy = async (home: Home) =>
    (await ask(home, question)).details.citations.map(({ documentId }) => documentId)
  expect(await citedBy(own)).toContain(certificate?.id)
  const neighbours = homes.filter(({ slug, id }) => slug === own.slug && id !== own.id).slice(0, 5)
  for (const home of neighbours) expect(await citedBy(home)).not.toContain(certificate?.id)
})

test('what is for staff, or for show, is never quoted', async () => {
  const hidden = await look`
    select c.document_id, c.content, d.kind, d.development_id from chunks c join documents d on d.id = c.document_id
    where d.kind in ('structural', 'brochure') order by c.id limit 12`
  expect(new Set(hidden.map(({ kind }) => kind)).size).toBe(2)
  for (const chunk of hidden) {
    const home = homes.find(({ development_id }) => development_id === chunk.development_id) as Home
    const answered = await ask(home, chunk.content.split(/(?<=[.?!])\s/)[0].slice(0, 300))
    expect(answered.details.citations.map(({ documentId }) => documentId)).not.toContain(chunk.document_id)
    expect([
      ...(await foreignOf(
        home,
        answered.details.citations.map(({ documentId }) => documentId),
      )),
    ]).toEqual([])
  }
})
