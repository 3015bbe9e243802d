// From nothing to a live development: the operator's form, the admin's link, homes, cards, documents, facts, a household.
import type { Page } from 'playwright-core'
import { demoTenants } from '#src/demo/estates.ts'
import type { DemoDevelopment, DemoFact } from '#src/demo/model.ts'
import { faultsOf } from '../support/browser.ts'
import { demand, demandSame } from './checklist.ts'
import {
  api,
  DESKTOP,
  type Estate,
  type Home,
  moveIn,
  open,
  send,
  signIn,
  until,
  visit,
  type World,
} from './world.ts'

const TYPES = ['BS01', 'BS02', 'BD01']
const HOMES_A_TYPE = 2
/** Of the whole development, by their titles in the demonstration, and a floor plan of two types. */
const DOCUMENTS_MAX = 12

/** Longview Park as the demonstration knows it, without anything being seeded. */
const model = (): DemoDevelopment => {
  const found = demoTenants()
    .flatMap(({ developments }) => developments)
    .find(({ slug }) => slug === 'longview-park')
  if (!found) throw new Error('the demonstration has no Longview Park')
  return found
}
const modelHomes = () =>
  TYPES.flatMap((code) =>
    model()
      .units.filter(({ houseTypeCode }) => houseTypeCode === code)
      .slice(0, HOMES_A_TYPE),
  )

export async function onboard(world: World): Promise<void> {
  const { list } = world
  list.area('Onboarding: from an empty builder to a live development')
  await list.point('the operator signs in', async () => {
    world.operatorPage = await open(world, DESKTOP)
    const before = world.operator.totpSecret
    world.operator.totpSecret = await signIn(world.operatorPage, 'admin', world.operator, before)
    await list.shot(world.operatorPage, 'operator-overview')
    return world.operator.totpSecret
      ? 'with password and authenticator code'
      : 'with a password, at a loopback address'
  })
  const run = Date.now().toString(36)
  await list.point(
    'a builder, its first admin and its first development are set up in one form',
    async () => {
      world.estate = await setUp(world, `acceptance-${run}`, 'Acceptance Homes')
      return `${world.estate.slug}; the admin chose a password at a link that works once`
    },
  )
  await list.point('homes come from a list: checked first, then imported whole', () =>
    bringHomes(world, world.estate, true),
  )
  await list.point('cards with link and code are printed', () => printCards(world, world.estate, true))
  await list.point('documents are dropped in and each becomes ready', () => bringDocuments(world))
  await list.point('facts of rooms, energy, contacts and emergencies are recorded', () => recordFacts(world))
  await list.point('a household moves in with the printed link and code, and is welcomed by name', () =>
    welcome(world),
  )
  await list.point('a second builder with same-looking rows is set up beside it', async () => {
    world.other = await setUp(world, `beside-${run}`, 'Beside Homes')
    await bringHomes(world, world.other, false)
    return printCards(world, world.other, false)
  })
}

async function setUp(world: World, slug: string, name: string): Promise<Estate> {
  const page = world.operatorPage
  const { addressLine, locality, county } = model()
  await visit(page, '/admin/provision')
  const email = `ann@${slug}.example`
  for (const [field, value] of Object.entries({
    ...{ name, slug, admin_name: 'Ann Byrne', admin_email: email, development: 'Longview Park' },
    ...{ address: addressLine, locality, county },
  }))
    await page.fill(`[name=${field}]`, value)
  await page.click('text=Set it up')
  const link = new URL((await page.textContent('#invitation')) ?? '')
  const [row] = await world.sql<{ id: string; tenant_id: string }[]>`
    select d.id, d.tenant_id from developments d join tenants t on t.id = d.tenant_id where t.slug = ${slug}`
  demand(row, 'the builder is not there')
  const admin = { email, password: `kept-by-ann-${slug}` }
  const adminPage = await open(world, DESKTOP)
  await adminPage.goto(link.pathname)
  await adminPage.fill('[name=password]', admin.password)
  await adminPage.click('main button')
  await adminPage.waitForURL('**/developer/sign-in')
  await signIn(adminPage, 'developer', admin)
  demandSame((await send(world, link.pathname)).status, 404, 'the link of the invitation, used again')
  const key = await makeKey(adminPage, 'Acceptance, everything')
  return { ...{ slug, tenantId: row.tenant_id, developmentId: row.id, admin, adminPage, key }, homes: [] }
}

