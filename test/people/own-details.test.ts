// What a person corrects of themselves: name and mail address, theirs alone, the address once somebody there answered.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits, policies } from '#src/http/limits.ts'
import { claim, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'
import { prepareTestProcess } from '../support/process.ts'

let app: TestApp
let look: postgres.Sql
let home: TestApp['demo']['homes'][number]
let neighbour: TestApp['demo']['homes'][number]
let first: string
let second: string
let unnamed: string
const MAIL = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'OpenHouse <app@homes.example>' }

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  const homes = app.demo.homes.filter(({ tenant }) => tenant === 'longview-estates')
  home = homes.find(({ purchasers }) => purchasers.length === 2)!
  neighbour = homes.find(({ unit_id, purchasers }) => unit_id !== home.unit_id && purchasers.length > 0)!
  await look`update sessions set revoked_at = now()`
  first = await claim(app, home)
  second = await claim(app, home)
  unnamed = await claim(app, home)
})
afterAll(async () => {
  withMail(false)
  await look.end()
  await app.stop()
})
beforeEach(() => {
  forgetLimits()
  withMail(false)
})

/** What a mail would be sent with; no worker runs, so none is. */
const withMail = (isSetUp: boolean) =>
  prepareTestProcess({
    ...{ DATABASE_URL: app.database.url },
    ...(isSetUp ? MAIL : {}),
  })
const page = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).text()
const post = (path: string, cookie: string, fields: Record<string, string>) =>
  app.call(path, withCookies(cookie, form(fields)))
const correct = (fields: { full_name?: string; email?: string }, cookie = first) =>
  post('/my-data/details', cookie, { full_name: 'Áine Ní Bhriain', email: 'aine@homes.example', ...fields })
const people = async () => [
  ...(await look<{ id: string; full_name: string; email: string | null }[]>`select id, full_name, email
    from purchasers where tenant_id = (select tenant_id from units where id = ${home.unit_id}) order by id`),
]
const own = async () => {
  const [row] = await look`select id, full_name, email from purchasers
    where unit_id = ${home.unit_id} order by position limit 1`
  return row!
}
const noted = async () => {
  const [row] = await look`select l.actor_type, l.actor_id, l.target_id, p.payload from activity_log l
    join activity_payloads p on p.activity_id = l.id where l.action = 'person.corrected' order by l.id desc limit 1`
  return row && { ...row, payload: JSON.parse(row.payload) }
}
const newestMail = async () => (await look`select * from mails order by id desc limit 1`)[0]!
const linkOf = (body: string) => /\/my-data\/address\?token=[\w.-]+/.exec(body)?.[0] ?? ''
const tokenOf = (link: string) => link.split('token=')[1] ?? ''

test('a person corrects their name and address, sees both, and the builder reads what they were', async () => {
  const before = await own()
  const others = (await people()).filter(({ id }) => id !== before.id)
  const answered = await correct({ full_name: '  Áine   Ní Bhriain ' })
  expect([answered.status, answered.headers.get('location')]).toEqual([303, '/my-data?done=saved'])
  expect(await own()).toEqual({ id: before.id, full_name: 'Áine Ní Bhriain', email: 'aine@homes.example' })
  expect((await people()).filter(({ id }) => id !== before.id)).toEqual(others)
  const text = await page('/my-data?done=saved', first)
  expect(text).toContain('value="Áine Ní Bhriain"')
  expect(text).toContain('value="aine@homes.example"')
  expect(text).toContain('Saved.')
  expect(await page('/preferences', first)).toContain('To aine@homes.example.')
  expect(await noted()).toEqual({
    ...{ actor_type: 'purchaser', actor_id: before.id, target_id: before.id },
    payload: {
      fullName: { from: before.full_name, to: 'Áine Ní Bhriain' },
      email: { from: before.email, to: 'aine@homes.example' },
    },
  })
  const staff = await signIn(app, app.demo.admins.find(({ tenant }) => tenant === home.tenant)!)
  expect(await page('/developer/settings/activity?area=people', staff)).toMatch(/correct/i)
})

test('the same again is not noted, and an empty address takes it away', async () => {
  const count = async () =>
    (await look`select count(*)::int as n from activity_log where action = 'person.corrected'`)[0]?.n
  const before = await count()
  await correct({})
  expect(await count()).toBe(before)
  await correct({ email: ' ' })
  expect((await own()).email).toBeNull()
  expect(await count()).toBe(before + 1)
})

