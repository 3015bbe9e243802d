// Takes a person out of everything: first the files, then, in one transaction, every row.
import { deleteAcknowledgements } from '#db/acknowledgements.ts'
import { addErased, countedFigures, type DayFigures, FIGURES } from '#db/analytics.ts'
import { deleteFeed } from '#db/calendar-feeds.ts'
import { stripTicks } from '#db/checklists.ts'
import { deleteVisits } from '#db/document-visits.ts'
import * as rows from '#db/erasure.ts'
import { deleteHomeActivity } from '#db/home-activity.ts'
import { deleteExportsOfPeople, exportsOfPeople } from '#db/list-exports.ts'
import { deleteOwnItems, stripDone } from '#db/maintenance-people.ts'
import { deleteReads } from '#db/notices.ts'
import { earlierNamesOf } from '#db/own-details.ts'
import { actorIdOf, exportsOfPerson, isOnlyPerson, type Person, purchaserOf } from '#db/person-data.ts'
import { deletePreferences } from '#db/preferences.ts'
import type { Db, Scope } from '#db/scope.ts'
import { stripSnagNotes, stripSnags } from '#db/snags.ts'
import { noteActivity } from '../activity.ts'
import { storage, storageKey } from '../clients/storage.ts'
import { reportedSnags } from './reported-snags.ts'

const EXPORTS_MAX = 1_000
/** A shorter name is part of too many words to be looked for in logs. */
const NAME_CHARS_MIN = 6

export type ErasureContext = {
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Running twice leaves what running once does. What is counted of the person stays counted. */
export async function erasePerson(
  scope: Scope,
  erasureId: string,
  person: Person,
  context: ErasureContext,
): Promise<void> {
  context.progress('files', 0, 2)
  const exports = await context.fenced((db) => exportsOfPerson(db, person, EXPORTS_MAX))
  for (const { id } of exports) await storage().remove(storageKey(scope, id, id))
  const lists = await context.fenced((db) => exportsOfPeople(db))
  for (const { id } of lists) await storage().remove(storageKey(scope, id, id))
  const reported = await reportedSnags(person, (work) => context.fenced(work))
  for (const { id, photoId } of reported) if (photoId) await storage().remove(storageKey(scope, id, photoId))
  context.progress('rows', 1, 2)
  await context.fenced(async (db) => {
    if (!(await rows.holdErasure(db, erasureId))) return
    const counts = await eraseRows(db, scope, person)
    await rows.setErasureDone(db, erasureId, counts)
    await rows.announceErasure(db)
    await noteActivity(db, scope, {
      action: 'person.erased',
      targetType: 'person',
      targetId: erasureId,
      changes: counts,
    })
  })
  context.progress('rows', 2, 2)
}

async function eraseRows(db: Db, scope: Scope, person: Person): Promise<Record<string, number>> {
  const name = (await purchaserOf(db, person))?.fullName ?? ''
  const names = [...new Set([name, ...(await earlierNamesOf(db, person))])].filter(
    (each) => each.length >= NAME_CHARS_MIN,
  )
  const isLast = await isOnlyPerson(db, person)
  const traces = await rows.tracesOf(db, person)
  const span = traces.from && traces.to ? { from: traces.from, to: traces.to } : null
  const before = span ? await countedFigures(db, span) : []
  const counts = {
    scans: isLast ? await rows.deleteScans(db, person.unitId) : await rows.stripScans(db, person),
    sessions: await rows.deleteSessions(db, person),
    conversations:
      (await rows.deleteConversations(db, person)) +
      (isLast ? await rows.deleteConversationsOfHome(db, person.unitId) : 0),
    accesses: await rows.deleteAccesses(db, person),
    activity_payloads: await rows.deletePayloads(db, person, names, isLast),
    errors: await rows.deleteErrors(db, traces.requestIds, names),
    llm_errors: await rows.deleteLlmErrors(db, traces.requestIds),
    job_attempts: await rows.stripJobAttempts(db, traces.requestIds, names),
    import_rows: await rows.deleteImportRows(db, names),
    mails: await rows.deleteMails(db, person, names),
    exports: await rows.deleteExports(db, person),
    lists: await deleteExportsOfPeople(db),
    snag_notes: await stripSnagNotes(db, person.unitId, person.purchaserId),
    snags: await stripSnags(db, person.unitId, person.purchaserId),
    notice_reads: await deleteReads(db, actorIdOf(person)),
    preferences: await deletePreferences(db, actorIdOf(person)),
    acknowledgements: await deleteAcknowledgements(db, actorIdOf(person)),
    document_visits: await deleteVisits(db, actorIdOf(person)),
    maintenance_items: await deleteOwnItems(db, person.unitId, person.purchaserId),
    maintenance_done: await stripDone(db, person.unitId, person.purchaserId),
    calendar_feeds: await deleteFeed(db, person),
    checklist_ticks: await stripTicks(db, person.unitId, person.purchaserId),
    repairs: await rows.stripRepairs(db, names),
    home_activity: isLast ? await deleteHomeActivity(db, person.unitId) : 0,
    purchasers: await rows.deletePurchaser(db, person),
  }
  if (span) await addErased(db, scope.tenantId, difference(before, await countedFigures(db, span)))
  return counts
}

/** By how much each day's figures became smaller. */
function difference(before: readonly DayFigures[], after: readonly DayFigures[]): DayFigures[] {
  const left = new Map(after.map((row) => [`${row.developmentId} ${row.day}`, row]))
  return before
    .map((row) => {
      const now = left.get(`${row.developmentId} ${row.day}`)
      const less = Object.fromEntries(FIGURES.map((name) => [name, row[name] - (now?.[name] ?? 0)]))
      return { developmentId: row.developmentId, day: row.day, ...less } as DayFigures
    })
    .filter((row) => FIGURES.some((name) => row[name] !== 0))
}
