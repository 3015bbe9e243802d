// The builder's list of homes: searched, filtered, sorted, a page at a time.
import { type SQL, sql } from 'drizzle-orm'
import { hasUnread } from './acknowledgements.ts'
import type { Db } from './client.ts'
import { homeDays } from './home-activity.ts'

export type HomeFilter = {
  developmentId: string
  text?: string | undefined
  houseTypeCode?: string | undefined
  phase?: string | undefined
  isClaimed?: boolean | undefined
  isHandedOver?: boolean | undefined
  isMissing?: 'position' | 'exact_position' | 'documents' | 'reading' | undefined
  isActiveThisWeek?: boolean | undefined
}

export type ListedHome = {
  id: string
  number: string
  addressLine: string
  eircode: string | null
  houseTypeCode: string
  bedrooms: number | null
  bathrooms: number | null
  floorAreaM2: number | null
  latitude: number | null
  longitude: number | null
  locationSource: 'entered' | 'geocoded' | 'development' | null
  geocodeQuality: 'exact' | 'interpolated' | 'street' | 'area' | null
  geocodeFailureCode: string | null
  phase: string | null
  handedOverOn: string | null
  /** ISO 8601. */
  claimedAt: string | null
  /** What the list is sorted by, as text. */
  sortKey: string
}

/**
 * What each order compares, in the very words of its index (`units_by_…`), and the type that a cursor's text is read
 * as. `9` comes before `10` before `10A`, and nothing before everything.
 */
const SORT_KEYS = {
  number: [
    sql`(lpad(left(regexp_replace(u.number, '\\D', '', 'g'), 10), 10, '0') || u.number) collate "C"`,
    sql`text`,
  ],
  address: [sql`lower(u.address_line) collate "C"`, sql`text`],
  house_type: [sql`t.code collate "C"`, sql`text`],
  bedrooms: [sql`coalesce(u.bedrooms, 0)`, sql`integer`],
  area: [sql`coalesce(u.floor_area_m2, 0)`, sql`numeric`],
  handed_over: [sql`coalesce(u.handed_over_on, '-infinity'::date)`, sql`date`],
  claimed: [sql`coalesce(u.claimed_at, '-infinity'::timestamptz)`, sql`timestamptz`],
} satisfies Record<string, [key: SQL, type: SQL]>

export type HomeSort = keyof typeof SORT_KEYS
export const HOME_SORTS = Object.keys(SORT_KEYS) as HomeSort[]

export type HomeListPage = {
  sort: HomeSort
  isDescending: boolean
  after?: { key: string; id: string } | undefined
  limit: number
}

/** One row more than `limit` when there is a next page. */
export const listHomes = (
  db: Db,
  filter: HomeFilter,
  page: HomeListPage,
  expectedKinds: readonly string[],
): Promise<ListedHome[]> => {
  const [key, type] = SORT_KEYS[page.sort]
  const direction = page.isDescending ? sql`desc` : sql`asc`
  const after = page.after
    ? sql`and (${key}, u.id) ${page.isDescending ? sql`<` : sql`>`} (${page.after.key}::${type}, ${page.after.id}::uuid)`
    : sql``
  const covered =
    filter.isMissing === 'documents'
      ? sql`with covered as materialized (${kindsOfHouseTypes(filter.developmentId, expectedKinds)})`
      : sql``
  return db.execute<ListedHome>(sql`
    ${covered} select u.id, u.number, u.address_line as "addressLine", u.eircode, t.code as "houseTypeCode", u.bedrooms,
      u.bathrooms, u.floor_area_m2::float8 as "floorAreaM2", u.latitude, u.longitude,
      u.location_source as "locationSource", u.geocode_quality as "geocodeQuality", u.geocode_failure_code as "geocodeFailureCode",
      u.phase, u.handed_over_on::text as "handedOverOn", to_json(u.claimed_at) #>> '{}' as "claimedAt", (${key})::text as "sortKey"
    from units u join house_types t on t.tenant_id = u.tenant_id and t.development_id = u.development_id and t.id = u.house_type_id
    where u.development_id = ${filter.developmentId} ${conditions(filter, expectedKinds)} ${after}
    order by ${key} ${direction}, u.id ${direction} limit ${page.limit + 1}`)
}

