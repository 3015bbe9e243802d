// What answers make of a document: the passages a question would use, and answers from versions that were replaced.
import {
  answersFromOldVersions,
  countAnswersFromOldVersions,
  type OldAnswer,
  type Passage,
  passagesOfVersion,
} from '#db/document-passages.ts'
import { versionOfDocument } from '#db/document-versions.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from '../failure.ts'
import { type Page, pageOf, readCursor } from '../paging.ts'

export type { OldAnswer, Passage } from '#db/document-passages.ts'

const OLD_ANSWERS_SHOWN = 20

/** What a question would be answered from, in the order of the document. @throws Failure `not_found` */
export async function listPassages(
  scope: Scope,
  documentId: string,
  versionId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<Passage>> {
  const list = `passages ${versionId}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const rows = await within(scope, async (db) => {
    if (!(await versionOfDocument(db, documentId, versionId))) throw failure('not_found')
    const page = { after: after === undefined ? undefined : Number(after), limit: query.limit }
    return passagesOfVersion(db, versionId, page)
  })
  return pageOf(list, rows, query.limit, (row) => [String(row.ordinal)])
}

/** Answers that were given from a version that people do not see any more. */
export const oldAnswers = (
  scope: Scope,
  documentId: string,
): Promise<{ count: number; newest: OldAnswer[] }> =>
  within(scope, async (db) => {
    const [count, newest] = await Promise.all([
      countAnswersFromOldVersions(db, documentId),
      answersFromOldVersions(db, documentId, OLD_ANSWERS_SHOWN),
    ])
    return { count, newest }
  })
