// Statements about joining a home: what opens it, whom a new phone stands for.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { purchasers, units } from './schema/index.ts'

/**
 * What opens the home now. Locked: of phones that join at once each sees who joined before it, and none slips in
 * while the home changes hands or its card is replaced.
 */
export async function lockClaim(
  db: Db,
  unitId: string,
): Promise<{ publicId: string; accessCodeEncrypted: string } | null> {
  const [row] = await db
    .select({ publicId: units.publicId, accessCodeEncrypted: units.accessCodeEncrypted })
    .from(units)
    .where(eq(units.id, unitId))
    .limit(1)
    .for('update')
  return row ?? null
}

/** True when the home had not been claimed before. */
export async function setClaimed(db: Db, unitId: string): Promise<boolean> {
  const rows = await db
    .update(units)
    .set({ claimedAt: new Date() })
    .where(and(eq(units.id, unitId), isNull(units.claimedAt)))
    .returning({ id: units.id })
  return rows.length > 0
}

/**
 * The purchaser a newly joining phone stands for: the first on the contract who has no live session yet. Null for a
 * further phone: it is somebody of the household, and must not read what a person on the contract asked.
 */
export async function purchaserForNewSession(db: Db, unitId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: purchasers.id })
    .from(purchasers)
    .where(
      and(
        eq(purchasers.unitId, unitId),
        sql`not exists (select 1 from sessions s where s.tenant_id = ${purchasers.tenantId} and s.purchaser_id = ${purchasers.id} and s.revoked_at is null and s.expires_at > now())`,
      ),
    )
    .orderBy(asc(purchasers.position))
    .limit(1)
  return row?.id ?? null
}
