// Statements about one person's data: who looked at it, what there is of it, the copies made of it.
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { personExports, purchasers, qrScans, sessions } from './schema/index.ts'
import { householdSince } from './transfers.ts'

/** `purchaserId` is null for somebody of the household who is not on the contract; their actions carry the home's id. */
export type Person = { unitId: string; purchaserId: string | null }

/** How the logs name the person as the one who acted. */
export const actorIdOf = (person: Person): string => person.purchaserId ?? person.unitId

const ROWS_MAX = 5_000

export async function purchaserOf(
  db: Db,
  person: Person,
): Promise<Pick<
  typeof purchasers.$inferSelect,
  'fullName' | 'email' | 'position' | 'remindersByMail' | 'createdAt'
> | null> {
  if (!person.purchaserId) return null
  const [row] = await db
    .select({
      fullName: purchasers.fullName,
      email: purchasers.email,
      position: purchasers.position,
      remindersByMail: purchasers.remindersByMail,
      createdAt: purchasers.createdAt,
    })
    .from(purchasers)
    .where(and(eq(purchasers.id, person.purchaserId), eq(purchasers.unitId, person.unitId)))
    .limit(1)
  return row ?? null
}

export type AccessRow = {
  at: string
  by: string
  name: string | null
  action: string
  document: string | null
}

/** Who other than the household opened something of the home since it came there, newest first. */
export const accessesToHome = (db: Db, unitId: string, limit: number): Promise<AccessRow[]> =>
  db.execute<AccessRow>(sql`
    select a.created_at as at, a.actor_type as by, coalesce(s.name, k.name) as name, a.action, d.title as document
    from data_access_log a
    left join staff s on s.tenant_id = a.tenant_id and s.id::text = a.actor_id
    left join api_keys k on k.tenant_id = a.tenant_id and k.id::text = a.actor_id
    left join documents d on d.tenant_id = a.tenant_id and d.id = a.document_id
    where a.unit_id = ${unitId} and a.actor_type <> 'purchaser' and a.created_at >= ${householdSince(unitId)}
    order by a.created_at desc, a.id desc limit ${limit}`)

/** What the person opened. */
export const openedByPerson = (db: Db, person: Person): Promise<{ at: string; document: string | null }[]> =>
  db.execute<{ at: string; document: string | null }>(sql`
    select a.created_at as at, case when a.action like 'map.%' then 'The map' else d.title end as document from data_access_log a
    left join documents d on d.tenant_id = a.tenant_id and d.id = a.document_id
    where a.unit_id = ${person.unitId} and a.actor_type = 'purchaser' and a.actor_id = ${actorIdOf(person)}
    order by a.created_at desc, a.id desc limit ${ROWS_MAX}`)

/**
 * Notes that somebody opened something of a home, once a day for the same person and thing: a program that polls
 * must not bury the one look that matters.
 */
export async function insertAccessOncePerDay(
  db: Db,
  row: {
    tenantId: string
    unitId: string
    actorType: string
    actorId: string
    action: string
    requestId: string
  },
): Promise<void> {
  await db.execute(sql`
    insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id)
    select ${Bun.randomUUIDv7()}, ${row.tenantId}, ${row.unitId}, ${row.actorType}, ${row.actorId}, ${row.action}, ${row.requestId}
    where not exists (select from data_access_log a
      where a.tenant_id = ${row.tenantId} and a.unit_id = ${row.unitId} and a.actor_type = ${row.actorType}
        and a.actor_id = ${row.actorId} and a.action = ${row.action} and a.created_at > now() - interval '1 day')`)
}

/** The same for many homes at once. */
export async function insertAccessesOncePerDay(
  db: Db,
  unitIds: readonly string[],
  row: { tenantId: string; actorType: string; actorId: string; action: string; requestId: string },
): Promise<void> {
  const homes = unitIds.map((unitId) => ({ id: Bun.randomUUIDv7(), unitId }))
  await db.execute(sql`
    insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id)
    select h.id, ${row.tenantId}, h."unitId", ${row.actorType}, ${row.actorId}, ${row.action}, ${row.requestId}
    from jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as h(id uuid, "unitId" uuid)
    where not exists (select from data_access_log a
      where a.tenant_id = ${row.tenantId} and a.unit_id = h."unitId" and a.actor_type = ${row.actorType}
        and a.actor_id = ${row.actorId} and a.action = ${row.action} and a.created_at > now() - interval '1 day')`)
}

const ofPurchaser = (person: Person) =>
  person.purchaserId ? eq(sessions.purchaserId, person.purchaserId) : isNull(sessions.purchaserId)

