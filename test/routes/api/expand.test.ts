// What lists bring along: the parts that were asked for, of the rows of the page, with the scopes for them, at once.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { statementsOf } from '../../support/statements.ts'
import { type ApiTest, expectError, jsonBody, makePdf, openApi, pdfBody } from './client.ts'

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

type Row = Record<string, unknown> & { id: string; facts?: Row[]; household?: Row[] }
const rows = async (path: string, key?: string): Promise<Row[]> => (await api.get(path, key)).body.data
const own = () => `development_id=${api.mine.development_id}`

test('homes bring along their households and facts, as their own addresses tell them', async () => {
  const fact = {
    ...{ development_id: api.mine.development_id, topic: 'parking', key: 'parking.space' },
    ...{ label: 'Parking space', value: '12', source: 'Site plan', recorded_on: '2026-03-01' },
  }
  await api.post('facts', jsonBody({ ...fact, unit_id: api.mine.unit_id }))
  await api.post('facts', jsonBody({ ...fact, key: 'parking.visitors' }))
  const units = await rows(`units?limit=100&${own()}&expand=household,facts`)
  expect(units.length).toBe(75)
  for (const unit of units.slice(0, 3)) {
    expect(unit.household).toEqual((await api.get(`units/${unit.id}/household`)).body.people)
    const listed = await rows(`facts?limit=100&unit_id=${unit.id}`)
    const ids = (unit.facts ?? []).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(listed.map(({ id }) => id).toSorted())
  }
  const mine = units.find(({ id }) => id === api.mine.unit_id)
  expect(mine?.facts).toContainEqual(expect.objectContaining({ unit_id: mine?.id, value: '12' }))
  expect(JSON.stringify(units)).not.toContain('parking.visitors')
  expect(units.some(({ household }) => (household ?? []).length > 1)).toBe(true)
})

test('a part that was not asked for is not there, and the rows, limits and cursors are the same', async () => {
  const plain = await rows(`units?limit=2&${own()}`)
  const first = (await api.get(`units?limit=2&${own()}&expand=facts`)).body
  expect(first.data.map(({ facts, ...row }: Row) => row)).toEqual(plain)
  expect(Object.keys(first.data[0])).not.toContain('household')
  const second = await rows(`units?limit=2&${own()}&expand=household&cursor=${first.next_cursor}`)
  expect(second.map(({ household, ...row }) => row)).toEqual((await rows(`units?limit=4&${own()}`)).slice(2))
  expectError(await api.get('units?limit=101&expand=facts'), 422, 'invalid')
  expect(await rows(`units?development_id=${api.theirs.development_id}&expand=household,facts`)).toEqual([])
})

test('a home brings along its first hundred facts, and no more of one than of another', async () => {
  const [crowded, other] = await rows(`units?limit=2&${own()}`)
  await api.look`insert into facts (id, tenant_id, development_id, unit_id, topic, key, label, value, source, recorded_on)
    select gen_random_uuid(), u.tenant_id, u.development_id, u.id, 'aaa', 'aaa.' || lpad(n::text, 3, '0'), 'A', 'a', 'List', '2026-03-01'
    from units u, generate_series(1, 120) n where u.id = ${crowded?.id ?? ''}`
  const found = await rows(`units?limit=2&${own()}&expand=facts`)
  expect(found[0]?.facts?.map(({ key }) => key)).toEqual(
    Array.from({ length: 100 }, (_, index) => `aaa.${String(index + 1).padStart(3, '0')}`),
  )
  const listed = await rows(`facts?limit=100&unit_id=${other?.id}`)
  expect(found[1]?.facts?.length).toBe(listed.length)
  await api.look`delete from facts where topic = 'aaa'`
})

test('each household of the page sees once that it was opened, and no other', async () => {
  const key = await api.keyWith(['units:read', 'households:read'])
  const opened = async () =>
    (
      await api.look`select a.unit_id from data_access_log a join api_keys k on k.id::text = a.actor_id
        where a.action = 'household.read' and k.name = 'Test' order by a.unit_id`
    ).map(({ unit_id }) => unit_id)
  await api.look`delete from data_access_log where action = 'household.read'`
  const units = await rows(`units?limit=3&${own()}&expand=household`, key)
  await rows(`units?limit=3&${own()}&expand=household`, key)
  expect(await opened()).toEqual(units.map(({ id }) => id).toSorted())
})

test('a part needs its own scope, which the refusal names', async () => {
  const key = await api.keyWith(['units:read'])
  expect((await api.get('units?expand=facts', key)).status).toBe(200)
  const refused = await api.get('units?expand=facts,household', key)
  expectError(refused, 403, 'scope_missing')
  expect(refused.body.error.fields).toEqual([
    { path: 'expand', message: 'household needs the scope households:read' },
  ])
})

test('names that a list does not have are refused with their path', async () => {
  for (const [path, expand] of [
    ['units', 'people'],
    ['units', 'household,'],
    ['units', ''],
    ['units', 'Facts'],
    ['units', 'toString'],
    ['units', 'live_version_details'],
    ['documents', 'household'],
    ['documents', `${'live_version_details,'.repeat(9)}live_version_details`],
  ]) {
    const refused = await api.get(`${path}?expand=${expand}`)
    expectError(refused, 422, 'invalid')
    expect([expand, refused.body.error.fields[0].path]).toEqual([expand, 'expand'])
  }
  expectError(await api.get('house-types?expand=household'), 422, 'invalid')
})

test('documents bring along the version that homes see, and null before there is one', async () => {
  const { id } = (await api.post(`documents?${own()}`, pdfBody(await makePdf()))).body
  const other = (await api.post(`documents?${own()}`, pdfBody(await makePdf()))).body
  await api.look`update documents d set live_version_id = v.id from document_versions v
    where v.document_id = d.id and d.id = ${other.id}`
  const documents = await rows(`documents?limit=100&${own()}&expand=live_version_details`)
  expect(documents.find((each) => each.id === id)?.live_version_details).toBeNull()
  const live = documents.filter((each) => each.live_version_details)
  expect(live.length).toBeGreaterThan(0)
  for (const each of live.slice(0, 2)) {
    const { id: version, number } = each.live_version_details as Row
    expect(number).toBe(each.live_version)
    expect((await api.get(`documents/${each.id}/versions/${version}`)).body).toEqual(
      each.live_version_details,
    )
  }
})

test('a part costs one statement however many rows there are', async () => {
  for (const [path, part] of [
    [`units?${own()}&expand=facts`, /from "facts"/],
    [`units?${own()}&expand=household`, /from "purchasers"/],
    [`units?${own()}&expand=household`, /insert into data_access_log/],
    [`documents?${own()}&expand=live_version_details`, /from "document_versions"/],
  ] as const)
    for (const limit of [1, 100]) {
      const sent = await statementsOf(() => api.get(`${path}&limit=${limit}`))
      expect([path, limit, sent.filter((text) => part.test(text)).length]).toEqual([path, limit, 1])
    }
})
