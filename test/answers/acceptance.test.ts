// The shared acceptance questions, each decided by the stage its class names. Skipped where they are not at hand.

import { describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '#src/answers/question.ts'
import { ask, turnOf } from './estate.ts'

type Case = { id: string; class: string; question: string; then?: string }

const shared = process.env.SHARED_DIR ?? join(import.meta.dir, '../../../shared')
const path = join(shared, 'acceptance/questions.json')
const cases: Case[] = existsSync(path) ? (await Bun.file(path).json()).cases : []

const expected: Record<string, (answer: Answer) => boolean> = {
  'emergency-life': ({ stage, text, citations }) =>
    stage === 'safety' && text.includes('999') && citations.length === 0,
  'emergency-property': ({ stage, text, citations }) =>
    stage === 'safety' && text.includes('021 555 0142') && citations.length > 0,
  'structural-safety': ({ stage, offer }) => stage === 'safety' && offer?.kind === 'ask_builder',
  ordinary: ({ stage }) => ['fact', 'document', 'gap'].includes(stage),
  privacy: ({ stage, citations, downloads }) =>
    stage === 'refusal' && citations.length + downloads.length === 0,
  'out-of-scope': ({ stage }) => stage === 'refusal',
  fact: ({ stage, gap }) => stage === 'fact' || (stage === 'gap' && gap),
  // The fixture's documents hold less than the demo's: what they lack must be a gap, never a guess.
  document: ({ stage, citations }) => (stage === 'document' ? citations.length > 0 : stage === 'gap'),
  place: ({ stage }) => stage === 'place',
  gap: ({ stage, gap, text, citations }) =>
    stage === 'gap' && gap && citations.length === 0 && !/\d/.test(text),
  conversation: ({ stage }) => ['document', 'fact'].includes(stage),
  language: ({ stage, text }) => stage === 'document' && text.includes('only answer in English'),
}

describe.skipIf(cases.length === 0)(
  'an acceptance question (skipped: no shared/acceptance/questions.json)',
  () => {
    for (const { id, class: name, question, then } of cases)
      test(`${id} is decided as ${name}: ${question}`, async () => {
        const answer = await ask(question)
        expect([answer.stage, answer.reason, expected[name]!(answer)]).toEqual([
          answer.stage,
          answer.reason,
          true,
        ])
        if (then === undefined) return
        const next = await ask(then, { history: [turnOf(question, answer)] })
        expect(next.text).not.toMatch(/select a development|your address|house type\?/i)
        expect(['document', 'fact']).toContain(next.stage)
      })
  },
)
