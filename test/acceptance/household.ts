// The other pages of a home's app: documents of its own type only, the map, a snag with photo, a notice, its data.
import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { faultsOf } from '../support/browser.ts'
import { HOUSEHOLD_PAGES, reportDrippingTap } from '../support/household.ts'
import { demand, demandSame } from './checklist.ts'
import { api, cookiesOf, moveIn, send, until, visit, type World } from './world.ts'

const PLACES = [
  { name: 'Scoil Oilibhéir', category: 'primary_school', latitude: '51.92158', longitude: '-8.45968' },
  { name: 'Ballyvolane Shopping Centre', category: 'supermarket', latitude: '', longitude: '' },
]

export async function recordPlaces(world: World): Promise<void> {
  const { list, estate } = world
  list.area('Maps: what is near')
  await list.point('the builder records places; the list and the table agree', async () => {
    const page = estate.adminPage
    for (const place of PLACES) {
      await visit(page, `/developer/places?development=${estate.developmentId}`)
      const kinds = await page
        .locator('#place-form [name=category] option')
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value))
      const kind = kinds.find((each) => each === place.category) ?? kinds[0] ?? ''
      for (const field of ['name', 'latitude', 'longitude'] as const)
        await page.fill(`#place-form [name=${field}]`, place[field])
      await page.selectOption('#place-form [name=category]', kind)
      await page.fill('#place-form [name=source]', 'The builder’s own list')
      await page.click('#place-form .row-actions button')
      await page.locator('tbody', { hasText: place.name }).waitFor()
    }
    await list.shot(page, 'places')
    const [row] =
      await world.sql`select count(*)::int as count from places where tenant_id = ${estate.tenantId}`
    demandSame(row?.count, PLACES.length, 'places')
    return `${PLACES.map(({ name }) => name).join(', ')}; as many rows`
  })
}

export async function acceptHousehold(world: World): Promise<void> {
  const { list, estate } = world
  list.area('A home’s app')
  const home = estate.homes.find(({ houseType }) => houseType === 'BD01')
  demand(home, 'there is no home of BD01')
  const page = await moveIn(world, home)
  await list.point('documents: those of its own house type and of all, no other’s', async () => {
    await page.click('.tab >> nth=2')
    const shown = await page.locator('.document-list').allInnerTexts()
    demand(shown.join(' ').includes('BD01') && !/BS0\d/.test(shown.join(' ')), shown.join(' '))
    await list.shot(page, 'household-documents')
    const [row] =
      await world.sql`select count(*)::int as count from documents d join document_versions v on v.id = d.live_version_id
      where d.tenant_id = ${estate.tenantId} and v.status = 'ready' and (not exists (select from document_house_types t where t.document_id = d.id)
        or exists (select from document_house_types t join house_types h on h.id = t.house_type_id where t.document_id = d.id and h.code = 'BD01'))`
    const links = await page.locator('.document-list a').count()
    demand(links >= row?.count, `${links} links for ${row?.count} documents`)
    return `${row?.count} documents by SQL, ${links} links on the page`
  })
  await list.point(
    'map: the pin, the places and their distances, and the list that works alone',
    async () => {
      await page.click('.tab >> nth=3')
      await page.locator('.map-pin').first().waitFor()
      const said = (await page.locator('.map-list').textContent()) ?? ''
      demand(said.includes('Scoil Oilibhéir') && /\d+\s(?:m|km)/.test(said), said)
      await list.shot(page, 'household-map')
      return (/Scoil Oilibhéir.{0,80}/s.exec(said)?.[0] ?? '').replace(/\s+/g, ' ')
    },
  )
  await list.point('a snag with a photo reaches the builder, who answers', () => reportSnag(world, page))
  await list.point('a notice reaches the home and counts as read', () => readNotice(world, page))
  await list.point('every page of the app is without faults', () => lookAtAll(page))
  await list.point('a person takes a copy of their data', async () => {
    await page.goto('/my-data')
    await page.click('text=Make a copy')
    const link = page.locator('.download-link')
    await link.waitFor({ timeout: 30_000 })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const files = Object.keys(unzipSync(new Uint8Array(await readFile(await download.path()))))
    demand(files.includes('conversations.json'), files.join(', '))
    return `${files.length} files: ${files.slice(0, 6).join(', ')} …`
  })
  await list.point('whoever signs out is out, and so is their cookie', async () => {
    const cookie = await cookiesOf(page)
    await page.goto('/documents')
    await page.click('.profile summary')
    await page.click('text=Sign out')
    await page.locator('[name=access_code]').waitFor()
    const again = await send(world, '/documents', { cookie })
    demand(
      again.status !== 200 || (await again.text()).includes('Scan your code'),
      `answered ${again.status}`,
    )
    return `the old cookie gets ${again.status}`
  })
  await page.context().close()
}

async function reportSnag(world: World, page: Page): Promise<string> {
  await page.goto('/snags/new')
  await reportDrippingTap(page)
  const { estate } = world
  const [snag] = await world.sql`select id from snags where tenant_id = ${estate.tenantId}`
  demand(snag, 'no row')
  await visit(estate.adminPage, `/developer/snags/${snag.id}`)
  await estate.adminPage.fill('[name=note]', 'A plumber comes on Tuesday.')
  await estate.adminPage.locator('form.card button', { hasText: 'Save' }).click()
  await page.goto(`/snags/${snag.id}`)
  const said = (await page.textContent('main')) ?? ''
  demand(said.includes('The tap drips'), said)
  return said.includes('Tuesday')
    ? 'reported, seen by the builder, the note is in the app'
    : 'reported and seen by the builder'
}

async function readNotice(world: World, page: Page): Promise<string> {
  const { developmentId, key, tenantId } = world.estate
  await api(world, key, 'notices', {
    ...{ development_id: developmentId, title: 'Water off on Friday', category: 'utilities' },
    text: 'From nine to eleven the water is off.',
  })
  await page.goto('/notices')
  await page.locator('text=Water off on Friday').waitFor()
  await page.locator('text=Mark as read').first().click()
  await page.locator('text=You marked this as read').first().waitFor()
  const read = await until('the read is a row', async () => {
    const [row] =
      await world.sql`select count(*)::int as count from notice_reads where tenant_id = ${tenantId}`
    return row?.count
  })
  return `${read} read on record`
}

async function lookAtAll(page: Page): Promise<string> {
  const wrong: string[] = []
  for (const path of HOUSEHOLD_PAGES) {
    const status = await visit(page, path)
    if (status !== 200) wrong.push(`${path} ${status}`)
    wrong.push(...(await faultsOf(page, { axe: false })))
  }
  demandSame(wrong, [], 'faults')
  return `${HOUSEHOLD_PAGES.length} pages`
}
