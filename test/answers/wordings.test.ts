// Other wordings of the acceptance questions, and ordinary ones that look like danger: each decided by its class.
import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Answer } from '#src/answers/question.ts'
import { ask, turnOf } from './estate.ts'

type Wording = { class: string; question: string; then?: string }

const wordings: Wording[] = await Bun.file(join(import.meta.dir, 'wordings.json')).json()

const decidedBySafety = ({ stage, offer, emergency }: Answer): string => {
  if (stage !== 'safety') return 'none'
  if (emergency === null) return offer?.kind === 'ask_builder' ? 'structural-safety' : 'none'
  return emergency.contacts[0]?.label === 'Emergency services' ? 'emergency-life' : 'emergency-property'
}

const ORDINARY_STAGES = ['fact', 'place', 'document', 'gap']
/** The fixture's documents and places are few: what they lack is a gap there, and the bench asks the demonstration. */
const expected: Record<string, (answer: Answer) => boolean> = {
  'emergency-life': (answer) =>
    decidedBySafety(answer) === 'emergency-life' && answer.text.includes('999 or 112'),
  'emergency-property': (answer) =>
    decidedBySafety(answer) === 'emergency-property' && answer.text.includes('021 555 0142'),
  'structural-safety': (answer) => decidedBySafety(answer) === 'structural-safety',
  ordinary: ({ stage }) => ORDINARY_STAGES.includes(stage),
  privacy: ({ stage, citations, downloads }) =>
    stage === 'refusal' && citations.length + downloads.length === 0,
  'out-of-scope': ({ stage }) => stage === 'refusal',
  fact: ({ stage }) => ['fact', 'document', 'gap'].includes(stage),
  document: ({ stage }) => ['document', 'gap'].includes(stage),
  place: ({ stage }) => stage === 'place',
  gap: ({ stage, gap, citations, text }) =>
    stage === 'gap' && gap && citations.length === 0 && !/\d/.test(text),
  conversation: ({ stage }) => ORDINARY_STAGES.includes(stage),
  language: ({ stage, text }) => ORDINARY_STAGES.includes(stage) && text.includes('only answer in English'),
}

describe('in other words', () => {
  for (const { class: name, question, then } of wordings) {
    test(`${name}: ${question}${then === undefined ? '' : ` – ${then}`}`, async () => {
      const first = await ask(question)
      const answer = then === undefined ? first : await ask(then, { history: [turnOf(question, first)] })
      expect([answer.stage, answer.reason, expected[name]!(answer)]).toEqual([
        answer.stage,
        answer.reason,
        true,
      ])
    })
  }
})
