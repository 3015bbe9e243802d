// Every kind of token: accepted where it belongs, refused elsewhere, when it is tampered with and when it is over.
import { demand, demandSame } from './checklist.ts'
import { makeKey } from './onboarding.ts'
import { api, cookiesOf, moveIn, send, visit, type World } from './world.ts'

const tampered = (token: string) => token.slice(0, -3) + (token.endsWith('AAA') ? 'BBB' : 'AAA')

export async function acceptTokens(world: World): Promise<void> {
  const { list, estate } = world
  list.area('Tokens')
  await list.point(
    'API key: works, not elsewhere, not tampered, not beyond its scopes, not once revoked',
    () => keys(world),
  )
  await list.point('household’s session: works, not tampered, not in portal, console or API', () =>
    household(world),
  )
  await list.point('staff’s session: works, not in the console, the app or the API', async () => {
    const cookie = await cookiesOf(estate.adminPage)
    demandSame((await send(world, '/developer', { cookie })).status, 200, 'the portal')
    demandSame((await send(world, '/admin', { cookie })).status, 404, 'the console')
    demandSame((await send(world, '/api/v1/units', { cookie })).status, 401, 'the API')
    demand((await send(world, '/documents', { cookie })).status !== 200, 'the app opened')
    demand((await send(world, '/developer', { cookie: broken(cookie) })).status !== 200, 'a tampered one')
    return 'portal 200, console 404, API 401, app and tampered refused'
  })
  await list.point('operator’s session: works, and reads no home’s app', async () => {
    const cookie = await cookiesOf(world.operatorPage)
    demandSame((await send(world, '/admin', { cookie })).status, 200, 'the console')
    demandSame((await send(world, '/api/v1/units', { cookie })).status, 401, 'the API')
    demand((await send(world, '/documents', { cookie })).status !== 200, 'the app opened')
    return world.operator.totpSecret
      ? 'console 200 after password and code; app and API refused'
      : 'console 200; app and API refused'
  })
  await list.point(
    'signed download: for whom it was made, not tampered, and no session is needed to be refused',
    () => downloads(world),
  )
  await list.point('contractor’s link: opens its snag, not tampered, not once withdrawn', () =>
    contractor(world),
  )
  await list.point('private calendar: opens with its address, not tampered', () => calendar(world))
  await list.point('printed code: a wrong one is told, the right one opens, a rotated one is dead', () =>
    rotate(world),
  )
  await list.point('a request of another site changes nothing', async () => {
    const cookie = await cookiesOf(estate.adminPage)
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    const response = await send(world, '/developer/settings/api-keys', {
      cookie,
      form: { name: 'x' },
      headers: foreign,
    })
    demandSame(response.status, 403, 'the form of another site')
    return '403'
  })
}

/** The session with its last characters changed. */
const broken = (cookie: string) => cookie.split('; ').map(tampered).join('; ')

async function keys(world: World): Promise<string> {
  const page = world.estate.adminPage
  const narrow = await makeKey(page, 'Acceptance, reads units', ['units:read'])
  const status = async (path: string, key: string) => (await send(world, path, { key })).status
  const found = {
    allowed: await status('/api/v1/units', narrow),
    beyond_scope: await status('/api/v1/documents', narrow),
    tampered: await status('/api/v1/units', tampered(narrow)),
    none: (await send(world, '/api/v1/units')).status,
    portal: await status('/developer', narrow),
  }
  demandSame(
    [found.allowed, found.beyond_scope, found.tampered, found.none],
    [200, 403, 401, 401],
    'statuses',
  )
  demand(found.portal !== 200, 'the portal opened with a key')
  await visit(page, '/developer/settings/api-keys')
  await page.locator('tbody tr', { hasText: 'Acceptance, reads units' }).locator('form button').click()
  await page.locator('tbody tr', { hasText: 'Acceptance, reads units' }).locator('text=Revoked').waitFor()
  demandSame(await status('/api/v1/units', narrow), 401, 'revoked')
  return `${JSON.stringify(found)}, revoked 401`
}

