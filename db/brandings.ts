// Statements about how a builder looks.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { brandings } from './schema/index.ts'

export type BrandingRow = { accent: string | null; logoId: string | null; logoBytes: number | null }

/** Of the scope's tenant: row-level security leaves no other. */
export async function brandingOf(db: Db): Promise<BrandingRow> {
  const [row] = await db
    .select({ accent: brandings.accent, logoId: brandings.logoId, logoBytes: brandings.logoBytes })
    .from(brandings)
    .orderBy(brandings.tenantId)
    .limit(1)
  return row ?? { accent: null, logoId: null, logoBytes: null }
}

export async function putBranding(db: Db, tenantId: string, row: BrandingRow): Promise<void> {
  await db
    .insert(brandings)
    .values({ tenantId, ...row })
    .onConflictDoUpdate({ target: brandings.tenantId, set: { ...row, changedAt: sql`now()` } })
}