/** With every scope there is, or only those named. */
export async function makeKey(page: Page, name: string, scopes?: string[]): Promise<string> {
  await visit(page, '/developer/settings/api-keys')
  await page.fill('#make-key [name=name]', name)
  for (const box of await page.locator('#make-key [name=scopes]').all())
    if (!scopes || scopes.includes((await box.getAttribute('value')) ?? '')) await box.check()
  await page.click('#make-key form button')
  return (await page.locator('#new-key .one-time').textContent())?.trim() ?? ''
}

async function bringHomes(world: World, estate: Estate, isLookedAt: boolean): Promise<string> {
  const { developmentId, tenantId, key } = estate
  const { latitude, longitude, houseTypes } = model()
  await api(world, key, `developments/${developmentId}`, { latitude, longitude }, 'PATCH')
  for (const type of houseTypes.filter(({ code }) => TYPES.includes(code)))
    await api(world, key, 'house-types', {
      ...{ development_id: developmentId, code: type.code, name: type.name },
      ...{ typical_bedrooms: type.typicalBedrooms, typical_floor_area_m2: type.typicalFloorAreaM2 },
    })
  const rows = modelHomes().map((home) =>
    [
      home.number,
      home.addressLine,
      home.houseTypeCode,
      home.bedrooms,
      home.floorAreaM2,
      home.handedOverOn ?? '',
      home.purchasers.map(({ fullName }) => fullName).join('; '),
    ]
      .map((cell) => `"${cell ?? ''}"`)
      .join(','),
  )
  const csv = ['number,address,house type,bedrooms,floor area m2,handover,purchasers', ...rows].join('\n')
  const page = world.operatorPage
  await visit(page, `/admin/provision/${tenantId}/${developmentId}`)
  await page.setInputFiles('[name=file]', {
    name: 'homes.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv),
  })
  await page.click('text=Check the list')
  await page.locator('#provision-state .badge', { hasText: /^\s*Checked/ }).waitFor()
  const [checked] =
    await world.sql`select create_count, error_count from imports where tenant_id = ${tenantId}`
  demandSame(checked, { create_count: rows.length, error_count: 0 }, 'the list as it was checked')
  if (isLookedAt) await world.list.shot(page, 'import-checked')
  await page.click('form[action$="/confirmation"] button')
  await page.locator('#provision-state', { hasText: `${rows.length} homes so far.` }).waitFor()
  const [count] =
    await world.sql`select count(*)::int as units, count(distinct house_type_id)::int as types from units where tenant_id = ${tenantId}`
  demandSame(count, { units: rows.length, types: TYPES.length }, 'rows')
  return `${rows.length} homes of ${TYPES.length} types; the page and the table of units agree`
}

async function printCards(world: World, estate: Estate, isLookedAt: boolean): Promise<string> {
  const page = world.operatorPage
  await visit(page, `/admin/provision/${estate.tenantId}/${estate.developmentId}`)
  await page.click('text=Show the cards with their codes')
  await page.locator('.home-card').first().waitFor()
  if (isLookedAt) await world.list.shot(page, 'cards')
  const units = await world.sql<{ id: string; number: string; code: string }[]>`
    select u.id, u.number, h.code from units u join house_types h on h.tenant_id = u.tenant_id and h.id = u.house_type_id
    where u.tenant_id = ${estate.tenantId}`
  for (const card of await page.locator('.home-card').all()) {
    const number = ((await card.locator('.home-card-number').textContent()) ?? '').replace('No.', '').trim()
    const unit = units.find((each) => each.number === number)
    demand(unit, `no home has the number ${number}`)
    const url = new URL(`http://${await card.locator('.home-card-url').textContent()}`)
    const code = ((await card.locator('.access-code').textContent()) ?? '').trim()
    estate.homes.push({
      unitId: unit.id,
      path: url.pathname,
      code,
      number,
      houseType: unit.code,
    } satisfies Home)
  }
  demandSame(estate.homes.length, units.length, 'cards')
  return `${units.length} cards, each with a QR code, a link and an access code`
}

