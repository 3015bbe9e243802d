// The builder's places and site map: recorded and corrected by hand, kinds switched off, pins put right.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, claim, form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let cookie: string
let foreignCookie: string
let development: string
let tenant: string

beforeAll(async () => {
  started = await startBuilderApp()
  ;({ app, look, admin: cookie, foreign: foreignCookie, development, tenant } = started)
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const open = (path: string, as = cookie) => app.call(path, withCookies(as))
const post = (path: string, fields: Record<string, string> = {}, as = cookie) =>
  app.call(path, withCookies(as, form(fields)))
const placesPath = () => `/developer/places?development=${development}`
const CREPERIE = {
  ...{ name: 'The Glen Crêperie', category: 'cafe', latitude: '51.9270', longitude: '-8,4541' },
  source: 'Recorded by staff',
}

test('a place recorded by hand is shown to homes at once, with its source', async () => {
  expect((await post(placesPath(), CREPERIE)).headers.get('location')).toContain('done=recorded')
  const page = await (await open(placesPath())).text()
  expect(page).toContain('The Glen Crêperie')
  expect(page).toContain('By hand')
  const home = app.demo.homes.find(({ tenant: of }) => of === 'longview-estates')!
  expect(await (await open('/map', await claim(app, home))).text()).toContain('The Glen Crêperie')
  const again = await post(placesPath(), CREPERIE)
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('There is a place of this kind and name already')
})

test.each([
  [{ name: '' }, 'Give the place its name.'],
  [{ latitude: '', name: 'Half' }, 'Type the latitude as a number'],
  [{ latitude: 'north', name: 'Words' }, 'Type the latitude as a number'],
  [{ latitude: '40.0', name: 'Spain' }, 'In Ireland the latitude is between'],
  [{ latitude: '53.34', longitude: '-6.26', name: 'Dublin' }, 'km from the development'],
  [{ category: 'casino', name: 'Chance' }, 'Choose what kind of place it is.'],
  [{ source: ' ', name: 'Rumour' }, 'Say where you know it from.'],
])('%p is refused with what was typed', async (change, sentence) => {
  const refused = await post(placesPath(), { ...CREPERIE, ...change })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain(sentence)
  if (change.name) expect(text).toContain(`value="${change.name}"`)
})

test('a fetched place that is corrected becomes one of staff, and is the only one of its name', async () => {
  const id = Bun.randomUUIDv7()
  await look`insert into places (id, tenant_id, development_id, category, name, latitude, longitude, source, recorded_on, provider, external_id, fetched_at, expires_at)
    values (${id}, ${tenant}, ${development}, 'pharmacy', 'Old Pharmacy', 51.93, -8.45, 'OSM', current_date, 'overpass', 'n1', now(), now() + interval '30 days')`
  const page = await (await open(`${placesPath()}&edit=${id}`)).text()
  expect(page).toContain('no refresh replaces it')
  const saved = await post(`/developer/places/${id}`, {
    ...{
      name: 'New Pharmacy',
      category: 'pharmacy',
      latitude: '51.931',
      longitude: '-8.451',
      source: 'Staff',
    },
  })
  expect(saved.status).toBe(303)
  const rows = await look`select name, provider, latitude from places where name like '% Pharmacy'`
  expect([...rows]).toEqual([{ name: 'New Pharmacy', provider: null, latitude: 51.931 }])
  const [mine] = await look`select id from places where name = 'New Pharmacy'`
  expect((await post(`/developer/places/${mine?.id}`, CREPERIE)).status).toBe(422)
  for (const path of [`/developer/places/${mine?.id}`, `/developer/places/${mine?.id}/removal`])
    expect((await post(path, CREPERIE, foreignCookie)).status).toBe(404)
  expect((await post(`/developer/places/${mine?.id}/removal`)).status).toBe(303)
  expect((await look`select 1 from places where name = 'New Pharmacy'`).length).toBe(0)
})

test('a kind that is switched off stays on record and is told to no home', async () => {
  const kinds = [...(await look`select distinct category from places where development_id = ${development}`)]
  const shown = kinds.map(({ category }) => category as string).filter((category) => category !== 'cafe')
  const body = new URLSearchParams(shown.map((category) => ['shown', category]))
  const saved = await app.call(`/developer/places/kinds?development=${development}`, {
    ...withCookies(cookie, form({})),
    body: body.toString(),
  })
  expect(saved.status).toBe(303)
  expect(await (await open(placesPath())).text()).toContain('Not shown: its kind is switched off')
  const home = app.demo.homes.find(({ tenant: of }) => of === 'longview-estates')!
  expect(await (await open('/map', await claim(app, home))).text()).not.toContain('The Glen Crêperie')
  const key = app.demo.api_keys.find(({ tenant: of }) => of === 'longview-estates')!.key
  const listed = (await (
    await app.call(`/api/v1/places?limit=100&development_id=${development}`, bearer(key))
  ).json()) as { data: { name: string; is_shown: boolean }[] }
  expect(listed.data.find(({ name }) => name === 'The Glen Crêperie')?.is_shown).toBe(false)
  expect((await post(`/developer/places/kinds?development=${development}`, {}, foreignCookie)).status).toBe(
    404,
  )
})

test('fetching again says so where no source is set up', async () => {
  expect((await post(`/developer/places/refresh?development=${development}`)).status).toBe(409)
  expect(await (await open(placesPath())).text()).toContain('No source of places is set up on this server')
})

const siteMap = async (query = '') =>
  (await open(`/developer/site-map?development=${development}${query}`)).text()
const homesIn = (page: string) =>
  [...page.matchAll(/class="cell-title"><a href="\/developer\/homes\/([^"]+)"/g)].length

test('the site map lists every home, and those without a certain place', async () => {
  await look`update units set latitude = 51.9266, longitude = -8.4531 where development_id = ${development} and latitude is null`
  const [first, second] =
    await look`select id from units where development_id = ${development} order by number::int`
  await look`update units set latitude = null, longitude = null, geocode_failure_code = 'geocode_no_match' where id = ${first?.id}`
  await look`update units set latitude = 51.9265, longitude = -8.4532, location_source = 'geocoded', geocode_quality = 'street', geocoded_at = now() where id = ${second?.id}`
  expect(homesIn(await siteMap())).toBe(50)
  const missing = await siteMap('&position=missing')
  expect(homesIn(missing)).toBe(1)
  expect(missing).toContain('1 home without a position')
  expect(missing).toContain('The address was not found.')
  const problems = await siteMap('&position=problem')
  expect(homesIn(problems)).toBe(2)
  expect(problems).toContain('Only the street was found.')
  const pins = async (query = '') =>
    (await (await open(`/developer/site-map/pins.json?development=${development}${query}`)).json()) as {
      pins: unknown[][]
    }
  expect((await pins()).pins).toHaveLength(74)
  expect((await pins('&position=problem')).pins).toEqual([[second?.id, '2', 51.9265, -8.4532, false, false]])
  for (const path of ['site-map', 'site-map/pins.json'])
    expect((await open(`/developer/${path}?development=${development}`, foreignCookie)).status).toBe(404)
})

test('a pin is typed, refused when it cannot be, noted, and taken away again', async () => {
  const [unit] = await look`select id from units where development_id = ${development} and number = '1'`
  const path = `/developer/homes/${unit?.id}/pin`
  expect(await siteMap(`&home=${unit?.id}`)).toContain('data-chosen')
  const far = await post(path, { latitude: '53.3', longitude: '-6.2' })
  expect(far.status).toBe(422)
  const refused = await far.text()
  expect(refused).toContain('km from the development')
  expect(refused).toContain('value="53.3"')
  expect((await post(path, { latitude: '51.92661', longitude: '-8.45311' }, foreignCookie)).status).toBe(404)
  const saved = await post(path, { latitude: '51.92661', longitude: '-8.45311' })
  expect(saved.headers.get('location')).toContain('done=pinned')
  const stored = () =>
    look`select latitude, longitude, location_source, geocode_failure_code from units where id = ${unit?.id}`
  expect([...(await stored())]).toEqual([
    {
      ...{ latitude: 51.92661, longitude: -8.45311 },
      ...{ location_source: 'entered', geocode_failure_code: null },
    },
  ])
  const [noted] = await look`select count(*)::int as n from activity_log where action = 'home.pinned'`
  expect(noted?.n).toBe(1)
  expect((await post(path, {})).status).toBe(303)
  expect((await stored())[0]).toMatchObject({ latitude: null, location_source: null })
})
