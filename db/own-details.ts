// Statements about what a person corrects of themselves, and what they were called before.
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { Person } from './person-data.ts'
import { purchasers } from './schema/index.ts'

export type { Person } from './person-data.ts'

export type OwnDetails = { fullName: string; email: string | null }

const EARLIER_NAMES_MAX = 100

const isThem = ({ unitId, purchaserId }: Person) =>
  and(eq(purchasers.unitId, unitId), sql`${purchasers.id} = ${purchaserId}::uuid`)

/** Held until the transaction ends: of two corrections at once, the second knows the first. */
export async function lockOwnDetails(db: Db, person: Person): Promise<void> {
  await db.select({ id: purchasers.id }).from(purchasers).where(isThem(person)).for('no key update').limit(1)
}

export async function ownDetailsOf(db: Db, person: Person): Promise<OwnDetails | null> {
  const [row] = await db
    .select({ fullName: purchasers.fullName, email: purchasers.email })
    .from(purchasers)
    .where(isThem(person))
    .limit(1)
  return row ?? null
}

export async function setOwnDetails(db: Db, person: Person, details: OwnDetails): Promise<void> {
  await db.update(purchasers).set(details).where(isThem(person))
}

/** Before they corrected it: what is found by a name may still stand under these. */
export async function earlierNamesOf(db: Db, person: Person): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct p.payload::jsonb #>> '{fullName,from}' as name from activity_log l
    join activity_payloads p on p.tenant_id = l.tenant_id and p.activity_id = l.id
    where l.target_id = ${person.purchaserId} and l.action = 'person.corrected'
      and p.payload::jsonb #>> '{fullName,from}' is not null
    limit ${EARLIER_NAMES_MAX}`)
  return rows.map(({ name }) => name)
}
