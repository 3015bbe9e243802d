// What a tenant may use of the language model, over a real database.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { mintHomeScope, type Scope } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import type { ChatModel } from '#src/clients/chat-model.ts'
import { allowed, noteTokens, withinBudget } from '#src/clients/llm-allowance.ts'
import { chatModel, forgetModels, questionEmbedder } from '#src/clients/models.ts'
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { prepareTestProcess } from '../support/process.ts'
import { faultyProvider } from './faulty-provider.ts'

const provider = faultyProvider()
let database: TestDatabase
let look: postgres.Sql
let mine: Scope
let theirs: Scope

beforeAll(async () => {
  database = await createTestDatabase()
  look = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
  const tenants = await look<{ id: string }[]>`select id from tenants order by slug`
  mine = systemScope(tenants[0]!.id, 'test')
  theirs = systemScope(tenants[1]!.id, 'test')
  prepareTestProcess({
    ...{ OPENAI_DAILY_TOKENS_PER_TENANT: '1000', OPENAI_CONCURRENCY_PER_TENANT: '2' },
    ...{ OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: provider.url },
  })
  forgetModels()
})
afterAll(async () => {
  prepareTestProcess({ LOG_LEVEL: 'silent' })
  forgetModels()
  await provider.stop()
  await look.end()
  await database.drop()
})
beforeEach(async () => {
  await look`truncate llm_usage, llm_calls`
})

const usage = { promptTokens: 300, completionTokens: 50 }
const options = { signal: new AbortController().signal, onToken: () => {} }
const model = (held: Promise<void> = Promise.resolve(), used: typeof usage | null = usage): ChatModel => ({
  name: 'test-model',
  stream: async () => {
    await held
    return { text: 'Yes, it is.', usage: used, finishReason: 'stop' }
  },
})
const say = (scope: Scope, of = model()) =>
  allowed(scope, of).stream([{ role: 'user', content: 'x'.repeat(400) }], options)
const tokens = async (scope: Scope) =>
  Number(
    (await look`select token_count from llm_usage where tenant_id = ${scope.tenantId}`)[0]?.token_count ?? 0,
  )

test('tokens are counted for the tenant that used them, estimated when the provider does not say', async () => {
  await say(mine)
  await say(mine)
  expect([await tokens(mine), await tokens(theirs)]).toEqual([700, 0])
  await say(theirs, model(Promise.resolve(), null))
  expect(await tokens(theirs)).toBeGreaterThan(95)
})

test('a budget that is spent is spent until midnight, for that tenant alone', async () => {
  expect(await withinBudget(mine)).toBe(true)
  await noteTokens(mine, 1_000)
  expect([await withinBudget(mine), await withinBudget(theirs)]).toEqual([false, true])
  await look`update llm_usage set day = day - 1`
  expect(await withinBudget(mine)).toBe(true)
})

test('a model whose tenant has spent its budget fails with a row that says so, before any request', async () => {
  await noteTokens(mine, 1_000)
  provider.behaves({ kind: 'answer', words: ['Yes.'] })
  const home = mintHomeScope(mine, { developmentId: 'd', unitId: 'u', houseTypeId: 't' })
  const failed = await chatModel(home)!
    .stream([{ role: 'user', content: 'x' }], options)
    .catch((error) => error)
  expect((failed as LlmFailure).code).toBe('llm_budget')
  expect(provider.requests()).toHaveLength(0)
})

test('no more answers of a tenant are written at once than it may have; others are not held up', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = [say(mine, model(promise)), say(mine, model(promise))]
  while ((await look`select 1 from llm_calls`).length < 2) await Bun.sleep(5)
  const refused: LlmFailure[] = []
  const third = await allowed(mine, model(), (failure) => refused.push(failure))
    .stream([{ role: 'user', content: 'x' }], options)
    .catch((error) => error)
  expect((third as LlmFailure).code).toBe('llm_busy')
  expect(refused.map(({ code }) => code)).toEqual(['llm_busy'])
  await say(theirs)
  resolve()
  await Promise.all(first)
  await say(mine)
  expect(await look`select 1 from llm_calls`).toHaveLength(0)
})

test('twenty callers at one moment get exactly the turns there are', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let refused = 0
  const all = Array.from({ length: 20 }, () =>
    say(mine, model(promise)).catch(() => {
      refused++
    }),
  )
  while (refused < 18) await Bun.sleep(5)
  expect(await look`select 1 from llm_calls`).toHaveLength(2)
  resolve()
  await Promise.all(all)
  expect(refused).toBe(18)
})

test('a failed call frees its turn, and those of a process that died free themselves', async () => {
  const broken: ChatModel = {
    name: 'x',
    stream: () => Promise.reject(new LlmFailure('llm_stalled', 'as told')),
  }
  for (let i = 0; i < 3; i++)
    expect(((await say(mine, broken).catch((error) => error)) as LlmFailure).code).toBe('llm_stalled')
  for (const id of ['a', 'b', 'c'])
    await look`insert into llm_calls (tenant_id, id, expires_at) values (${mine.tenantId}, ${id}, now() - interval '1 s')`
  await say(mine)
  expect(await look`select 1 from llm_calls`).toHaveLength(0)
})

test('a question is embedded once a tenant and model', async () => {
  const space = { model: 'text-embedding-3-small', dimensions: 512 }
  const row = Buffer.from(new Float32Array(512).fill(0.1).buffer).toString('base64')
  provider.behaves({
    kind: 'embeddings',
    rows: (count) =>
      Array.from({ length: count }, (_, index) => ({ object: 'embedding', index, embedding: row })),
  })
  for (const scope of [mine, mine, theirs, mine])
    expect((await questionEmbedder(scope)!.embed('What heating do I have?', space))?.length).toBe(512)
  expect(provider.requests()).toHaveLength(2)
  await questionEmbedder(mine)!.embed('What is my BER?', space)
  expect(provider.requests()).toHaveLength(3)
})
