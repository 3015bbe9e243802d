// Statements about the second factor of staff: the secret, the newest code accepted, the recovery codes. Through the door.
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { staff } from './schema/index.ts'

export type SecondFactor = { secretEncrypted: string; recoveryCodesLeft: number; enabledAt: Date }

/** Null while it is not set up. */
export async function secondFactorOf(db: Db, staffId: string): Promise<SecondFactor | null> {
  const [row] = await db
    .select({
      secretEncrypted: staff.totpSecretEncrypted,
      recoveryCodesLeft: sql<number>`cardinality(${staff.recoveryCodeHashes})`,
      enabledAt: staff.totpEnabledAt,
    })
    .from(staff)
    .where(eq(staff.id, staffId))
    .limit(1)
  if (!row?.secretEncrypted || !row.enabledAt) return null
  return {
    secretEncrypted: row.secretEncrypted,
    recoveryCodesLeft: row.recoveryCodesLeft,
    enabledAt: row.enabledAt,
  }
}

/** True for the first who comes with a code of this step; in one statement, because two may come at once. */
export async function takeTotpStep(db: Db, staffId: string, step: number): Promise<boolean> {
  const rows = await db
    .update(staff)
    .set({ totpLastStep: step })
    .where(
      and(
        eq(staff.id, staffId),
        isNotNull(staff.totpEnabledAt),
        or(isNull(staff.totpLastStep), lt(staff.totpLastStep, step)),
      ),
    )
    .returning({ id: staff.id })
  return rows.length > 0
}

/** True for the first who comes with it. */
export async function takeRecoveryCode(db: Db, staffId: string, hash: string): Promise<boolean> {
  const rows = await db
    .update(staff)
    .set({ recoveryCodeHashes: sql`array_remove(${staff.recoveryCodeHashes}, ${hash})` })
    .where(and(eq(staff.id, staffId), sql`${hash} = any (${staff.recoveryCodeHashes})`))
    .returning({ id: staff.id })
  return rows.length > 0
}

/** False when one is set up already. */
export async function enableSecondFactor(
  db: Db,
  staffId: string,
  given: { secretEncrypted: string; step: number; recoveryCodeHashes: string[] },
): Promise<boolean> {
  const rows = await db
    .update(staff)
    .set({
      totpSecretEncrypted: given.secretEncrypted,
      totpEnabledAt: sql`now()`,
      totpLastStep: given.step,
      recoveryCodeHashes: given.recoveryCodeHashes,
    })
    .where(and(eq(staff.id, staffId), isNull(staff.totpEnabledAt)))
    .returning({ id: staff.id })
  return rows.length > 0
}

export async function setRecoveryCodes(db: Db, staffId: string, hashes: string[]): Promise<void> {
  await db
    .update(staff)
    .set({ recoveryCodeHashes: hashes })
    .where(and(eq(staff.id, staffId), isNotNull(staff.totpEnabledAt)))
}

export async function clearSecondFactor(db: Db, staffId: string): Promise<void> {
  await db
    .update(staff)
    .set({ totpSecretEncrypted: null, totpEnabledAt: null, totpLastStep: null, recoveryCodeHashes: [] })
    .where(eq(staff.id, staffId))
}
