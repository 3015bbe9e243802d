// What is wrong with a document although it was read: pictures of text, a size that phones feel, a date that is past.
import { lockDocument, setVersionExpiry } from '#db/document-versions.ts'
import { documentOfTenant, type StaffDocument } from '#db/documents.ts'
import { type Scope, within } from '#db/scope.ts'
import { noteActivity } from '../activity.ts'
import { irishToday, shifted } from '../analytics.ts'
import { failure } from '../failure.ts'
import { readDate, textOf } from '../imports/values.ts'

/** Ten seconds on a slow phone. */
const LARGE_BYTES = 15_000_000
/** Time enough to have a certificate renewed. */
export const EXPIRES_SOON_DAYS = 60

export type QualityFlag =
  | { kind: 'without_text'; pages: number }
  | { kind: 'large'; sizeBytes: number }
  | { kind: 'expired'; on: string }
  | { kind: 'expires_soon'; on: string }

export function qualityFlags(
  row: Pick<StaffDocument, 'pagesWithoutText' | 'sizeBytes' | 'expiresOn'>,
  today = irishToday(),
): QualityFlag[] {
  const flags: QualityFlag[] = []
  if (row.pagesWithoutText > 0) flags.push({ kind: 'without_text', pages: row.pagesWithoutText })
  if (row.sizeBytes > LARGE_BYTES) flags.push({ kind: 'large', sizeBytes: row.sizeBytes })
  const { expiresOn } = row
  if (expiresOn && expiresOn < today) flags.push({ kind: 'expired', on: expiresOn })
  else if (expiresOn && expiresOn <= shifted(today, EXPIRES_SOON_DAYS))
    flags.push({ kind: 'expires_soon', on: expiresOn })
  return flags
}

/**
 * The last day that the shown version holds; empty for one that does not run out.
 * @throws Failure `not_found`, `invalid` for what is no date
 */
export async function changeExpiry(scope: Scope, documentId: string, typed: string): Promise<void> {
  const text = textOf(typed)
  const read = text === '' ? { value: null } : readDate(text, 1900)
  if (!('value' in read))
    throw failure('invalid', { fields: [{ path: 'expires_on', message: `This ${read.problem}.` }] })
  await within(scope, async (db) => {
    const document = (await lockDocument(db, documentId)) && (await documentOfTenant(db, documentId))
    if (!document) throw failure('not_found')
    await setVersionExpiry(db, document.versionId, read.value)
    await noteActivity(db, scope, {
      action: 'document.expiry_changed',
      targetType: 'document',
      targetId: documentId,
      changes: { expires_on: { from: document.expiresOn, to: read.value }, version: document.versionNumber },
    })
  })
}