async function household(world: World): Promise<string> {
  const [home] = world.estate.homes
  demand(home, 'there is no home')
  const page = await moveIn(world, home)
  const cookie = await cookiesOf(page)
  await page.context().close()
  demandSame((await send(world, '/documents', { cookie })).status, 200, 'the app')
  const elsewhere = [
    (await send(world, '/developer', { cookie })).status,
    (await send(world, '/admin', { cookie })).status,
    (await send(world, '/api/v1/units', { cookie })).status,
  ]
  demand(!elsewhere.includes(200), `elsewhere: ${elsewhere.join(', ')}`)
  const bad = await send(world, '/documents', { cookie: broken(cookie) })
  demand(bad.status !== 200, 'a tampered session was taken')
  return `app 200; portal, console, API ${elsewhere.join(', ')}; tampered ${bad.status}`
}

async function downloads(world: World): Promise<string> {
  const { key } = world.estate
  const { data } = await api<{ data: { id: string; status: string }[] }>(world, key, 'documents?limit=20')
  const document = data.find(({ status }) => status === 'ready')
  demand(document, 'no document is ready')
  const given = await send(world, `/api/v1/documents/${document.id}/download`, { key })
  const location = given.headers.get('location') ?? ((await given.json()) as { url?: string }).url ?? ''
  const path = new URL(location, world.url).pathname
  demand(path.startsWith('/files/'), `no signed address: ${given.status} ${location}`)
  const good = await send(world, path)
  const bytes = (await good.arrayBuffer()).byteLength
  demandSame([good.status, good.headers.get('content-type')], [200, 'application/pdf'], 'the signed address')
  const bad = (await send(world, tampered(path))).status
  demandSame(bad, 404, 'tampered')
  demandSame((await send(world, '/files/nonsense')).status, 404, 'nonsense')
  return `${bytes} bytes of PDF; tampered ${bad}`
}

async function contractor(world: World): Promise<string> {
  const { adminPage: page, developmentId, tenantId } = world.estate
  const cookie = await cookiesOf(page)
  const [snag] = await world.sql`select id from snags where tenant_id = ${tenantId}`
  const made = await send(world, `/developer/contractor-links?development=${developmentId}`, {
    ...{ cookie, form: { contractor: 'Pipe & Sons', days: '7', snags: snag?.id ?? '' } },
  })
  const path = /\/contractor\/[\w-]+/.exec(await made.text())?.[0] ?? ''
  demand(path, `no link was shown (${made.status})`)
  const statuses = [(await send(world, path)).status, (await send(world, tampered(path))).status]
  demandSame(statuses, [200, 404], 'good and tampered')
  const [link] = await world.sql`select id from contractor_links where tenant_id = ${tenantId}`
  await send(world, `/developer/contractor-links/${link?.id}/withdrawal`, { cookie, form: {} })
  const after = (await send(world, path)).status
  demandSame(after, 404, 'withdrawn')
  return 'good 200, tampered 404, withdrawn 404'
}

async function calendar(world: World): Promise<string> {
  const [home] = world.estate.homes
  demand(home, 'there is no home')
  const page = await moveIn(world, home)
  const cookie = await cookiesOf(page)
  await page.context().close()
  const made = await send(world, '/maintenance/calendar', { cookie, form: {} })
  const body =
    made.status === 303
      ? await (await send(world, made.headers.get('location') ?? '', { cookie })).text()
      : await made.text()
  const path = /\/calendar\/[\w-]+\.ics/.exec(body)?.[0] ?? ''
  demand(path, `no address was shown (${made.status})`)
  const good = await send(world, path)
  demandSame(good.status, 200, 'the address')
  demand((await good.text()).startsWith('BEGIN:VCALENDAR'), 'no calendar')
  const bad = (await send(world, path.replace(/.{3}\.ics$/, 'AAA.ics'))).status
  demandSame(bad, 404, 'tampered')
  return 'good 200, tampered 404'
}

async function rotate(world: World): Promise<string> {
  const home = world.estate.homes.at(-1)
  demand(home, 'there is no home')
  const claim = (path: string, code: string) => send(world, path, { form: { access_code: code } })
  const wrong = (await claim(home.path, 'AB-234-CDEF')).status
  demand(![200, 303].includes(wrong), `a wrong code got ${wrong}`)
  demandSame((await claim(home.path, home.code)).status, 303, 'the right code')
  const cookie = await cookiesOf(world.estate.adminPage)
  for (const act of ['access-code/rotation', 'link/rotation'])
    demand(
      (await send(world, `/developer/homes/${home.unitId}/${act}`, { cookie, form: {} })).status < 400,
      act,
    )
  const old = await send(world, home.path)
  demandSame(old.status, 404, 'the old link')
  return `wrong ${wrong}, right 303, after both were rotated ${old.status}`
}
