// Statements about how long a builder keeps what it may keep for less time than everybody else.
import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { retentionPeriods } from './schema/index.ts'

const PERIODS_A_TENANT_MAX = 50

export const periodsOfTenant = (db: Db): Promise<{ rule: string; days: number }[]> =>
  db
    .select({ rule: retentionPeriods.rule, days: retentionPeriods.days })
    .from(retentionPeriods)
    .orderBy(asc(retentionPeriods.rule))
    .limit(PERIODS_A_TENANT_MAX)

export async function putPeriod(db: Db, tenantId: string, rule: string, days: number): Promise<void> {
  await db
    .insert(retentionPeriods)
    .values({ tenantId, rule, days })
    .onConflictDoUpdate({
      target: [retentionPeriods.tenantId, retentionPeriods.rule],
      set: { days, changedAt: sql`now()` },
    })
}

export async function deletePeriod(db: Db, rule: string): Promise<void> {
  await db.delete(retentionPeriods).where(eq(retentionPeriods.rule, rule))
}

/** Of every builder, through the keeper's door. */
export const periodsOfRule = (
  db: Db,
  rule: string,
  page: { after: string | null; limit: number },
): Promise<{ tenantId: string; days: number }[]> =>
  db.execute<{ tenantId: string; days: number }>(sql`
    select tenant_id as "tenantId", days from retention_periods
    where rule = ${rule} and (${page.after}::uuid is null or tenant_id > ${page.after}::uuid)
    order by tenant_id limit ${page.limit}`)
