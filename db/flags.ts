// Feature flags as they were set: few rows, read whole.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type FlagRow = { name: string; tenantId: string | null; setting: 'on' | 'off'; changedAt: string }

const ROWS_MAX = 10_000

export const allFlags = (db: Db): Promise<FlagRow[]> =>
  db.execute<FlagRow>(sql`
    select name, tenant_id as "tenantId", setting, changed_at as "changedAt" from feature_flags
    order by name, tenant_id nulls first limit ${ROWS_MAX}`)

export async function setFlag(
  db: Db,
  { name, tenantId, setting }: { name: string; tenantId: string | null; setting: 'on' | 'off' },
): Promise<void> {
  await db.execute(sql`
    insert into feature_flags (id, name, tenant_id, setting) values (${Bun.randomUUIDv7()}, ${name}, ${tenantId}, ${setting})
    on conflict (tenant_id, name) do update set setting = excluded.setting, changed_at = now()`)
}

/** Back to what the code, or the setting for everybody, says. */
export async function deleteFlag(
  db: Db,
  { name, tenantId }: { name: string; tenantId: string | null },
): Promise<void> {
  await db.execute(
    sql`delete from feature_flags where name = ${name} and tenant_id is not distinct from ${tenantId}::uuid`,
  )
}

/** Tells every process that the operator has changed something that is kept in memory. */
export async function tellProcesses(db: Db, what: string): Promise<void> {
  await db.execute(sql`select pg_notify('operator_said', ${what})`)
}
