// Statements about the bytes of files that a tenant has stored: taking room, reading it, counting it anew.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { storageUse } from './schema/index.ts'

export type StoredBytes = { documents: number; pictures: number; exports: number }
export type StoredKind = keyof StoredBytes

/**
 * Adds to what is stored, unless it would be more than `bytesMax` (null: whatever there is). One statement, and the row
 * is held until the end of the transaction: of uploads at the same time, in whatever process, each sees what the one
 * before it took. Fewer than no bytes give room back.
 */
export async function takeStorage(
  db: Db,
  take: { tenantId: string; kind: StoredKind; bytes: number; bytesMax: number | null },
): Promise<boolean> {
  const { tenantId, kind, bytes, bytesMax } = take
  const of = (each: StoredKind) => sql`${each === kind ? bytes : 0}::bigint`
  const rows = await db.execute(sql`
    insert into ${storageUse} as u (tenant_id, used_bytes, picture_bytes, export_bytes)
    select ${tenantId}::uuid, greatest(0, ${of('documents')}), greatest(0, ${of('pictures')}), greatest(0, ${of('exports')})
    where ${bytesMax}::bigint is null or ${bytes}::bigint <= ${bytesMax}::bigint
    on conflict (tenant_id) do update set used_bytes = greatest(0, u.used_bytes + ${of('documents')}),
        picture_bytes = greatest(0, u.picture_bytes + ${of('pictures')}),
        export_bytes = greatest(0, u.export_bytes + ${of('exports')})
      where ${bytesMax}::bigint is null or ${bytes}::bigint <= 0
        or u.used_bytes + u.picture_bytes + u.export_bytes + ${bytes}::bigint <= ${bytesMax}::bigint
    returning 1`)
  return rows.length > 0
}

/** A subquery of one value, for statements that tell of the room beside other things; nothing before the first file. */
export const storedBytesAsJson = (tenantId: string) => sql`
  (select json_build_object('documents', coalesce(max(used_bytes), 0), 'pictures', coalesce(max(picture_bytes), 0),
    'exports', coalesce(max(export_bytes), 0)) from ${storageUse} where tenant_id = ${tenantId})`

export async function storedBytes(db: Db, tenantId: string): Promise<StoredBytes> {
  const [row] = await db.execute<{ stored: StoredBytes }>(
    sql`select ${storedBytesAsJson(tenantId)} as stored`,
  )
  if (!row) throw new Error('a subquery without a row')
  return row.stored
}

/** Of tenants that have files and no row yet. As the keeper. */
export async function beginCounting(db: Db): Promise<void> {
  await db.execute(sql`
    insert into ${storageUse} (tenant_id, used_bytes)
    select tenant_id, 0 from (
      select tenant_id from document_versions union select tenant_id from snags where photo_id is not null
      union select tenant_id from brandings where logo_id is not null
      union select tenant_id from person_exports union select tenant_id from list_exports) t
    on conflict do nothing`)
}

/** Whoever uploads now is waited for, and whoever comes later waits: the next statement sees every file. */
export async function holdStorageUse(db: Db): Promise<void> {
  await db.execute(sql`select tenant_id from ${storageUse} order by tenant_id for update`)
}

/** Counts the files that are there. Returns how many rows had been wrong. */
export async function recountStorage(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    with files as (
      select tenant_id, size_bytes as documents, 0 as pictures, 0 as exports from document_versions
      union all select tenant_id, 0, photo_bytes, 0 from snags where photo_id is not null
      union all select tenant_id, 0, logo_bytes, 0 from brandings where logo_id is not null
      union all select tenant_id, 0, 0, size_bytes from person_exports
      union all select tenant_id, 0, 0, size_bytes from list_exports
    ), counted as (
      select s.tenant_id, coalesce(sum(f.documents), 0) as documents, coalesce(sum(f.pictures), 0) as pictures,
        coalesce(sum(f.exports), 0) as exports
      from ${storageUse} s left join files f on f.tenant_id = s.tenant_id group by s.tenant_id
    )
    update ${storageUse} u set used_bytes = c.documents, picture_bytes = c.pictures, export_bytes = c.exports
    from counted c
    where c.tenant_id = u.tenant_id
      and (c.documents, c.pictures, c.exports) is distinct from (u.used_bytes, u.picture_bytes, u.export_bytes)
    returning 1`)
  return rows.length
}

/** A picture that came before its bytes were noted. `id` is its snag, or the tenant whose mark it is. */
export type UnweighedPicture = { id: string; of: 'snag' | 'branding'; storageKey: string }

export const unweighedPictures = (db: Db, limit: number): Promise<UnweighedPicture[]> =>
  db.execute<UnweighedPicture>(sql`
    (select id, 'snag' as of, tenant_id || '/' || id || '/' || photo_id as "storageKey" from snags
      where photo_id is not null and photo_bytes is null limit ${limit})
    union all
    (select tenant_id, 'branding', tenant_id || '/' || tenant_id || '/' || logo_id from brandings
      where logo_id is not null and logo_bytes is null limit ${limit})
    limit ${limit}`)

export async function setPictureBytes(db: Db, picture: UnweighedPicture, bytes: number): Promise<void> {
  await db.execute(
    picture.of === 'snag'
      ? sql`update snags set photo_bytes = ${bytes} where id = ${picture.id} and photo_bytes is null`
      : sql`update brandings set logo_bytes = ${bytes} where tenant_id = ${picture.id} and logo_bytes is null`,
  )
}
