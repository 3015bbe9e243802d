// Written answers that are given again: to whom, and above all to whom not.
import { beforeAll, beforeEach, expect, test } from 'bun:test'
import { mintHomeScope } from '#db/scope.ts'
import type { ChatModel, Sources } from '#src/answers/question.ts'
import { answerCache, forgetAnswers } from '#src/chat/answer-cache.ts'
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { prepareTestProcess } from '../support/process.ts'
import { type AskOptions, ask, sources, turnOf } from './estate.ts'

beforeAll(() => {
  prepareTestProcess()
})
beforeEach(forgetAnswers)

const QUESTION = 'How often should I clean the ventilation filters?'
const MINE = { tenant: 't1', development: 'd1', type: 'BD01', unit: 'u1' }

const homeOf = ({ tenant, development, type, unit }: typeof MINE) =>
  mintHomeScope(
    {
      tenantId: tenant,
      actor: { type: 'system', id: 'test' },
      requestId: 'r1',
      developmentIds: 'all',
      readOnly: false,
    },
    { developmentId: development, unitId: unit, houseTypeId: type },
  )

let calls = 0
const model = (words = 'Clean them every three months [1].', fails = false): ChatModel => ({
  name: 'test-model',
  async stream(_, { onToken }) {
    calls++
    await onToken(words)
    if (fails) throw new LlmFailure('llm_cut', 'as told')
    return { text: words, usage: { promptTokens: 100, completionTokens: 10 }, finishReason: 'stop' }
  },
})

/** Asks as a home; true when the model was asked to write. */
async function writes(question: string, home: Partial<typeof MINE> = {}, options: AskOptions = {}) {
  calls = 0
  const answer = await ask(question, {
    model: model(),
    ...options,
    sources: { answers: answerCache(homeOf({ ...MINE, ...home })), ...options.sources },
  })
  return { answer, wrote: calls > 0 }
}

/** The search of a home that does not see these documents. */
const without = (documentId: string): Partial<Sources> => ({
  retrieve: async (query) => {
    const found = await sources().retrieve(query)
    return { ...found, chunks: found.chunks.filter((chunk) => chunk.documentId !== documentId) }
  },
})

test('the same words are answered again without the model, with the same pages and no cost', async () => {
  const first = await writes(QUESTION)
  const second = await writes('How often should the ventilation filters be cleaned?')
  expect([first.wrote, second.wrote]).toEqual([true, false])
  expect(second.answer).toMatchObject({ stage: 'document', mode: 'llm', reason: 'cached', usage: null })
  expect(second.answer.text).toBe(first.answer.text)
  expect(second.answer.citations).toEqual(first.answer.citations)
})

test('a neighbour of the same type shares it', async () => {
  await writes(QUESTION)
  expect((await writes(QUESTION, { unit: 'u2' })).wrote).toBe(false)
})

test.each([
  ['tenant', { tenant: 't2' }],
  ['development', { development: 'd2' }],
  ['house type', { type: 'BS01' }],
])('a home of another %s does not', async (_, home) => {
  await writes(QUESTION)
  expect((await writes(QUESTION, home)).wrote).toBe(true)
})

test('a home with other bedrooms, or that does not see a passage of it, is written to anew', async () => {
  await writes(QUESTION)
  expect((await writes(QUESTION, { unit: 'u2' }, { home: { bedrooms: 4 } })).wrote).toBe(true)
  forgetAnswers()
  await writes('Is there a warranty on the dishwasher?')
  const blind = await writes(
    'Is there a warranty on the dishwasher?',
    { unit: 'u2' },
    { sources: without('guide') },
  )
  expect(blind.answer.reason).not.toBe('cached')
})

test('a newer index is written from anew', async () => {
  await writes(QUESTION)
  const newer: Partial<Sources> = {
    retrieve: async (query) => ({ ...(await sources().retrieve(query)), indexVersion: 2 }),
  }
  expect((await writes(QUESTION, {}, { sources: newer })).wrote).toBe(true)
})

test.each(['How do I clean the ventilation filters?', 'How often should I clean the dishwasher filters?'])(
  'another question is written to: %p',
  async (other) => {
    await writes(QUESTION)
    expect((await writes(other)).answer.reason).not.toBe('cached')
  },
)

test('a question in a conversation is written to, and what was written in one is not given again', async () => {
  const { answer } = await writes(QUESTION)
  expect((await writes(QUESTION, {}, { history: [turnOf(QUESTION, answer)] })).wrote).toBe(true)
})

test('an answer that broke off is not given again', async () => {
  await writes(QUESTION, {}, { model: model('Clean them every three months [1]. And', true) })
  expect((await writes(QUESTION)).wrote).toBe(true)
})
