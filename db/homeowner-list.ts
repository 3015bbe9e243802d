// The builder's list of the people in its homes: searched, filtered, sorted, a page at a time.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

/** When somebody last had the app open: in these days, longer ago, or not at all. */
export type LastActive = 'week' | 'month' | 'older' | 'never'

export type HomeownerFilter = {
  developmentId: string
  text?: string | undefined
  houseTypeCode?: string | undefined
  isHandedOver?: boolean | undefined
  hasJoined?: boolean | undefined
  lastActive?: LastActive | undefined
}

export type ListedHomeowner = {
  id: string
  fullName: string
  email: string | null
  unitId: string
  number: string
  addressLine: string
  houseTypeCode: string
  handedOverOn: string | null
  /** ISO 8601: when a phone of this person first joined, and when one was last in use. */
  joinedAt: string | null
  lastActiveAt: string | null
  /** What the list is sorted by, as text. */
  sortKey: string
}

const instant = (at: SQL) => sql`coalesce(to_char(${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), '')`

/** Text that sorts as the values do, and nothing first. */
const SORT_KEYS = {
  name: sql`lower(p.full_name)`,
  home: sql`lpad(left(regexp_replace(u.number, '\\D', '', 'g'), 10), 10, '0') || u.number`,
  house_type: sql`t.code`,
  handed_over: sql`coalesce(u.handed_over_on::text, '')`,
  joined: instant(sql`coalesce(p.intro_seen_at, a.first_at)`),
  last_active: instant(sql`a.last_at`),
} satisfies Record<string, SQL>

export type HomeownerSort = keyof typeof SORT_KEYS
export const HOMEOWNER_SORTS = Object.keys(SORT_KEYS) as HomeownerSort[]

export type HomeownerListPage = {
  sort: HomeownerSort
  isDescending: boolean
  after?: { key: string; id: string } | undefined
  limit: number
}

/** Sessions that ended a month ago are gone: what the welcome left on the person tells of earlier ones. */
const FROM = sql`
  from purchasers p
  join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
  join house_types t on t.tenant_id = u.tenant_id and t.id = u.house_type_id
  left join lateral (select min(s.created_at) as first_at, max(s.last_seen_at) as last_at from sessions s
    where s.tenant_id = p.tenant_id and s.unit_id = p.unit_id and s.purchaser_id = p.id) a on true`

/** One row more than `limit` when there is a next page. */
export const listHomeowners = (
  db: Db,
  filter: HomeownerFilter,
  page: HomeownerListPage,
): Promise<ListedHomeowner[]> => {
  const key = sql`(${SORT_KEYS[page.sort]}) collate "C"`
  const direction = page.isDescending ? sql`desc` : sql`asc`
  const after = page.after
    ? sql`and (${key}, p.id) ${page.isDescending ? sql`<` : sql`>`} (${page.after.key}::text, ${page.after.id}::uuid)`
    : sql``
  return db.execute<ListedHomeowner>(sql`
    select p.id, p.full_name as "fullName", p.email, u.id as "unitId", u.number, u.address_line as "addressLine",
      t.code as "houseTypeCode", u.handed_over_on::text as "handedOverOn",
      to_json(coalesce(p.intro_seen_at, a.first_at)) #>> '{}' as "joinedAt",
      to_json(a.last_at) #>> '{}' as "lastActiveAt", ${key} as "sortKey"
    ${FROM} where u.development_id = ${filter.developmentId} ${conditions(filter)} ${after}
    order by ${key} ${direction}, p.id ${direction} limit ${page.limit + 1}`)
}

/** How many people match, counted no further than `max`. */
export async function homeownersMatching(db: Db, filter: HomeownerFilter, max: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 ${FROM} where u.development_id = ${filter.developmentId} ${conditions(filter)} limit ${max}) matching`)
  return row?.count ?? 0
}

function conditions({ text, houseTypeCode, isHandedOver, hasJoined, lastActive }: HomeownerFilter): SQL {
  const parts: SQL[] = []
  if (text)
    parts.push(sql`and (position(lower(${text}) in lower(p.full_name)) > 0
      or position(lower(${text}) in lower(coalesce(p.email, ''))) > 0
      or position(lower(${text}) in lower(u.address_line)) > 0 or upper(u.number) = upper(${text}))`)
  if (houseTypeCode) parts.push(sql`and t.code = ${houseTypeCode}`)
  if (isHandedOver !== undefined)
    parts.push(
      sql`and coalesce(u.handed_over_on <= (now() at time zone 'Europe/Dublin')::date, false) = ${isHandedOver}`,
    )
  if (hasJoined !== undefined)
    parts.push(sql`and (coalesce(p.intro_seen_at, a.first_at) is not null) = ${hasJoined}`)
  if (lastActive) parts.push(sql`and ${LAST_ACTIVE[lastActive]}`)
  return sql.join(parts, sql` `)
}

const LAST_ACTIVE: Record<LastActive, SQL> = {
  week: sql`a.last_at > now() - interval '7 days'`,
  month: sql`a.last_at > now() - interval '30 days'`,
  older: sql`a.last_at <= now() - interval '30 days'`,
  never: sql`a.last_at is null`,
}
