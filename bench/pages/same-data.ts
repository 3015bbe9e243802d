// The fifty homes that every page of the comparison shows.

export type Row = {
  id: string
  number: string
  address: string
  code: string
  bedrooms: number | null
  area: number | null
  handed_over: string | null
  claimed: string | null
}

export const ROWS_SQL = `select u.id, u.number, u.address_line as address, t.code, u.bedrooms, u.floor_area_m2::float8 as area,
  u.handed_over_on::text as handed_over, u.claimed_at::text as claimed
  from units u join house_types t on t.tenant_id = u.tenant_id and t.id = u.house_type_id
  order by u.number, u.id limit 50`
