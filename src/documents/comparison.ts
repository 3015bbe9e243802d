// Two versions of a document side by side: what was removed and what came, by page and paragraph.
import { type PageText, pagesOfVersion, type Version, versionOfDocument } from '#db/document-versions.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from '../failure.ts'
import { diffTexts, type Paragraph, type TextDiff } from './text-diff.ts'

/** More pages are not compared; extraction takes no document much larger. */
const PAGES_MAX = 2_000

export type Comparison = { from: Version; to: Version; diff: TextDiff }

/** @throws Failure `not_found`; `version_not_ready` when one of the two has no text yet */
export async function compareVersions(
  scope: Scope,
  documentId: string,
  fromId: string,
  toId: string,
): Promise<Comparison> {
  return within(scope, async (db) => {
    const from = await versionOfDocument(db, documentId, fromId)
    const to = await versionOfDocument(db, documentId, toId)
    if (!from || !to) throw failure('not_found')
    if (from.status !== 'ready' || to.status !== 'ready') throw failure('version_not_ready')
    const before = paragraphsOf(await pagesOfVersion(db, fromId, PAGES_MAX))
    const after = paragraphsOf(await pagesOfVersion(db, toId, PAGES_MAX))
    return { from, to, diff: diffTexts(before, after) }
  })
}

const paragraphsOf = (pages: readonly PageText[]): Paragraph[] =>
  pages.flatMap(({ page, content, headingLines }) =>
    content.split('\n').flatMap((text, line) => {
      const isHeading = headingLines.includes(line)
      return text.trim() === '' ? [] : [{ page, text, isHeading }]
    }),
  )
