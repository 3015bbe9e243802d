// A question of staff in the place of a home: the very same pipeline, and nothing of it is kept.
import type { HomeScope } from '#db/scope.ts'
import type { Answer } from '../answers/question.ts'
import { failure } from '../failure.ts'
import { runPipeline } from './pipeline-run.ts'

const QUESTION_CHARS_MAX = 2_000

/** @throws Failure `invalid` for a question that is none */
export function tryQuestion(home: HomeScope, text: string): Promise<Answer> {
  const question = text.normalize('NFC').toWellFormed().replaceAll('\u0000', '').trim()
  if (question.length === 0 || question.length > QUESTION_CHARS_MAX)
    throw failure('invalid', {
      fields: [{ path: 'question', message: `must have 1 to ${QUESTION_CHARS_MAX} characters` }],
    })
  return runPipeline(home, question, [])
}
