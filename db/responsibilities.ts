// Statements about who looks after what.
import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { responsibilities } from './schema/index.ts'
import type { ResponsibleParty } from './schema/responsibilities.ts'
import { type Given, statement } from './statement.ts'

export type { ResponsibleParty } from './schema/responsibilities.ts'

export type Responsibility = {
  id: string
  developmentId: string
  thing: string
  party: ResponsibleParty
  partyName: string | null
  evidence: string
  evidenceOn: string
}

const THINGS_MAX = 200

const columns = {
  id: responsibilities.id,
  developmentId: responsibilities.developmentId,
  thing: responsibilities.thing,
  party: responsibilities.party,
  partyName: responsibilities.partyName,
  evidence: responsibilities.evidence,
  evidenceOn: responsibilities.evidenceOn,
}

export const responsibilitiesOf = (db: Db, developmentId: string): Promise<Responsibility[]> =>
  thingsOf(db, { developmentId })

const thingsOf = statement((db, given: Given<{ developmentId: string }>) =>
  db
    .select(columns)
    .from(responsibilities)
    .where(eq(responsibilities.developmentId, given.developmentId))
    .orderBy(asc(responsibilities.thing), asc(responsibilities.id))
    .limit(THINGS_MAX),
)

/** A thing that is there already gets what is said now. Returns the row's id. */
export async function putResponsibility(db: Db, row: typeof responsibilities.$inferInsert): Promise<string> {
  const { party, partyName = null, evidence, evidenceOn } = row
  const rows = await db
    .insert(responsibilities)
    .values(row)
    .onConflictDoUpdate({
      target: [responsibilities.tenantId, responsibilities.developmentId, responsibilities.thing],
      set: { party, partyName, evidence, evidenceOn },
    })
    .returning({ id: responsibilities.id })
  return rows[0]?.id as string
}

export async function deleteResponsibility(
  db: Db,
  id: string,
): Promise<{ developmentId: string; thing: string } | null> {
  const [row] = await db
    .delete(responsibilities)
    .where(sql`${responsibilities.id} = ${id}`)
    .returning({ developmentId: responsibilities.developmentId, thing: responsibilities.thing })
  return row ?? null
}
