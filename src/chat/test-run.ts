// A question of staff in the place of a home: the very same pipeline, and nothing of it is kept.
import { type FoundPassage, passagesByIds } from '#db/document-passages.ts'
import { type HomeScope, within } from '#db/scope.ts'
import type { Answer } from '../answers/question.ts'
import { failure } from '../failure.ts'
import { runPipeline } from './pipeline-run.ts'

const QUESTION_CHARS_MAX = 2_000

/** Of the documents that this home sees, best first. */
export type TriedPassage = FoundPassage & {
  /** How much of the question it holds, 0 to 1. */
  coverage: number
  /** Good enough to answer from: what a model is given, or what is quoted from. */
  isUsed: boolean
}

/** `passages`: null when the question was answered without looking into documents. */
export type Tried = { answer: Answer; passages: TriedPassage[] | null }

/** @throws Failure `invalid` for a question that is none */
export async function tryQuestion(home: HomeScope, text: string): Promise<Tried> {
  const question = text.normalize('NFC').toWellFormed().replaceAll('\u0000', '').trim()
  if (question.length === 0 || question.length > QUESTION_CHARS_MAX)
    throw failure('invalid', {
      fields: [{ path: 'question', message: `must have 1 to ${QUESTION_CHARS_MAX} characters` }],
    })
  const answer = await runPipeline(home, question, [])
  return { answer, passages: await passagesFoundFor(home, answer) }
}

async function passagesFoundFor(home: HomeScope, { retrieval }: Answer): Promise<TriedPassage[] | null> {
  if (retrieval === null) return null
  const { candidates, chunksUsed } = retrieval
  if (candidates.length === 0) return []
  const ids = candidates.map(({ chunkId }) => chunkId)
  const rows = await within(home, (db) => passagesByIds(db, ids))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return candidates.flatMap(({ chunkId, coverage }) => {
    const row = byId.get(chunkId)
    // A document that was read again meanwhile has other passages.
    return row ? [{ ...row, coverage, isUsed: chunksUsed.includes(chunkId) }] : []
  })
}
