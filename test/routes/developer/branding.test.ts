// How a builder looks: a colour that can be read or a sentence why not, a logo drawn anew, and how long it keeps what.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import sharp from 'sharp'
import { forgetAttempts } from '#src/access/attempts.ts'
import {
  contrastOnInk,
  contrastOnWhite,
  isLegible,
  nearestLegible,
  shadesOf,
} from '#src/branding/contrast.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { purgeExpired } from '#src/retention.ts'
import { claim, form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let cookie: string
let developer: string
let foreign: string

beforeAll(async () => {
  started = await startBuilderApp()
  ;({ app, look, admin: cookie, developer, foreign } = started)
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const PATH = '/developer/settings/branding'
const open = (path: string, as = cookie) => app.call(path, withCookies(as))
function save(fields: Record<string, string>, logo?: Blob, as = cookie): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  if (logo) body.set('logo', logo, 'logo.png')
  return app.call(PATH, withCookies(as, { method: 'POST', body }))
}
const picture = async () =>
  new Blob([
    await sharp({
      create: { width: 900, height: 300, channels: 4, background: { r: 10, g: 90, b: 60, alpha: 0.5 } },
    })
      .png()
      .toBuffer(),
  ])

test('contrast is that of the standard, and every offered shade is legible', () => {
  expect(contrastOnWhite('#767676')).toBeCloseTo(4.54, 2)
  expect(contrastOnWhite('#000000')).toBe(21)
  expect(contrastOnInk('#ffffff')).toBeGreaterThan(19)
  for (const hex of [
    '#ffffff',
    '#f5d76e',
    '#000000',
    '#00008b',
    '#ff0000',
    '#12ab34',
    '#a8752c',
    '#0c0c0c',
  ]) {
    expect([hex, isLegible(nearestLegible(hex))]).toEqual([hex, true])
    const shades = shadesOf(nearestLegible(hex))
    expect(contrastOnWhite(shades.text)).toBeGreaterThanOrEqual(4.5)
    expect(contrastOnWhite(shades.deep)).toBeGreaterThanOrEqual(7)
    expect(contrastOnInk(shades.hover)).toBeGreaterThanOrEqual(4.5)
  }
})

test.each([
  ['#f5d76e', 'is too light'],
  ['000080', 'is too dark'],
  ['gold', 'six digits'],
])('the colour %s is refused with a sentence and what was typed', async (accent, sentence) => {
  const refused = await save({ accent })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain(sentence)
  expect(text).toContain(`value="${accent}"`)
  const near = /The nearest shade that can be (?:seen|read) is (#[0-9a-f]{6})/.exec(text)?.[1]
  if (accent !== 'gold') expect(isLegible(near as string)).toBe(true)
})

test('a colour is worn by the portal and by the app of the builder’s homes, and by nobody else’s', async () => {
  expect((await save({ accent: '#B07A2E' })).status).toBe(303)
  const home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  const neighbour = app.demo.homes.find(({ tenant }) => tenant === 'harbour-homes')!
  const sheet = '/brand/b07a2e.css'
  expect(await (await open('/developer')).text()).toContain(`href="${sheet}"`)
  expect(await (await open('/home', await claim(app, home))).text()).toContain(`href="${sheet}"`)
  expect(await (await open('/home', await claim(app, neighbour))).text()).not.toContain('/brand/')
  expect(await (await open('/developer', foreign)).text()).not.toContain('/brand/')
  const response = await app.call(sheet)
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(await response.text()).toStartWith(':root{--gold:#b07a2e')
  const etag = response.headers.get('etag') as string
  expect((await app.call(sheet, { headers: { 'if-none-match': etag } })).status).toBe(304)
  for (const path of ['/brand/ffffff.css', '/brand/b07a2e', '/brand/red%7D*%7B.css'])
    expect((await app.call(path)).status).toBe(404)
  for (const as of [developer]) expect((await open(PATH, as)).status).toBe(404)
})

test('a logo is drawn anew on white, seen by the builder’s own people, and goes with its row', async () => {
  expect((await save({ accent: '' }, await picture())).status).toBe(303)
  const [row] = await look`select logo_id, accent from brandings`
  expect(row?.accent).toBeNull()
  const path = `/developer/logo/${row?.logo_id}`
  expect(await (await open('/developer', developer)).text()).toContain(`src="${path}"`)
  const drawn = await open(path, developer)
  expect(drawn.headers.get('content-type')).toBe('image/png')
  const { width, height, hasAlpha, exif } = await sharp(await drawn.bytes()).metadata()
  expect({ width, height, hasAlpha, exif }).toEqual({
    width: 480,
    height: 160,
    hasAlpha: false,
    exif: undefined,
  })
  expect((await open(path, foreign)).status).toBe(404)
  const home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  expect((await open(`/logo/${row?.logo_id}`, await claim(app, home))).status).toBe(200)
  const bad = await save({ accent: '' }, new Blob(['<svg onload="alert(1)"/>']))
  expect(bad.status).toBe(422)
  expect(await bad.text()).toContain('not a JPEG, PNG or WebP')
  expect((await save({ accent: '', removes_logo: 'yes' })).status).toBe(303)
  expect((await open(path)).status).toBe(404)
})

const RETENTION = '/developer/settings/retention'
const DEFAULTS = {
  ...{ qr_scans: '400', rag_log: '180', ingestion_log: '180', imports: '180', mails: '90' },
  data_access_log: '730',
}

test('the page that a printed link opens is the builder’s own, and shows no other builder’s logo', async () => {
  const [mine, theirs] = ['longview-estates', 'harbour-homes'].map(
    (tenant) => app.demo.homes.find((home) => home.tenant === tenant)!,
  )
  const page = async (home: { url: string }) => (await app.call(new URL(home.url).pathname)).text()
  const accent = nearestLegible('#1a6b4f')
  expect((await save({ accent }, await picture())).status).toBe(303)
  const html = await page(mine!)
  expect(html).toContain(`/brand/${accent.slice(1)}.css`)
  const logo = /src="(\/h\/[^"]+)"/.exec(html)?.[1] as string
  const seen = await app.call(logo)
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png'])
  const wrong = await app.call(new URL(mine!.url).pathname, form({ access_code: 'VP-222-2222' }))
  expect(await wrong.text()).toContain(logo)
  const other = await page(theirs!)
  expect(other).not.toContain('/brand/')
  expect(other).not.toContain('/logo/')
  const publicId = new URL(theirs!.url).pathname.split('/')[2] as string
  for (const path of [
    logo.replace(/\/h\/[^/]+/, `/h/${publicId}`),
    logo.replace(/[^/]+$/, crypto.randomUUID()),
  ])
    expect((await app.call(path)).status).toBe(404)
  await save({ accent: '', removes_logo: 'on' })
})

test('periods are held to their bounds, all of them or none', async () => {
  const refused = await app.call(
    RETENTION,
    withCookies(cookie, form({ ...DEFAULTS, data_access_log: '30', mails: '40' })),
  )
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('between 365 and 730')
  expect(text).toContain('value="40"')
  expect((await look`select 1 from retention_periods`).length).toBe(0)
  expect((await open(RETENTION, developer)).status).toBe(404)
})

test('a builder that keeps less loses what is older, and no other builder does', async () => {
  const saved = await app.call(RETENTION, withCookies(cookie, form({ ...DEFAULTS, qr_scans: '40' })))
  expect(saved.status).toBe(303)
  await look`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id, created_at)
    select gen_random_uuid(), tenant_id, id, 'opened', 'r', now() - n * interval '1 day'
    from (select distinct on (tenant_id) tenant_id, id from units order by tenant_id, id) u cross join (values (39), (41)) as ages(n)`
  const counts = await purgeExpired({ signal: new AbortController().signal, progress: () => {} })
  expect(counts.qr_scans).toBe(1)
  const left =
    await look`select t.slug, count(*)::int as n from qr_scans s join tenants t on t.id = s.tenant_id
    where s.request_id = 'r' group by t.slug order by t.slug`
  expect([...left]).toEqual([
    { slug: 'harbour-homes', n: 2 },
    { slug: 'longview-estates', n: 1 },
  ])
  await app.call(RETENTION, withCookies(cookie, form(DEFAULTS)))
  expect((await look`select 1 from retention_periods`).length).toBe(0)
})
