// The map's page: the list is complete without scripts, measured from the right pin, and only of this home's development.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { claim, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { prepareTestProcess } from '../../support/process.ts'

let app: TestApp
let look: postgres.Sql
let cookie: string
let home: TestApp['demo']['homes'][number]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  cookie = await claim(app, home)
})
afterAll(async () => {
  prepareTestProcess({ NODE_ENV: 'test' })
  await look.end()
  await app.stop()
})

const open = async (query = '') => {
  const response = await app.call(`/map${query}`, withCookies(cookie))
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const placeId = async (name: string) =>
  (await look`select id from places where name = ${name} and development_id = ${home.development_id}`)[0]?.id

test('the list names what is near with distance, source and date, and says what has no pin', async () => {
  const { status, text } = await open()
  expect(status).toBe(200)
  expect(text).toContain('Scoil Oilibhéir, Dublin Hill')
  expect(text).toContain('Longview Estates site survey · recorded 16 Feb 2026')
  expect(text).toMatch(/St Aidan’s Community College.*Not on the map/s)
  expect(text).toContain('rel="noopener noreferrer"')
  expect(text).not.toContain('Harbour')
})

test('a place that is asked for by its address stands open, also beside another kind', async () => {
  const id = await placeId('Scoil Oilibhéir, Dublin Hill')
  for (const query of [`?place=${id}`, `?place=${id}&category=shops`])
    expect((await open(query)).text).toMatch(new RegExp(`id="place-${id}" open`))
  expect((await open('?category=shops')).text).not.toContain('Scoil')
})

test('an unknown place opens the map, a nonsense one is refused', async () => {
  expect((await open(`?place=${crypto.randomUUID()}`)).status).toBe(200)
  expect((await open('?place=x')).status).toBe(422)
  expect((await open('?category=everything')).status).toBe(422)
})

test('a home without a pin of its own stands at its development, and the page says so', async () => {
  await look`update units set latitude = null, longitude = null where id = ${home.unit_id}`
  const { text } = await open()
  expect(text).toContain('the pin is approximate and stands at Longview Park')
  expect(text).toContain('data-latitude="51.9265"')
})

test('tiles are allowed on the map alone, and only from where they are set to come', async () => {
  expect((await open()).headers.get('content-security-policy')).toContain("img-src 'self' data:;")
  prepareTestProcess({ MAP_TILES_URL: 'https://tiles.example/{z}/{x}/{y}.png' })
  const { text, headers } = await open()
  expect(headers.get('content-security-policy')).toContain("img-src 'self' data: https://tiles.example;")
  expect(text).toContain('data-tiles="https://tiles.example/{z}/{x}/{y}.png"')
  const other = await app.call('/home', withCookies(cookie))
  expect(other.headers.get('content-security-policy')).not.toContain('tiles.example')
})

test('without any place the page says that nobody has recorded one', async () => {
  await look`delete from places where development_id = ${home.development_id}`
  expect((await open()).text).toContain('No places on record yet')
})