/** How many homes match, counted no further than `max`. */
export async function homesMatching(
  db: Db,
  filter: HomeFilter,
  max: number,
  expectedKinds: readonly string[],
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 from units u join house_types t on t.tenant_id = u.tenant_id and t.id = u.house_type_id
      where u.development_id = ${filter.developmentId} ${conditions(filter, expectedKinds)} limit ${max}) matching`)
  return row?.count ?? 0
}

function conditions(filter: HomeFilter, expectedKinds: readonly string[]): SQL {
  const { text, houseTypeCode, phase, isClaimed, isHandedOver, isMissing, isActiveThisWeek } = filter
  const parts: SQL[] = []
  if (text)
    parts.push(sql`and (position(lower(${text}) in lower(u.address_line)) > 0 or upper(u.number) = upper(${text})
      or starts_with(u.eircode, upper(replace(${text}, ' ', ''))))`)
  if (houseTypeCode) parts.push(sql`and t.code = ${houseTypeCode}`)
  if (phase) parts.push(sql`and u.phase = ${phase}`)
  if (isClaimed !== undefined) parts.push(sql`and (u.claimed_at is not null) = ${isClaimed}`)
  if (isHandedOver !== undefined)
    parts.push(
      sql`and coalesce(u.handed_over_on <= (now() at time zone 'Europe/Dublin')::date, false) = ${isHandedOver}`,
    )
  if (isMissing === 'position') parts.push(sql`and u.latitude is null`)
  if (isMissing === 'exact_position') parts.push(sql`and ${isNotExact}`)
  if (isMissing === 'documents') parts.push(sql`and ${isMissingDocuments(expectedKinds)}`)
  if (isMissing === 'reading') parts.push(sql`and ${hasUnread}`)
  if (isActiveThisWeek) parts.push(sql`and u.id in (${activeThisWeek(filter.developmentId)})`)
  return sql.join(parts, sql` `)
}

/** No pin, a pin somewhere in the street, or a search for one that failed. */
const isNotExact = sql`(u.latitude is null or u.geocode_failure_code is not null
  or (u.location_source = 'geocoded' and u.geocode_quality in ('street', 'area')))`

const PINS_MAX = 10_000

export type Pin = {
  id: string
  number: string
  latitude: number
  longitude: number
  isClaimed: boolean
  isExact: boolean
}

/** Where the homes that match are, as many as a map can show. */
export const pinsMatching = (db: Db, filter: HomeFilter, expectedKinds: readonly string[]): Promise<Pin[]> =>
  db.execute<Pin>(sql`
    select u.id, u.number, u.latitude, u.longitude, u.claimed_at is not null as "isClaimed", not ${isNotExact} as "isExact"
    from units u join house_types t on t.tenant_id = u.tenant_id and t.id = u.house_type_id
    where u.development_id = ${filter.developmentId} and u.latitude is not null ${conditions(filter, expectedKinds)}
    order by u.id limit ${PINS_MAX}`)

/**
 * By the rule of a home's own list: documents of the home, of its house type, or of the whole development. What the
 * house types have is counted once and not for each home, because the homes of a type differ by their own documents only.
 */
const isMissingDocuments = (kinds: readonly string[]) => sql`
  coalesce((
    select count(distinct k.kind) from (
      select unnest(s.kinds) as kind from covered s where s.id = u.house_type_id
      union all
      select d.kind from documents d where d.tenant_id = u.tenant_id and d.unit_id = u.id and ${isShown(kinds)}
    ) k), 0) < ${kinds.length}::int`

const isShown = (kinds: readonly string[]) => sql`d.live_version_id is not null and d.deleted_at is null
    and d.deprecated_at is null and d.kind in ${[...kinds]}`

const kindsOfHouseTypes = (developmentId: string, kinds: readonly string[]) => sql`
  select h.id, array_agg(distinct d.kind) as kinds from house_types h
  join documents d on d.tenant_id = h.tenant_id and d.development_id = h.development_id and d.unit_id is null and ${isShown(kinds)}
    and (not exists (select from document_house_types x where x.tenant_id = d.tenant_id and x.document_id = d.id)
      or exists (select from document_house_types x where x.tenant_id = d.tenant_id and x.document_id = d.id and x.house_type_id = h.id))
  where h.development_id = ${developmentId} group by h.id`

const today = sql`(now() at time zone 'Europe/Dublin')::date`

/** The same that the first page counts as active. */
const activeThisWeek = (developmentId: string) =>
  sql`select e.unit_id from (${homeDays({ developmentId, from: sql`(${today} - 6)`, to: today })}) e where e.is_active`
