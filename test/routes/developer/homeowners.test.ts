// The people in a builder's homes: filters, sorting, pages, the file, and the file that a job writes when it is long.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { ROWS_AT_ONCE_MAX } from '#src/list-exports.ts'
import { purgeExpired } from '#src/retention.ts'
import { eventually } from '../../jobs/drills.ts'
import { form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let cookie: string
let colleague: string
let foreignCookie: string
let development: string
let tenant: string

beforeAll(async () => {
  started = await startBuilderApp({ withJobs: true })
  ;({ app, look, admin: cookie, developer: colleague, foreign: foreignCookie, development, tenant } = started)
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const open = (path: string, as = cookie) => app.call(path, withCookies(as))
const post = (path: string, fields: Record<string, string> = {}, as = cookie) =>
  app.call(path, withCookies(as, form(fields)))
const rowsOf = (text: string) => [
  ...text.matchAll(/<th scope="row" class="cell-title"><a href="[^"]+">([^<]+)</g),
]
const list = async (query: Record<string, string> = {}) => {
  const page = await open(`/developer/homeowners?${new URLSearchParams({ development, ...query })}`)
  const text = await page.text()
  return {
    status: page.status,
    text,
    names: rowsOf(text).map((match) => match[1] as string),
    next: /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&'),
  }
}
const people = async () => [
  ...(await look<{ id: string; full_name: string; unit_id: string }[]>`
    select p.id, p.full_name, p.unit_id from purchasers p join units u on u.id = p.unit_id
    where u.development_id = ${development} order by lower(p.full_name) collate "C", p.id`),
]

test('everybody stands on one page or another, in every order', async () => {
  const everybody = await people()
  for (const sort of ['name', '-home', 'house_type', '-handed_over', 'joined', '-last_active']) {
    const names: string[] = []
    let page = await list({ sort })
    for (;;) {
      names.push(...page.names)
      if (!page.next) break
      const text = await (await open(page.next)).text()
      page = {
        ...page,
        names: rowsOf(text).map((match) => match[1] as string),
        next: /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&'),
      }
    }
    expect([sort, names.length]).toEqual([sort, everybody.length])
    if (sort === 'name') expect(names.map(plain)).toEqual(everybody.map((one) => one.full_name))
  }
})

const plain = (text: string) => text.replaceAll('&#x27;', "'").replaceAll('&amp;', '&')

test('filters find the same people as a statement of one’s own', async () => {
  const [first, second, third] = await people()
  const session = (person: typeof first, days: number) => look`
    insert into sessions (id, tenant_id, unit_id, purchaser_id, refresh_hash, expires_at, last_seen_at)
    values (${Bun.randomUUIDv7()}, ${tenant}, ${person!.unit_id}, ${person!.id}, ${crypto.randomUUID()},
      now() + interval '1 day', now() - ${days} * interval '1 day')`
  await session(first, 1)
  await session(second, 20)
  await session(third, 45)
  const found = async (query: Record<string, string>) => (await list(query)).names.map(plain).sort()
  const names = (...some: (typeof first)[]) => some.map((one) => one!.full_name).sort()
  expect(await found({ active: 'week' })).toEqual(names(first))
  expect(await found({ active: 'month' })).toEqual(names(first, second))
  expect(await found({ active: 'older' })).toEqual(names(third))
  expect(await found({ joined: 'yes', sort: '-last_active' })).toEqual(names(first, second, third))
  expect((await list({ sort: '-last_active' })).names.slice(0, 3).map(plain)).toEqual([
    first!.full_name,
    second!.full_name,
    third!.full_name,
  ])
  expect(await found({ q: first!.full_name.toUpperCase() })).toContain(first!.full_name)
  expect((await list({ q: '%' })).text).toContain('Nobody matches')
  const [{ n }] = (await look`select count(*)::int as n from purchasers p join units u on u.id = p.unit_id
    join house_types t on t.id = u.house_type_id where u.development_id = ${development} and t.code = 'BT01'`) as unknown as [
    { n: number },
  ]
  expect((await found({ house_type: 'BT01' })).length).toBe(n)
  expect((await open(`/developer/homeowners?development=${development}&sort=password`)).status).toBe(422)
  expect((await open(`/developer/homeowners?development=${development}`, foreignCookie)).status).toBe(404)
})

test('whoever reads names is noted for the homes they are of, once a day', async () => {
  await look.unsafe('truncate data_access_log')
  const { names } = await list({ house_type: 'BT01' })
  await list({ house_type: 'BT01' })
  const noted =
    await look`select distinct unit_id from data_access_log where action = 'household.read' and actor_type = 'staff'`
  const [{ n }] = (await look`select count(*)::int as n from data_access_log`) as unknown as [{ n: number }]
  expect(names.length).toBeGreaterThan(0)
  expect(n).toBe(noted.length)
  expect(noted.length).toBeGreaterThan(0)
})

test('the file has everybody who matches, and no cell that a spreadsheet would run', async () => {
  const [first] = await people()
  await look`update purchasers set full_name = '=HYPERLINK("x")' where id = ${first!.id}`
  const response = await open(`/developer/homeowners.csv?development=${development}`)
  expect(response.headers.get('content-disposition')).toContain('Homeowners of Longview Park.csv')
  const lines = (await response.text()).trimEnd().split('\r\n')
  expect(lines[0]).toContain('name,email,number')
  expect(lines).toHaveLength((await people()).length + 1)
  expect(lines.join('\n')).toContain(`"'=HYPERLINK(""x"")"`)
  const [noted] = await look`select count(*)::int as n from activity_log where action = 'homeowners.exported'`
  expect(noted?.n).toBe(1)
  expect((await open(`/developer/homeowners.csv?development=${development}`, foreignCookie)).status).toBe(404)
})

async function makeLong(): Promise<void> {
  await look`insert into units (id, tenant_id, development_id, house_type_id, number, address_line, public_id, access_code_encrypted)
    select gen_random_uuid(), ${tenant}, ${development}, (select id from house_types where development_id = ${development} limit 1),
      'L' || n, 'Long ' || n, 'long' || n, 'x' from generate_series(1, ${ROWS_AT_ONCE_MAX}) n`
}

test('a list that is too long to wait for is written by a job for the one who asked, and goes after a day', async () => {
  await makeLong()
  const answered = await open(`/developer/homes.csv?development=${development}&status=unclaimed`)
  expect(answered.status).toBe(303)
  const asking = answered.headers.get('location') as string
  expect(asking).toStartWith('/developer/list-exports/new?list=homes')
  const page = await (await open(asking)).text()
  expect(page).toContain('This list is long')
  expect(page).toContain('name="status" value="unclaimed"')
  const asked = await post('/developer/list-exports', { list: 'homes', development, status: 'unclaimed' })
  const url = asked.headers.get('location') as string
  await eventually('the file is written', async () =>
    (await (await open(url)).text()).includes('The file is ready'),
  )
  for (const stranger of [colleague, foreignCookie])
    for (const path of [url, `${url}/file`]) expect((await open(path, stranger)).status).toBe(404)
  const file = (await open(`${url}/file`)).headers.get('location') as string
  expect(file).toStartWith('/files/')
  expect((await open(file, colleague)).status).toBe(404)
  const response = await open(file)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toStartWith('attachment')
  const [{ n }] = (await look`select count(*)::int as n from units where development_id = ${development}
    and claimed_at is null`) as unknown as [{ n: number }]
  expect((await response.text()).trimEnd().split('\r\n')).toHaveLength(n + 1)
  const actions = await look`select action from activity_log where action like 'homes.%' order by id`
  expect(actions.map(({ action }) => action)).toEqual(['homes.exported', 'homes.downloaded'])
  await look`update list_exports set expires_at = now() - interval '1 minute'`
  expect((await open(`${url}/file`)).status).toBe(404)
  expect(await (await open(url)).text()).toContain('The file is gone')
  const counts = await purgeExpired({ signal: new AbortController().signal, progress: () => {} })
  expect(counts.list_exports).toBe(1)
  expect((await open(file)).status).toBe(404)
})
