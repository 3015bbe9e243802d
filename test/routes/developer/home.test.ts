// A home's page in the builder's portal: correcting it without scripts, with what was typed kept, and taking it back.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

const reason = 'The contracts of two homes were mixed up.'

let app: TestApp
let look: postgres.Sql
let cookie: string
let home: { id: string; number: string }
let empty: { id: string; number: string }
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  cookie = await signIn(app, app.demo.admins.find((person) => person.tenant === 'longview-estates')!)
  const homes = await look<{ id: string; number: string; people: number }[]>`
    select u.id, u.number, count(p.id)::int as people from units u left join purchasers p on p.unit_id = u.id
    where u.development_id = (select id from developments where slug = 'longview-park') group by u.id order by u.id`
  home = homes.find((each) => each.people > 0)!
  empty = homes.find((each) => each.people === 0)!
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(forgetLimits)

const page = (id = home.id) => app.call(`/developer/homes/${id}`, withCookies(cookie))
const repair = (fields: Record<string, string>, as = cookie) =>
  app.call(`/developer/homes/${home.id}/repairs`, withCookies(as, form(fields)))
const people = async (unitId: string) => [
  ...(await look`select id, full_name from purchasers where unit_id = ${unitId} order by position`),
]

test('the household moves with a form, and comes back with Undo', async () => {
  const [person, ...others] = await people(home.id)
  expect(await (await page()).text()).toContain(`value="${person?.id}"`)
  const moved = await repair({ kind: 'move', purchaser_ids: person?.id, to_number: empty.number, reason })
  expect([moved.status, moved.headers.get('location')]).toEqual([
    303,
    `/developer/homes/${home.id}?done=repaired`,
  ])
  expect(await people(empty.id)).toEqual([person as never])
  const after = await (await app.call(moved.headers.get('location') as string, withCookies(cookie))).text()
  expect(after).toContain('print their cards again')
  const action = /action="([^"]*\/undo)"/.exec(after)?.[1] as string
  const undone = await app.call(action, withCookies(cookie, { method: 'POST' }))
  expect(undone.headers.get('location')).toBe(`/developer/homes/${home.id}?done=undone`)
  expect(await people(home.id)).toEqual([person, ...others] as never)
  expect(await (await page()).text()).not.toContain('/undo')
})

test('a form that is refused comes back with the sentence and all that was typed', async () => {
  const refused = await repair({ kind: 'exchange', to_number: '99999', reason })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('No home of this development has that number.')
  expect(text).toContain('value="99999"')
  expect(text).toContain(`value="${reason}"`)
  expect(await (await repair({ kind: 'house_type', house_type: 'BD01', reason: '' })).text()).toContain(
    'Say in 10 to 500',
  )
})

test('a home of another tenant, or of a development that was not granted, is not found', async () => {
  const own = app.demo.developers.find((person) => person.tenant === 'longview-estates')!
  const other = app.demo.admins.find((person) => person.tenant === 'harbour-homes')!
  await look`delete from staff_developments where staff_id = (select id from staff where email = ${own.email})`
  for (const account of [own, other]) {
    const stranger = await signIn(app, account)
    expect((await app.call(`/developer/homes/${home.id}`, withCookies(stranger))).status).toBe(404)
    expect((await repair({ kind: 'exchange', to_number: empty.number, reason }, stranger)).status).toBe(404)
  }
})
