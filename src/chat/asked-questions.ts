// Questions that programs asked for homes, read again: with the answer, and the one that came later where it did.
import { type AskedQuestionRow, askedQuestionById, listAskedQuestions } from '#db/asked-questions.ts'
import { type Scope, within } from '#db/scope.ts'
import { noteAccesses } from '../data-access.ts'
import { failure } from '../failure.ts'
import { type Page, pageOf, readCursor } from '../paging.ts'
import type { AnswerDetails } from './turns.ts'

export type AskedQuestion = Omit<AskedQuestionRow, 'details'> & { details: AnswerDetails | null }

/** What people ask in the app stays theirs. Each home on the page is noted as an access. */
export async function askedQuestionsPage(
  scope: Scope,
  query: {
    developmentId?: string | undefined
    unitId?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<AskedQuestion>> {
  const { developmentId, unitId, limit } = query
  const list = `questions ${developmentId ?? ''} ${unitId ?? ''}`
  const before = readCursor(list, query.cursor, 1)?.[0]
  return within(scope, async (db) => {
    const rows = await listAskedQuestions(db, { developmentId, unitId, before, limit })
    const page = pageOf(list, rows.map(asked), limit, (row) => [row.id])
    await noteAccesses(db, scope, [...new Set(page.rows.map((row) => row.unitId))], 'questions.read')
    return page
  })
}

/** Whoever opens its home notes the access. @throws Failure `not_found`, also for a question of a person in the app */
export const findAskedQuestion = (scope: Scope, id: string): Promise<AskedQuestion> =>
  within(scope, async (db) => {
    const row = await askedQuestionById(db, id)
    if (!row) throw failure('not_found')
    return asked(row)
  })

const asked = ({ details, ...row }: AskedQuestionRow): AskedQuestion => ({
  ...row,
  details: details as AnswerDetails | null,
})
