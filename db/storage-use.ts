// Statements about the bytes of files that a tenant has stored: taking room, reading it, counting it anew.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { storageUse } from './schema/index.ts'

/**
 * Adds to what is stored, unless it would be more than `bytesMax`. One statement, and the row is held until the end of
 * the transaction: of uploads at the same time, in whatever process, each sees what the one before it took.
 */
export async function takeStorage(
  db: Db,
  take: { tenantId: string; bytes: number; bytesMax: number },
): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into ${storageUse} as u (tenant_id, used_bytes)
    select ${take.tenantId}::uuid, ${take.bytes}::bigint where ${take.bytes}::bigint <= ${take.bytesMax}::bigint
    on conflict (tenant_id) do update set used_bytes = u.used_bytes + excluded.used_bytes
      where u.used_bytes + excluded.used_bytes <= ${take.bytesMax}::bigint
    returning 1`)
  return rows.length > 0
}

export async function storedBytes(db: Db, tenantId: string): Promise<number> {
  const [row] = await db.execute<{ used: number }>(
    sql`select used_bytes::float8 as used from ${storageUse} where tenant_id = ${tenantId}`,
  )
  return row?.used ?? 0
}

/** Of tenants that have files and no row yet. As the keeper. */
export async function beginCounting(db: Db): Promise<void> {
  await db.execute(sql`
    insert into ${storageUse} (tenant_id, used_bytes)
    select distinct tenant_id, 0 from document_versions on conflict do nothing`)
}

/** Whoever uploads now is waited for, and whoever comes later waits: the next statement sees every file. */
export async function holdStorageUse(db: Db): Promise<void> {
  await db.execute(sql`select tenant_id from ${storageUse} order by tenant_id for update`)
}

/** Counts the files that are there. Returns how many rows had been wrong. */
export async function recountStorage(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    update ${storageUse} u set used_bytes = c.used
    from (select s.tenant_id, coalesce(sum(v.size_bytes), 0) as used
      from ${storageUse} s left join document_versions v on v.tenant_id = s.tenant_id group by s.tenant_id) c
    where c.tenant_id = u.tenant_id and c.used <> u.used_bytes
    returning 1`)
  return rows.length
}
