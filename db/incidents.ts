// Incidents and what became of them, event by event.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { incidentEvents, incidents } from './schema/index.ts'

export type Incident = {
  id: string
  rule: string | null
  title: string
  createdAt: Date
  acknowledgedAt: Date | null
  resolvedAt: Date | null
}

type IncidentTexts = Omit<Incident, 'createdAt' | 'acknowledgedAt' | 'resolvedAt'> & {
  createdAt: string
  acknowledgedAt: string | null
  resolvedAt: string | null
}

const columns = sql`i.id, i.rule, i.title, i.created_at as "createdAt", i.acknowledged_at as "acknowledgedAt", i.resolved_at as "resolvedAt"`

const dateOrNull = (text: string | null) => (text ? new Date(text) : null)
const incidentOf = (row: IncidentTexts): Incident => ({
  ...row,
  createdAt: new Date(row.createdAt),
  acknowledgedAt: dateOrNull(row.acknowledgedAt),
  resolvedAt: dateOrNull(row.resolvedAt),
})

const OPEN_SHOWN = 50

export async function openIncidents(db: Db): Promise<Incident[]> {
  const rows = await db.execute<IncidentTexts>(
    sql`select ${columns} from incidents i where i.resolved_at is null order by i.id desc limit ${OPEN_SHOWN}`,
  )
  return rows.map(incidentOf)
}

export async function listIncidents(
  db: Db,
  page: { after: string | null; limit: number },
): Promise<Incident[]> {
  const rows = await db.execute<IncidentTexts>(sql`
    select ${columns} from incidents i where ${page.after ? sql`i.id < ${page.after}::uuid` : sql`true`}
    order by i.id desc limit ${page.limit}`)
  return rows.map(incidentOf)
}

export async function incidentById(db: Db, id: string): Promise<Incident | null> {
  const [row] = await db.execute<IncidentTexts>(
    sql`select ${columns} from incidents i where i.id = ${id} limit 1`,
  )
  return row ? incidentOf(row) : null
}

/** The open incident of a rule; of two that find none, one makes it. */
export async function openIncidentOf(db: Db, rule: string): Promise<Incident | null> {
  const [row] = await db.execute<IncidentTexts>(
    sql`select ${columns} from incidents i where i.rule = ${rule} and i.resolved_at is null limit 1`,
  )
  return row ? incidentOf(row) : null
}

/** False when the rule has an open one. */
export async function insertIncident(db: Db, row: typeof incidents.$inferInsert): Promise<boolean> {
  const rows = await db.insert(incidents).values(row).onConflictDoNothing().returning({ id: incidents.id })
  return rows.length > 0
}

/** False when it was so already. */
export async function setAcknowledged(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(sql`
    update incidents set acknowledged_at = now()
    where id = ${id} and acknowledged_at is null and resolved_at is null returning 1`)
  return rows.length > 0
}

export async function setResolved(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(
    sql`update incidents set resolved_at = now() where id = ${id} and resolved_at is null returning 1`,
  )
  return rows.length > 0
}

export type IncidentEvent = {
  id: string
  incidentId: string
  kind: (typeof incidentEvents.$inferSelect)['kind']
  actorName: string | null
  note: string
  figures: Record<string, unknown>
  createdAt: Date
}

type EventTexts = Omit<IncidentEvent, 'createdAt' | 'figures'> & { createdAt: string; figures: unknown }

const eventColumns = sql`e.id, e.incident_id as "incidentId", e.kind, e.actor_name as "actorName", e.note, e.figures, e.created_at as "createdAt"`

/** The driver hands JSON that a statement made over as text. */
const eventOf = ({ figures, ...row }: EventTexts): IncidentEvent => ({
  ...row,
  figures: (typeof figures === 'string' ? JSON.parse(figures) : figures) as Record<string, unknown>,
  createdAt: new Date(row.createdAt),
})

export async function insertIncidentEvent(db: Db, row: typeof incidentEvents.$inferInsert): Promise<void> {
  await db.insert(incidentEvents).values(row)
}

const EVENTS_SHOWN = 500

export async function eventsOfIncident(db: Db, incidentId: string): Promise<IncidentEvent[]> {
  const rows = await db.execute<EventTexts>(sql`
    select ${eventColumns} from incident_events e where e.incident_id = ${incidentId} order by e.id limit ${EVENTS_SHOWN}`)
  return rows.map(eventOf)
}

export async function lastStateEvent(db: Db, incidentId: string): Promise<IncidentEvent | null> {
  const [row] = await db.execute<EventTexts>(sql`
    select ${eventColumns} from incident_events e
    where e.incident_id = ${incidentId} and e.kind in ('opened','calm','again') order by e.id desc limit 1`)
  return row ? eventOf(row) : null
}

export async function eventWithIncident(
  db: Db,
  eventId: string,
): Promise<{ event: IncidentEvent; incident: Incident } | null> {
  const [row] = await db.execute<EventTexts>(
    sql`select ${eventColumns} from incident_events e where e.id = ${eventId} limit 1`,
  )
  const incident = row ? await incidentById(db, row.incidentId) : null
  return row && incident ? { event: eventOf(row), incident } : null
}

const UNTOLD_HOURS = 1
const UNTOLD_MAX = 50

/** Recent events that somebody must know of and that were neither told this way nor given up. */
export async function untoldEvents(db: Db, by: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select e.id from incident_events e
    where e.kind in ('opened','again','resolved') and e.created_at > now() - ${UNTOLD_HOURS}::int * interval '1 hour'
      and not exists (select from incident_events t where t.incident_id = e.incident_id
        and t.kind in ('told','not_told') and t.figures ->> 'event' = e.id::text and t.figures ->> 'by' = ${by})
    order by e.id limit ${UNTOLD_MAX}`)
  return rows.map(({ id }) => id)
}
