// The statements that take a person out of the database, in the order in which the rows hang together.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { actorIdOf, isHeldBy, type Person } from './person-data.ts'
import { erasures } from './schema/index.ts'

export async function insertErasure(db: Db, row: typeof erasures.$inferInsert): Promise<void> {
  await db.insert(erasures).values(row)
}

/** False when it was done before: the job was run again. */
export async function holdErasure(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(
    sql`select 1 from erasures where id = ${id} and done_at is null limit 1 for update`,
  )
  return rows.length > 0
}

export async function setErasureDone(db: Db, id: string, counts: Record<string, number>): Promise<void> {
  await db.execute(
    sql`update erasures set done_at = now(), counts = ${JSON.stringify(counts)}::jsonb where id = ${id}`,
  )
}

/** What is known of the person under other names: needed to find traces in the logs of failures. */
export type Traces = { requestIds: string[]; from: string | null; to: string | null }

/** Requests of the person, and the days on which something of theirs is counted. */
export async function tracesOf(db: Db, person: Person): Promise<Traces> {
  const [row] = await db.execute<Traces>(sql`
    with seen as (
      select m.request_id, m.created_at from conversations c
        join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id where ${isHeldBy(person)}
      union all
      select request_id, created_at from data_access_log
        where unit_id = ${person.unitId} and actor_type = 'purchaser' and actor_id = ${actorIdOf(person)}
      union all
      select request_id, created_at from activity_log
        where actor_type = 'purchaser' and actor_id = ${actorIdOf(person)}
      union all
      select request_id, created_at from qr_scans where unit_id = ${person.unitId}
    )
    select coalesce(array_agg(distinct request_id), '{}') as "requestIds",
      min((created_at at time zone 'Europe/Dublin')::date)::text as "from",
      max((created_at at time zone 'Europe/Dublin')::date)::text as "to" from seen`)
  return row ?? { requestIds: [], from: null, to: null }
}

const countOf = async (deleted: Promise<Iterable<unknown>>): Promise<number> => [...(await deleted)].length

export const deleteConversations = (db: Db, person: Person): Promise<number> =>
  countOf(db.execute(sql`delete from conversations c where ${isHeldBy(person)} returning id`))

/** Questions that programs asked for the home, once nobody lives there whose they could not be. */
export const deleteConversationsOfHome = (db: Db, unitId: string): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from conversations c where unit_id = ${unitId} and not exists (
        -- Somebody lived here before, and is another person.
        select from sealed_conversations s where s.tenant_id = c.tenant_id and s.conversation_id = c.id
          and s.purchaser_id is not null)
      returning id`),
  )

export const deleteSessions = (db: Db, person: Person): Promise<number> =>
  countOf(
    db.execute(sql`
      with gone as (
        delete from sessions where unit_id = ${person.unitId} and purchaser_id is not distinct from ${person.purchaserId}
        returning id
      )
      select pg_notify('session_changed', id::text)::text from gone`),
  )

/** The last one takes all scans of the home along; of a household's nobody knows whose phone it was. */
export const deleteScans = (db: Db, unitId: string): Promise<number> =>
  countOf(db.execute(sql`delete from qr_scans where unit_id = ${unitId} returning id`))

/** Where others stay, the scans stay as counts. */
export const stripScans = (db: Db, person: Person): Promise<number> =>
  countOf(
    db.execute(sql`
      update qr_scans set ip_address = null, user_agent = null
      where unit_id = ${person.unitId} and ip_address in (select ip_address from sessions
        where unit_id = ${person.unitId} and purchaser_id is not distinct from ${person.purchaserId})
      returning id`),
  )

export const deleteAccesses = (db: Db, person: Person): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from data_access_log where unit_id = ${person.unitId} and actor_type = 'purchaser'
        and actor_id = ${actorIdOf(person)} returning id`),
  )

/** The log itself stays; what was in it about the person goes, and the chain says "erased". */
export const deletePayloads = (
  db: Db,
  person: Person,
  names: readonly string[],
  isLast: boolean,
): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from activity_payloads p using activity_log l
      where l.tenant_id = p.tenant_id and l.id = p.activity_id and (
        (l.actor_type = 'purchaser' and l.actor_id = ${actorIdOf(person)})
        -- Somebody without a name goes by the home's id, and what was done to the home is about others too.
        or (${person.purchaserId !== null || isLast} and l.target_id = ${actorIdOf(person)})
        or ${mentions(sql`p.payload`, names)})
      returning p.activity_id`),
  )

/** A failing statement's message can quote what was asked. */
export const deleteErrors = (db: Db, requestIds: string[], names: readonly string[]): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from error_log where request_id in ${among(requestIds)}
        or ${mentions(sql`message || coalesce(stack, '') || context::text`, names)} returning id`),
  )

export const deleteLlmErrors = (db: Db, requestIds: string[]): Promise<number> =>
  countOf(db.execute(sql`delete from llm_error_log where request_id in ${among(requestIds)} returning id`))

export const stripJobAttempts = (db: Db, requestIds: string[], names: readonly string[]): Promise<number> =>
  countOf(
    db.execute(sql`
      update job_attempts a set error_detail = null from job_status j
      where j.id = a.job_id and a.error_detail is not null
        and (j.request_id in ${among(requestIds)} or ${mentions(sql`a.error_detail`, names)})
      returning a.id`),
  )

export const deleteExports = (db: Db, person: Person): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from person_exports where unit_id = ${person.unitId}
        and purchaser_id is not distinct from ${person.purchaserId} returning id`),
  )

export const deleteMails = (db: Db, person: Person, names: readonly string[]): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from mails where (unit_id = ${person.unitId} and purchaser_id is not distinct from ${person.purchaserId})
        or ${mentions(sql`subject || body || to_address`, names)} returning id`),
  )

/** The report of an import shows names before and after; one that waits to be confirmed would bring them back. */
export const deleteImportRows = (db: Db, names: readonly string[]): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from import_rows where ${mentions(sql`messages::text || changes::text || coalesce(values::text, '')`, names)}
      returning 1`),
  )

/** The reason of a repair that names the person: the row stays, the words go. */
export const stripRepairs = (db: Db, names: readonly string[]): Promise<number> =>
  countOf(
    db.execute(sql`
      update home_repairs set reason = 'Erased with the person it named.'
      where ${mentions(sql`reason`, names)} returning id`),
  )

export const deletePurchaser = (db: Db, person: Person): Promise<number> =>
  countOf(
    db.execute(sql`
      delete from purchasers where unit_id = ${person.unitId} and id = ${person.purchaserId}::uuid returning id`),
  )

const mentions = (text: ReturnType<typeof sql>, names: readonly string[]) =>
  names.length === 0
    ? sql`false`
    : sql`(${sql.join(
        // As it is, and as JSON writes it.
        [...new Set(names.flatMap((name) => [name, JSON.stringify(name).slice(1, -1)]))].map(
          (name) => sql`strpos(${text}, ${name}) > 0`,
        ),
        sql` or `,
      )})`

const among = (values: readonly string[]) =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`

/** Every process forgets the questions that it keeps in memory. */
export async function announceErasure(db: Db): Promise<void> {
  await db.execute(sql`select pg_notify('person_erased', '')`)
}
