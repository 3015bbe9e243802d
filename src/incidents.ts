// Incidents as the operator handles them: taken on, noted upon, ended, or opened by hand.
import * as rows from '#db/incidents.ts'
import { type AdminScope, acrossTenants, type Db } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { Incident, IncidentEvent } from '#db/incidents.ts'

export const NOTE_CHARS_MAX = 2_000
export const TITLE_CHARS_MAX = 200

export async function incidentsPage(
  scope: AdminScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.Incident>> {
  const [after = null] = readCursor('incidents', query.cursor, 1) ?? []
  const found = await acrossTenants(scope, 'incidents', (db) =>
    rows.listIncidents(db, { after, limit: query.limit + 1 }),
  )
  return pageOf('incidents', found, query.limit, (row) => [row.id])
}

/** @throws Failure `not_found` */
export const openIncident = (scope: AdminScope, id: string) =>
  acrossTenants(scope, 'an incident', async (db) => ({
    incident: await existing(db, id),
    events: await rows.eventsOfIncident(db, id),
  }))

/** By hand, for what no rule sees. Returns its id. */
export async function reportIncident(scope: AdminScope, title: string, note: string): Promise<string> {
  const id = Bun.randomUUIDv7()
  await acrossTenants(scope, 'a new incident', async (db) => {
    await rows.insertIncident(db, { id, title })
    await happened(db, scope, id, 'opened', note)
  })
  return id
}

/** @throws Failure `not_found` */
export const acknowledgeIncident = (scope: AdminScope, id: string) =>
  change(scope, id, async (db) => {
    if (await rows.setAcknowledged(db, id)) await happened(db, scope, id, 'acknowledged', '')
  })

/** @throws Failure `not_found` */
export const noteOnIncident = (scope: AdminScope, id: string, note: string) =>
  change(scope, id, (db) => happened(db, scope, id, 'note', note))

/** @throws Failure `not_found` */
export const resolveIncident = (scope: AdminScope, id: string, note: string) =>
  change(scope, id, async (db) => {
    if (await rows.setResolved(db, id)) await happened(db, scope, id, 'resolved', note)
  })

const change = (scope: AdminScope, id: string, work: (db: Db) => Promise<void>): Promise<void> =>
  acrossTenants(scope, 'an incident', async (db) => {
    await existing(db, id)
    await work(db)
  })

async function existing(db: Db, id: string): Promise<rows.Incident> {
  const incident = await rows.incidentById(db, id)
  if (!incident) throw failure('not_found')
  return incident
}

/** On the incident's own timeline, and in the platform's chain. */
async function happened(
  db: Db,
  scope: AdminScope,
  incidentId: string,
  kind: rows.IncidentEvent['kind'],
  note: string,
): Promise<void> {
  const { actor } = scope
  const event = { id: Bun.randomUUIDv7(), incidentId, kind, actorId: actor.id, actorName: actor.name, note }
  await rows.insertIncidentEvent(db, event)
  await noteActivity(db, scope, {
    action: `incident.${kind}`,
    targetType: 'incident',
    targetId: incidentId,
    changes: { note },
  })
}