async function bringDocuments(world: World): Promise<string> {
  const { adminPage: page, developmentId, tenantId, key } = world.estate
  const wanted = model()
    .documents.filter(
      ({ houseTypeCodes, unitNumber, kind }) =>
        !unitNumber &&
        (houseTypeCodes.length === 0 ||
          (kind === 'floor_plan' && houseTypeCodes.every((code) => TYPES.includes(code)))),
    )
    .slice(0, DOCUMENTS_MAX)
  const [first, second, ...rest] = wanted
  demand(first && second, 'there are no documents to bring')
  await visit(page, `/developer/documents?development=${developmentId}`)
  await page.setInputFiles('#file', [
    ...(await Promise.all(
      [first, second].map(async (document) => ({
        ...{
          name: document.fileName,
          mimeType: 'application/pdf',
          buffer: Buffer.from(await document.build()),
        },
      })),
    )),
    {
      name: 'damaged.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.4\n${'damaged '.repeat(100)}`),
    },
    { name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>not a PDF</html>') },
  ])
  await page.click('.upload-actions button')
  await page.locator('.upload-item', { hasText: 'The file is not a PDF' }).waitFor()
  for (const document of rest) {
    const query = new URLSearchParams({
      development_id: developmentId,
      title: document.title,
      kind: document.kind,
    })
    if (document.houseTypeCodes.length > 0) query.set('house_types', document.houseTypeCodes.join(','))
    const response = await send(world, `/api/v1/documents?${query}`, {
      ...{ key, method: 'POST', body: new Uint8Array(await document.build()) },
      headers: { 'content-type': 'application/pdf' },
    })
    demandSame(response.status, 202, document.title)
  }
  const count = await until('all documents are read', async () => {
    const [row] = await world.sql`select count(*) filter (where v.status = 'ready')::int as ready,
      count(*) filter (where v.status = 'failed')::int as failed, count(*)::int as all, string_agg(distinct v.failure_code, ', ') as codes
      from document_versions v where v.tenant_id = ${tenantId}`
    return row && row.ready + row.failed === row.all && row.all > rest.length ? row : null
  })
  demandSame([count.ready, count.failed], [wanted.length, 1], `ready and failed documents (${count.codes})`)
  await visit(page, `/developer/documents?development=${developmentId}`)
  await page.locator('tbody tr', { hasText: 'The PDF is damaged' }).waitFor()
  await world.list.shot(page, 'documents')
  return `${count.ready} ready (two through the page, the others by API), a damaged one says why, a page of HTML was refused`
}

async function recordFacts(world: World): Promise<string> {
  const { developmentId, key, homes } = world.estate
  const { data: types } = await api<{ data: { id: string; code: string }[] }>(
    world,
    key,
    `house-types?development_id=${developmentId}`,
  )
  const record = async (fact: DemoFact, place: { house_type_id?: string; unit_id?: string }) =>
    api(world, key, 'facts', {
      ...{
        development_id: developmentId,
        topic: fact.topic,
        key: fact.key,
        label: fact.label,
        value: fact.value,
      },
      ...{ source: fact.source, recorded_on: fact.recordedOn, ...place },
      ...{ length_m: fact.lengthM, width_m: fact.widthM, area_m2: fact.areaM2 },
    })
  let count = 0
  for (const fact of model().facts) {
    const type = fact.houseTypeCode === null ? null : types.find(({ code }) => code === fact.houseTypeCode)
    if (type === undefined) continue
    await record(fact, type ? { house_type_id: type.id } : {})
    count += 1
  }
  for (const unit of modelHomes())
    for (const fact of unit.facts) {
      const home = homes.find(({ number }) => number === unit.number)
      demand(home, `there is no home ${unit.number}`)
      await record(fact, { unit_id: home.unitId })
      count += 1
    }
  const [{ rows = 0 } = {}] =
    await world.sql`select count(*)::int as rows from facts where tenant_id = ${world.estate.tenantId}`
  demandSame(rows, count, 'facts')
  return `${count} facts, as many rows`
}

async function welcome(world: World): Promise<string> {
  const [home] = world.estate.homes
  demand(home, 'there is no home')
  const page = await moveIn(world, home)
  await world.list.shot(page, 'household-chat')
  demandSame(await faultsOf(page, { axe: true }), [], 'the chat')
  const [unit] =
    await world.sql`select claimed_at is not null as claimed from units where id = ${home.unitId}`
  demandSame(unit, { claimed: true }, 'the home’s row')
  await page.context().close()
  return `No. ${home.number} claimed; the app shows no fault to axe`
}