test.each([
  [{ full_name: ' ' }, 'Write your name as it should be shown.'],
  [{ full_name: '1234' }, 'Your name has no letters in it.'],
  [{ full_name: 'Á'.repeat(201) }, 'Your name is longer than 200 characters.'],
  [{ full_name: 'Áine\u0007' }, 'Your name has characters that cannot be kept.'],
  [{ email: 'aine at home' }, 'This is not one e-mail address.'],
  [{ email: 'a@b.ie, c@d.ie' }, 'This is not one e-mail address.'],
  [{ email: `${'a'.repeat(250)}@b.ie` }, 'This is not one e-mail address.'],
  [{ email: 'a@b.ie\r\nBcc: c@d.ie' }, 'This is not one e-mail address.'],
])('what cannot be kept is said beside its field, and what was typed stays: %o', async (fields, sentence) => {
  const before = await people()
  const answered = await correct(fields)
  const text = await answered.text()
  expect([answered.status, text.includes(sentence)]).toEqual([422, true])
  expect(text).toContain('aria-invalid="true"')
  expect(text).toContain('full_name' in fields ? 'value="aine@homes.example"' : 'value="Áine Ní Bhriain"')
  expect(await people()).toEqual(before)
})

test('who is not named has nothing to correct, and no stranger gets as far', async () => {
  const before = await people()
  expect(await page('/my-data', unnamed)).toContain('Nobody’s name is recorded for this device')
  expect((await correct({}, unnamed)).status).toBe(404)
  expect(
    (await app.call('/my-data/details', form({ full_name: 'A', email: '' }))).headers.get('location'),
  ).not.toBe('/my-data?done=saved')
  expect(await people()).toEqual(before)
})

test('where mail is set up a new address holds only after its link was answered, and the old one is told', async () => {
  await correct({ email: 'old@homes.example' })
  withMail(true)
  const asked = await correct({ full_name: 'Áine Uí Bhriain', email: 'new@homes.example' })
  expect(asked.headers.get('location')).toBe('/my-data?done=asked')
  expect(await own()).toMatchObject({ full_name: 'Áine Uí Bhriain', email: 'old@homes.example' })
  const mail = await newestMail()
  expect([mail.to_address, mail.unit_id, mail.purchaser_id]).toEqual([
    'new@homes.example',
    home.unit_id,
    (await own()).id,
  ])
  expect(mail.body).not.toContain('Áine')
  expect(mail.body).not.toContain('old@homes.example')
  const link = linkOf(mail.body)
  expect(await page(link, first)).toContain('<strong>new@homes.example</strong>')
  expect((await own()).email).toBe('old@homes.example')
  for (const _ of 'ab') {
    const confirmed = await post('/my-data/address', first, { token: tokenOf(link) })
    expect(confirmed.headers.get('location')).toBe('/my-data?done=confirmed')
  }
  expect((await own()).email).toBe('new@homes.example')
  expect((await noted())?.payload).toEqual({ email: { from: 'old@homes.example', to: 'new@homes.example' } })
  const told =
    await look`select to_address from mails where subject like 'E-mails about your home no longer%'`
  expect(told.map(({ to_address }) => to_address)).toEqual(['old@homes.example'])
})

test('a link serves only the person who asked, unaltered, and says so to everybody else', async () => {
  withMail(true)
  await correct({ email: 'mine@homes.example' })
  const link = linkOf((await newestMail()).body)
  const before = await people()
  const others = [second, unnamed, await claim(app, neighbour)]
  for (const [cookie, token] of [
    ...others.map((cookie) => [cookie, tokenOf(link)] as const),
    [first, `${tokenOf(link)}x`] as const,
    [first, ''] as const,
  ]) {
    expect(await page(`/my-data/address?token=${token}`, cookie)).toContain('This link does not work here')
    const answered = await post('/my-data/address', cookie, { token })
    expect([answered.status, (await answered.text()).includes('does not work here')]).toEqual([422, true])
  }
  expect(await people()).toEqual(before)
})

test('somebody else’s address can be asked for, and leaves them what they are told', async () => {
  withMail(true)
  const [theirs] = await look`update purchasers set email = 'they@homes.example'
    where id = (select id from purchasers where unit_id = ${neighbour.unit_id} order by position limit 1)
    returning id, full_name, email`
  await correct({ email: 'they@homes.example' })
  expect((await own()).email).not.toBe('they@homes.example')
  expect((await people()).find(({ id }) => id === theirs?.id)).toEqual(theirs as never)
})

test('no more mails than a few an hour can be asked for', async () => {
  const statuses = []
  for (let index = 0; index <= policies.own_details.burst; index++)
    statuses.push((await correct({ full_name: `Áine ${'x'.repeat(index)}` })).status)
  expect(statuses.slice(0, -1).every((status) => status === 303)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
})
