// What is new to a person among the documents of their home.
import { noteVisit } from '#db/document-visits.ts'
import { type HomeScope, within } from '#db/scope.ts'

/** Who comes back after so long begins a new visit. */
const VISIT_GAP_MINUTES = 30

/**
 * Begins or continues a visit of the documents; returns since when a document is new, null on the first visit or for
 * whoever may only look. A note that the person was here, like the session's own: it changes nothing that is shown
 * to anybody else.
 */
export async function visitDocuments(home: HomeScope, purchaserId: string | null): Promise<Date | null> {
  if (home.readOnly) return null
  const { tenantId, unitId } = home
  const row = { tenantId, unitId, readerId: purchaserId ?? unitId }
  return within(home, (db) => noteVisit(db, row, VISIT_GAP_MINUTES))
}