export const sessionsOfPerson = (db: Db, person: Person) =>
  db
    .select({
      id: sessions.id,
      ipAddress: sessions.ipAddress,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.unitId, person.unitId), ofPurchaser(person)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(ROWS_MAX)

/** Ends every session of the person now and tells every process. Returns how many that were. */
export async function revokeSessionsOfPerson(db: Db, person: Person): Promise<number> {
  const rows = await db.execute(sql`
    with ended as (
      update sessions set revoked_at = now()
      where unit_id = ${person.unitId} and purchaser_id is not distinct from ${person.purchaserId} and revoked_at is null
      returning id
    )
    select pg_notify('session_changed', id::text)::text from ended`)
  return rows.length
}

export const scansOfHome = (db: Db, unitId: string) =>
  db
    .select({ outcome: qrScans.outcome, at: qrScans.createdAt })
    .from(qrScans)
    .where(eq(qrScans.unitId, unitId))
    .orderBy(desc(qrScans.createdAt), desc(qrScans.id))
    .limit(ROWS_MAX)

export type PersonMessage = {
  id: string
  conversationId: string
  conversation: string
  question: string
  answer: string | null
  stage: string | null
  mode: string | null
  details: unknown
  gapStatus: string | null
  at: string
}

/** Of conversations `c`: the person's own in the home, and those that a repair sealed where they lived before. */
export const isHeldBy = (person: Person) => sql`((c.unit_id = ${person.unitId} and c.origin = 'app'
    and c.purchaser_id is not distinct from ${person.purchaserId})
  or exists (select from sealed_conversations s where s.tenant_id = c.tenant_id and s.conversation_id = c.id
    and s.origin = 'app' and s.purchaser_id = ${person.purchaserId}::uuid))`

/** Questions with their answers, oldest first, a page at a time. */
export const messagesOfPerson = (
  db: Db,
  person: Person,
  page: { after: string | null; limit: number },
): Promise<PersonMessage[]> =>
  db.execute<PersonMessage>(sql`
    select m.id, c.id as "conversationId", c.title as conversation, m.question, m.answer, m.stage, m.mode, m.details,
      g.status as "gapStatus", m.created_at as at
    from conversations c
    join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
    left join gaps g on g.tenant_id = m.tenant_id and g.message_id = m.id
    where ${isHeldBy(person)}
      and (${page.after}::uuid is null or m.id > ${page.after}::uuid)
    order by m.id limit ${page.limit}`)

export type PersonActivity = { at: string; action: string; targetType: string; payload: string | null }

export const activityOfPerson = (db: Db, person: Person): Promise<PersonActivity[]> =>
  db.execute<PersonActivity>(sql`
    select l.created_at as at, l.action, l.target_type as "targetType", p.payload
    from activity_log l left join activity_payloads p on p.activity_id = l.id
    where l.actor_type = 'purchaser' and l.actor_id = ${actorIdOf(person)}
    order by l.created_at desc, l.id desc limit ${ROWS_MAX}`)

export const mailsToPerson = (
  db: Db,
  person: Person,
): Promise<{ at: string; to: string; subject: string; body: string; state: string }[]> =>
  db.execute<{ at: string; to: string; subject: string; body: string; state: string }>(sql`
    select created_at as at, to_address as to, subject, body, state from mails
    where unit_id = ${person.unitId} and purchaser_id is not distinct from ${person.purchaserId}
    order by created_at desc, id desc limit ${ROWS_MAX}`)

const exportColumns = {
  id: personExports.id,
  unitId: personExports.unitId,
  purchaserId: personExports.purchaserId,
  jobId: personExports.jobId,
  storageKey: personExports.storageKey,
  sizeBytes: personExports.sizeBytes,
  readyAt: personExports.readyAt,
  expiresAt: personExports.expiresAt,
  createdAt: personExports.createdAt,
}

export type ExportRow = { [K in keyof typeof exportColumns]: (typeof personExports.$inferSelect)[K] }

const ofPerson = (person: Person) =>
  and(
    eq(personExports.unitId, person.unitId),
    person.purchaserId
      ? eq(personExports.purchaserId, person.purchaserId)
      : isNull(personExports.purchaserId),
  )

export async function insertExport(db: Db, row: typeof personExports.$inferInsert): Promise<void> {
  await db.insert(personExports).values(row)
}

export async function exportById(db: Db, id: string): Promise<ExportRow | null> {
  const [row] = await db.select(exportColumns).from(personExports).where(eq(personExports.id, id)).limit(1)
  return row ?? null
}

export const exportsOfPerson = (db: Db, person: Person, limit: number): Promise<ExportRow[]> =>
  db
    .select(exportColumns)
    .from(personExports)
    .where(ofPerson(person))
    .orderBy(desc(personExports.createdAt), desc(personExports.id))
    .limit(limit)

/** False when the export was taken back in the meantime. */
export async function setExportReady(
  db: Db,
  id: string,
  ready: { storageKey: string; sizeBytes: number; expiresAt: Date },
): Promise<boolean> {
  const rows = await db
    .update(personExports)
    .set({ ...ready, readyAt: new Date() })
    .where(eq(personExports.id, id))
    .returning({ id: personExports.id })
  return rows.length > 0
}

/** Whether anybody else's name is recorded for the home. */
export async function isOnlyPerson(db: Db, person: Person): Promise<boolean> {
  const [other] = await db
    .select({ id: purchasers.id })
    .from(purchasers)
    .where(
      and(
        eq(purchasers.unitId, person.unitId),
        person.purchaserId ? ne(purchasers.id, person.purchaserId) : undefined,
      ),
    )
    .limit(1)
  return other === undefined
}
