// Statements about phases, which are what homes say of themselves.
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { units } from './schema/index.ts'

const PHASES_MAX = 50

export async function phasesOfDevelopment(db: Db, developmentId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ phase: sql<string>`${units.phase}` })
    .from(units)
    .where(and(eq(units.developmentId, developmentId), isNotNull(units.phase)))
    .orderBy(units.phase)
    .limit(PHASES_MAX)
  return rows.map(({ phase }) => phase)
}
