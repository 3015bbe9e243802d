// Statements about notices: written, addressed, read.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { noticeHouseTypes, noticeReads, notices } from './schema/index.ts'
import type { NoticeCategory } from './schema/notices.ts'

export type { NoticeCategory } from './schema/notices.ts'

const OF_A_HOME_MAX = 100

export type HomeNotice = {
  id: string
  title: string
  body: string
  category: NoticeCategory
  publishedAt: Date
  readAt: Date | null
}

/** Whether notice `n` is for a home of this house type and phase: both must fit where it names any. */
export const isAddressedTo = (home: { houseTypeId: SQL; phase: SQL }): SQL => sql`
  (not exists (select from notice_house_types t where t.tenant_id = n.tenant_id and t.notice_id = n.id)
    or exists (select from notice_house_types t where t.tenant_id = n.tenant_id and t.notice_id = n.id
      and t.house_type_id = ${home.houseTypeId}))
  and (n.phases = '{}' or ${home.phase} = any(n.phases))`

/** For this home, published and not withdrawn. */
const isForHome = ({ houseTypeId, unitId }: Reader) => sql`n.withdrawn_at is null and n.publish_at <= now()
  and ${isAddressedTo({
    houseTypeId: sql`${houseTypeId}`,
    phase: sql`(select u.phase from units u where u.tenant_id = n.tenant_id and u.id = ${unitId}::uuid)`,
  })}`

type Reader = { developmentId: string; houseTypeId: string; unitId: string; readerId: string }

const time = (value: string | null) => (value === null ? null : new Date(value))

/** What nobody of this name has read yet comes first, then the newest. */
export async function noticesOfHome(db: Db, reader: Reader): Promise<HomeNotice[]> {
  const rows = await db.execute<
    Omit<HomeNotice, 'publishedAt' | 'readAt'> & { publishedAt: string; readAt: string | null }
  >(sql`
    select n.id, n.title, n.body, n.category, n.publish_at as "publishedAt", r.read_at as "readAt"
    from notices n
    left join notice_reads r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.reader_id = ${reader.readerId}
    where n.development_id = ${reader.developmentId} and ${isForHome(reader)}
    order by r.read_at is not null, n.publish_at desc, n.id desc limit ${OF_A_HOME_MAX}`)
  return rows.map((row) => ({
    ...row,
    publishedAt: new Date(row.publishedAt),
    readAt: time(row.readAt),
  }))
}

export async function unreadNotices(db: Db, reader: Reader): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from notices n
    where n.development_id = ${reader.developmentId} and ${isForHome(reader)}
      and not exists (select from notice_reads r where r.tenant_id = n.tenant_id and r.notice_id = n.id
        and r.reader_id = ${reader.readerId})`)
  return row?.n ?? 0
}

/** False when the notice is not for this home. Reading twice keeps the first time. */
export async function insertNoticeRead(
  db: Db,
  home: Reader & { tenantId: string },
  noticeId: string,
): Promise<boolean> {
  const rows = await db.execute(sql`
    with found as (
      select n.id from notices n where n.id = ${noticeId} and n.development_id = ${home.developmentId}
        and ${isForHome(home)}
    ), kept as (
      insert into notice_reads (tenant_id, development_id, notice_id, unit_id, reader_id)
      select ${home.tenantId}, ${home.developmentId}, id, ${home.unitId}, ${home.readerId} from found
      on conflict do nothing
    )
    select id from found limit 1`)
  return rows.length > 0
}

export const readsOfReader = (db: Db, readerId: string) =>
  db.execute(sql`
    select n.title, r.read_at as "readAt" from notice_reads r
    join notices n on n.tenant_id = r.tenant_id and n.id = r.notice_id
    where r.reader_id = ${readerId} order by r.read_at, n.id limit 5000`)

export async function deleteReads(db: Db, readerId: string): Promise<number> {
  const rows = await db
    .delete(noticeReads)
    .where(eq(noticeReads.readerId, readerId))
    .returning({ id: noticeReads.noticeId })
  return rows.length
}

/** `publishAt` null: at once. */
/** False when the same form brought it before. */
export async function insertNotice(
  db: Db,
  row: Omit<typeof notices.$inferInsert, 'publishAt'> & { publishAt: Date | null },
): Promise<boolean> {
  const { publishAt, ...rest } = row
  const rows = await db
    .insert(notices)
    .values({ ...rest, ...(publishAt ? { publishAt } : {}) })
    .onConflictDoNothing({ target: [notices.tenantId, notices.developmentId, notices.formHash] })
    .returning({ id: notices.id })
  return rows.length > 0
}

export async function insertNoticeHouseTypes(
  db: Db,
  of: { tenantId: string; developmentId: string; noticeId: string },
  houseTypeIds: readonly string[],
): Promise<void> {
  if (houseTypeIds.length === 0) return
  await db.insert(noticeHouseTypes).values(houseTypeIds.map((houseTypeId) => ({ ...of, houseTypeId })))
}

/** False when it is not there or was withdrawn before. */
export async function setNoticeWithdrawn(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .update(notices)
    .set({ withdrawnAt: sql`now()` })
    .where(and(eq(notices.id, id), isNull(notices.withdrawnAt)))
    .returning({ id: notices.id })
  return rows.length > 0
}

export type NoticeRow = {
  id: string
  developmentId: string
  title: string
  body: string
  category: NoticeCategory
  houseTypeCodes: string[]
  phases: string[]
  authorName: string
  publishAt: Date
  withdrawnAt: Date | null
  createdAt: Date
  /** Homes it is for, and those of them where somebody has read it. */
  homes: number
  homesRead: number
}

/** The newest first; one row more than `limit` when there is a next page. */
export async function listNotices(
  db: Db,
  page: {
    id?: string | undefined
    developmentId?: string | undefined
    before?: string | undefined
    limit: number
  },
): Promise<NoticeRow[]> {
  type Raw = Omit<NoticeRow, 'publishAt' | 'withdrawnAt' | 'createdAt'> &
    Record<'publishAt' | 'createdAt', string> & { withdrawnAt: string | null }
  const rows = await db.execute<Raw>(sql`
    select n.id, n.development_id as "developmentId", n.title, n.body, n.category, n.phases, n.author_name as "authorName",
      n.publish_at as "publishAt", n.withdrawn_at as "withdrawnAt", n.created_at as "createdAt",
      coalesce((select array_agg(h.code order by h.code) from notice_house_types t
        join house_types h on h.tenant_id = t.tenant_id and h.id = t.house_type_id
        where t.tenant_id = n.tenant_id and t.notice_id = n.id), '{}') as "houseTypeCodes",
      (select count(*)::int from units u where u.tenant_id = n.tenant_id and u.development_id = n.development_id
        and ${isAddressedTo({ houseTypeId: sql`u.house_type_id`, phase: sql`u.phase` })}) as homes,
      (select count(distinct r.unit_id)::int from notice_reads r
        where r.tenant_id = n.tenant_id and r.notice_id = n.id) as "homesRead"
    from notices n
    where true ${page.id ? sql`and n.id = ${page.id}` : sql``}
      ${page.developmentId ? sql`and n.development_id = ${page.developmentId}` : sql``}
      ${page.before ? sql`and n.id < ${page.before}::uuid` : sql``}
    order by n.id desc limit ${page.limit + 1}`)
  return rows.map((row) => ({
    ...row,
    publishAt: new Date(row.publishAt),
    withdrawnAt: time(row.withdrawnAt),
    createdAt: new Date(row.createdAt),
  }))
}
