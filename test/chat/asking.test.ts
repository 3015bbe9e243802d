// A question is stored with what its answer begins with, and also when that cannot be read.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import type { HomeScope } from '#db/scope.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { type AskedBy, acceptQuestion, answerAccepted } from '#src/chat.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let look: postgres.Sql
let home: HomeScope
const by: AskedBy = { purchaserId: null, origin: 'api' }
beforeAll(async () => {
  database = await createTestDatabase()
  look = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
  const [unit] = await look`select id, tenant_id from units order by id limit 1`
  home = await homeScopeOf(systemScope(unit?.tenant_id, 'test'), unit?.id)
})
afterAll(async () => {
  await look.end()
  await database.drop()
})

const ask = (question: string, conversationId: string | null = null) => ({
  question,
  conversationId,
  clientKey: crypto.randomUUID(),
})

test('the home, its facts and what a search begins with are read with it', async () => {
  const accepted = await acceptQuestion(home, by, ask('  What is the BER of my home? '))
  expect(accepted.read?.row?.id).toBe(home.unitId)
  expect(accepted.read?.facts).not.toBeEmpty()
  expect(accepted.read?.begun).toMatchObject({ words: 'ber home', lexemes: ['ber', 'home'] })
  const [stored] = await look`select question, answer from messages where id = ${accepted.messageId}`
  expect(stored).toEqual({ question: 'What is the BER of my home?', answer: null })
})

test('a home that cannot be read costs no question and no warning of danger', async () => {
  await look`alter table responsibilities rename to responsibilities_away`
  try {
    const accepted = await acceptQuestion(home, by, ask('I smell gas in the kitchen'))
    expect(accepted.read).toBeNull()
    const answered = await answerAccepted(home, accepted, null)
    expect(answered.stage).toBe('safety')
    const [stored] = await look`select question, stage from messages where id = ${accepted.messageId}`
    expect(stored).toEqual({ question: 'I smell gas in the kitchen', stage: 'safety' })
    const [{ count }] = (await look`
      select count(*)::int as count from conversations where id = ${accepted.conversationId}`) as unknown as [
      { count: number },
    ]
    expect(count).toBe(1)
  } finally {
    await look`alter table responsibilities_away rename to responsibilities`
  }
})

test('the same key again is the same question, and a turn reads the turns before it', async () => {
  const first = ask('What heating do I have?')
  const accepted = await acceptQuestion(home, by, first)
  await answerAccepted(home, accepted, null)
  const again = await acceptQuestion(home, by, first)
  expect(again).toMatchObject({ messageId: accepted.messageId, conversationId: accepted.conversationId })
  expect(again.answered?.messageId).toBe(accepted.messageId)
  const next = await acceptQuestion(home, by, ask('And the warranty?', accepted.conversationId))
  expect(next.conversationId).toBe(accepted.conversationId)
  expect(next.history.map(({ question }) => question)).toEqual(['What heating do I have?'])
})
