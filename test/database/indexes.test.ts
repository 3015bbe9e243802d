// The catalogue against the lists: every foreign key and every order of a list has an index led by the tenant.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let look: postgres.Sql
beforeAll(async () => {
  database = await createTestDatabase()
  look = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await look.end()
  await database.drop()
})

/**
 * Foreign keys without an index that finds the rows pointing at one: led by the tenant where the key carries it, then
 * nothing but columns of the key until the id itself. A partial index counts when it leaves out nothing but nulls.
 */
const unindexedKeys = async () => {
  const rows = await look<{ name: string }[]>`
    with keys as (
      select k.conname, k.conrelid, k.conkey,
        (select k.conkey[n] from generate_subscripts(k.conkey, 1) n
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = k.confkey[n] order by a.attname = 'id' desc, n desc limit 1) as id,
        (select a.attnum from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'tenant_id' and a.attnum = any (k.conkey)) as tenant
      from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace
    )
    select conname as name from keys k
    where not exists (
      select from pg_index i, generate_series(1, i.indnkeyatts) as prefix (length)
      where i.indrelid = k.conrelid and i.indisvalid
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        and (k.tenant is null or (i.indkey::int2[])[0] = k.tenant)
        and (i.indkey::int2[])[0:prefix.length - 1] <@ k.conkey
        and k.id = any ((i.indkey::int2[])[0:prefix.length - 1]))
    order by 1`
  return rows.map(({ name }) => name)
}

test('every foreign key has an index', async () => {
  expect(await unindexedKeys()).toEqual([])
})
