// The catalogue against the lists: every foreign key and every order of a list has an index led by the tenant.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { HOME_SORTS } from '#src/home-list.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { paths } from '#views/paths.ts'
import { signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'
import { type Statement, statementsAndValuesOf } from '../support/statements.ts'

let app: TestApp
let look: postgres.Sql
let cookie: string
let tenantId: string
let development: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  cookie = await signIn(app, app.demo.admins.find((person) => person.tenant === 'longview-estates')!)
  const [row] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  development = row?.id
  tenantId = row?.tenant_id
})
afterAll(async () => {
  await look.end()
  await app.stop()
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

test('a foreign key without an index is found', async () => {
  await look`drop index documents_live_version`
  await look`drop index snag_changes_snag`
  expect(await unindexedKeys()).toEqual(['documents_live_version_fkey', 'snag_changes_snag_fkey'])
})

type Node = { 'Node Type': string; 'Index Name'?: string; 'Scan Direction'?: string; Plans?: Node[] }

/** Lists of the portal that grow with the builder. Groups of questions are ordered by what is counted of them. */
function lists(): [name: string, path: string, table: string][] {
  const at = { development }
  const { developer } = paths
  return [
    ...HOME_SORTS.flatMap((sort): [string, string, string][] => [
      [`homes by ${sort}`, developer.homes({ ...at, sort }), 'units u'],
      [`homes by -${sort}`, developer.homes({ ...at, sort: `-${sort}` }), 'units u'],
    ]),
    ['documents', developer.documents(at), '"documents"'],
    ['knowledge', developer.knowledge(at), '"knowledge"'],
    ['notices', developer.notices(at), 'notices n'],
    ['open snags', developer.snags(at), '"snags"'],
    ['all snags', developer.snags({ ...at, status: 'all' }), '"snags"'],
    ['jobs', developer.jobs(at), '"job_status"'],
    ['the activity of the tenant', developer.activity(), 'activity_log l'],
  ]
}

/** The lists whose order is made by sorting, or by an index that another column than the tenant leads. */
async function sortedLists(): Promise<string[]> {
  const ledByTenant = new Set(
    (
      await look`select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = (i.indkey::int2[])[0] where a.attname = 'tenant_id'`
    ).map(({ name }) => name as string),
  )
  const found: string[] = []
  for (const [name, path, table] of lists()) {
    forgetLimits()
    const statements = await statementsAndValuesOf(() => app.call(path, withCookies(cookie)))
    const isList = ({ text }: Statement) => /order by/i.test(text) && text.includes(`from ${table}`)
    const orders = await Promise.all(statements.filter(isList).map(orderOf))
    if (orders.length === 0 || orders.some((index) => index === null || !ledByTenant.has(index)))
      found.push(name)
  }
  return found
}

/** The index that the rows come from in order; null when they are sorted. Groups that are sorted one by one are not. */
async function orderOf({ text, values }: Statement): Promise<string | null> {
  const [explained] = await look.begin(async (sql) => {
    await sql`select set_config('role', 'openhouse_app', true), set_config('app.tenant_id', ${tenantId}, true), set_config('app.development_ids', '*', true)`
    for (const way of ['seqscan', 'sort', 'bitmapscan', 'hashjoin', 'mergejoin'])
      await sql.unsafe(`set local enable_${way} = off`)
    return sql.unsafe(`explain (format json) ${text}`, values as never[])
  })
  let node = (explained as unknown as { 'QUERY PLAN': { Plan: Node }[] })['QUERY PLAN'][0]!.Plan
  while (node.Plans && !node['Index Name']) {
    if (node['Node Type'] === 'Sort') return null
    // The first that is no part of a condition.
    node = node.Plans.find(
      (each) =>
        !['InitPlan', 'SubPlan'].includes(
          String((each as { 'Parent Relationship'?: string })['Parent Relationship']),
        ),
    )!
  }
  return node['Index Name'] ?? null
}

test('every list comes out of an index in its order', async () => {
  expect(await sortedLists()).toEqual([])
})

test('a list whose index is gone is found', async () => {
  await look`drop index units_by_bedrooms`
  await look`drop index knowledge_development`
  expect(await sortedLists()).toEqual(['homes by bedrooms', 'homes by -bedrooms', 'knowledge'])
})
