// The builder's page about questions, and what the askers see of an answer: whole round trips without scripts.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from '../../jobs/drills.ts'
import { claim, form, signIn, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let developer: string
let admin: string
let otherAdmin: string

beforeAll(async () => {
  started = await startBuilderApp({ withJobs: true })
  ;({ app, look, developer, admin, foreign: otherAdmin } = started)
})
afterAll(() => started.stop())
beforeEach(async () => {
  forgetLimits()
  await look`delete from conversations`
  await look`delete from knowledge`
})

const homeOf = (tenant: string, type?: string) =>
  app.demo.homes.find(
    (home) => home.tenant === tenant && home.purchasers.length > 0 && (!type || home.house_type === type),
  )!
const page = async (path: string, cookie: string) => {
  const response = await app.call(path.split('#')[0]!, withCookies(cookie))
  return { status: response.status, html: await response.text() }
}
const send = (path: string, fields: Record<string, string>, cookie: string) =>
  app.call(path, withCookies(cookie, form(fields)))

/** Claims a home and has the welcome behind them. */
async function moveIn(home: { url: string; access_code: string }): Promise<string> {
  const cookie = await claim(app, home)
  await send('/intro', {}, cookie)
  return cookie
}

/** Asks as somebody at home would without scripts; returns where the answer stands. */
async function ask(cookie: string, question: string): Promise<string> {
  const response = await send('/chat', { question }, cookie)
  expect(response.status).toBe(303)
  return response.headers.get('location')!
}
const gapId = async (question: string) =>
  (await look`select id from gaps where question = ${question} order by id desc limit 1`)[0]?.id as string
const replayed = () =>
  eventually('the replay is over', async () => {
    const [row] = await look`select count(*)::int as count from job_status where finalized_at is null`
    return row?.count === 0
  })

const QUESTION = 'When will the bandstand open?'
const ANSWER = 'The bandstand opens when phase two is finished.'

test('a question goes unanswered, the builder answers it, and the asker finds the answer where they asked', async () => {
  const home = homeOf('longview-estates')
  const cookie = await moveIn(home)
  const conversation = await ask(cookie, QUESTION)
  expect((await page(conversation, cookie)).html).toContain('Ask the builder')
  const id = await gapId(QUESTION)
  expect((await send(`/gaps/${id}/request`, {}, cookie)).status).toBe(303)
  expect((await page(conversation, cookie)).html).toContain('The builder has your question')

  const list = await page(`/developer/questions?development=${home.development_id}`, developer)
  expect(list.html).toContain(QUESTION)
  expect(list.html).toContain('1 request to ask you')
  const today = await page(`/developer?development=${home.development_id}`, developer)
  expect(today.html).toContain(`/developer/questions/${id}`)
  const answered = await send(
    `/developer/questions/${id}/answer`,
    { question: QUESTION, answer: ANSWER },
    developer,
  )
  expect(answered.status).toBe(303)
  expect((await page(answered.headers.get('location')!, developer)).html).toContain('Everybody who asked')
  await replayed()

  const chat = await page('/', cookie)
  expect(chat.html).toContain('A new answer for you')
  expect(chat.html).toContain(conversation.split('#')[0]!)
  const read = await page(conversation, cookie)
  expect(read.html).toContain('Answered by your builder')
  expect(read.html).toContain(ANSWER)
  expect((await page('/', cookie)).html).not.toContain('A new answer for you')
  const done = await page(`/developer/questions?development=${home.development_id}&view=answered`, developer)
  expect(done.html).toContain(ANSWER)
  const known = await page(`/developer/knowledge?development=${home.development_id}`, developer)
  expect(known.html).toContain(ANSWER)
  const [row] = await look`select k.author_name, s.email from knowledge k join staff s on s.id = k.author_id`
  expect(row?.email).toBe(app.demo.developers.find((one) => one.tenant === 'longview-estates')?.email)
})

test('"yes please" asks the builder for the gap that is there', async () => {
  const cookie = await moveIn(homeOf('longview-estates'))
  const conversation = await ask(cookie, QUESTION)
  const conversationId = conversation.split('/')[2]!.split('#')[0]!
  await send('/chat', { question: 'yes please', conversation_id: conversationId }, cookie)
  const rows = await look`select asked_builder_at from gaps`
  expect(rows.map((row) => row.asked_builder_at !== null)).toEqual([true])
  expect((await page(conversation, cookie)).html).toContain('The builder has your question')
})

test('an answer for some house types leaves the others waiting', async () => {
  const [detached, semi] = [homeOf('longview-estates', 'BD01'), homeOf('longview-estates', 'BS01')]
  const [first, second] = [await moveIn(detached), await moveIn(semi)]
  await ask(first, QUESTION)
  const waiting = await ask(second, QUESTION)
  await send(
    `/developer/questions/${await gapId(QUESTION)}/answer`,
    { question: QUESTION, answer: 'Canary of steel.', house_types: 'BD01' },
    developer,
  )
  await replayed()
  expect((await page('/', first)).html).toContain('A new answer for you')
  expect((await page('/', second)).html).not.toContain('A new answer for you')
  expect((await page(waiting, second)).html).not.toContain('Canary')
  const list = await page(`/developer/questions?development=${semi.development_id}`, developer)
  expect(list.html).toContain('<strong>1 home</strong>')
})

test('nobody else of the tenant or of another one sees or answers it', async () => {
  const cookie = await moveIn(homeOf('longview-estates'))
  await ask(cookie, QUESTION)
  const id = await gapId(QUESTION)
  const random = crypto.randomUUID()
  for (const path of [`/developer/questions/${id}`, `/developer/questions/${random}`])
    expect((await page(path, otherAdmin)).status).toBe(404)
  expect(
    (await send(`/developer/questions/${id}/answer`, { question: 'q', answer: 'a' }, otherAdmin)).status,
  ).toBe(404)
  const home = homeOf('longview-estates')
  expect((await page(`/developer/questions?development=${home.development_id}`, otherAdmin)).status).toBe(404)
  await look`delete from staff_developments where staff_id = (
    select id from staff where email = ${app.demo.developers.find((one) => one.tenant === 'longview-estates')!.email})
    and development_id = ${home.development_id}`
  const grants = await signIn(app, app.demo.developers.find((one) => one.tenant === 'longview-estates')!)
  expect((await page(`/developer/questions/${id}`, grants)).status).toBe(404)
  expect((await page(`/developer/questions/${id}`, admin)).status).toBe(200)
  await look`insert into staff_developments (tenant_id, staff_id, development_id)
    select tenant_id, id, ${home.development_id} from staff
    where email = ${app.demo.developers.find((one) => one.tenant === 'longview-estates')!.email}`
})

test('a form with mistakes comes back with its text and what is wrong', async () => {
  const cookie = await moveIn(homeOf('longview-estates'))
  await ask(cookie, QUESTION)
  const id = await gapId(QUESTION)
  const bad = await send(
    `/developer/questions/${id}/answer`,
    { question: 'My own wording', answer: 'x'.repeat(4_001), house_types: 'ZZ99' },
    admin,
  )
  const html = await bad.text()
  expect(bad.status).toBe(422)
  expect(html).toContain('The answer must have 1 to 4000 characters.')
  expect(html).toContain('My own wording')
  expect(html).toContain('x'.repeat(4_001))
  const unknown = await send(
    `/developer/questions/${id}/answer`,
    { question: QUESTION, answer: 'Kept text', house_types: 'ZZ99' },
    admin,
  )
  expect([unknown.status, (await unknown.text()).includes('Kept text')]).toEqual([422, true])
  expect((await look`select 1 from knowledge`).length).toBe(0)
})

test('an answer can be added before anybody asks, and taken back', async () => {
  const home = homeOf('longview-estates')
  const cookie = await moveIn(home)
  const added = await send(
    `/developer/knowledge?development=${home.development_id}`,
    { question: QUESTION, answer: ANSWER },
    admin,
  )
  expect(added.status).toBe(303)
  expect((await page(await ask(cookie, QUESTION), cookie)).html).toContain(ANSWER)
  const [row] = await look`select id from knowledge`
  const foreign = await send(`/developer/knowledge/${row?.id}/retirement`, {}, otherAdmin)
  expect(foreign.status).toBe(404)
  expect((await send(`/developer/knowledge/${row?.id}/retirement`, {}, admin)).status).toBe(303)
  expect((await page(await ask(cookie, QUESTION), cookie)).html).not.toContain(ANSWER)
})

test('the test console answers as the home would, and keeps nothing', async () => {
  const home = homeOf('longview-estates')
  const ask = (unitId: string, cookie: string) =>
    send(
      `/developer/test-console?development=${home.development_id}`,
      { unit_id: unitId, question: 'What heating do I have?' },
      cookie,
    )
  const answered = await ask(home.unit_id, developer)
  const html = await answered.text()
  expect(answered.status).toBe(200)
  expect(html).toContain('heat pump')
  expect(html).toContain('How the answer came about')
  expect((await ask(home.unit_id, otherAdmin)).status).toBe(404)
  expect((await ask(homeOf('harbour-homes').unit_id, developer)).status).toBe(404)
  const gap = await send('/developer/test-console', { unit_id: home.unit_id, question: QUESTION }, developer)
  expect(await gap.text()).toContain('>gap<')
  const [kept] =
    await look`select (select count(*)::int from messages) + (select count(*)::int from gaps) as count`
  expect(kept?.count).toBe(0)
})

test('what buyers ask is counted by meaning, without names and without what was refused', async () => {
  const home = homeOf('longview-estates')
  const cookie = await moveIn(home)
  await ask(cookie, 'What heating do I have?')
  await ask(cookie, 'Which heating do I have?')
  await ask(cookie, 'Who lives in number 12?')
  await ask(cookie, 'thanks')
  const { html } = await page(`/developer/questions?development=${home.development_id}&view=asked`, developer)
  expect(html).toContain('heating do I have?')
  expect(html).not.toContain('number 12')
  expect(html).not.toContain('thanks')
  expect(html).toMatch(
    /<td class="cell-right">1<\/td><td class="cell-right">2<\/td><td class="cell-right">100%/,
  )
})

test('an answer is called not helpful with a reason, which the builder reads without a name', async () => {
  const home = homeOf('longview-estates')
  const cookie = await moveIn(home)
  const conversation = await ask(cookie, 'What heating do I have?')
  const id = conversation.split('#message-')[1]!
  const fragment = await app.call(`/messages/${id}/feedback`, {
    ...withCookies(cookie, form({ verdict: 'not_helpful' })),
    headers: { ...(form({}).headers as object), cookie, 'hx-request': 'true', 'hx-request-type': 'partial' },
  })
  expect(await fragment.text()).toContain('What was wrong or missing?')
  const told = await send(
    `/messages/${id}/feedback`,
    { verdict: 'not_helpful', reason: 'Which model?' },
    cookie,
  )
  expect([told.status, told.headers.get('location')]).toEqual([303, conversation])
  const { html } = await page(`/developer/questions?development=${home.development_id}&view=asked`, developer)
  expect(html).toContain('Which model?')
  for (const name of home.purchasers) expect(html).not.toContain(name)
  expect((await send(`/messages/${id}/feedback`, { verdict: 'maybe' }, cookie)).status).toBe(422)
  const stranger = await moveIn(homeOf('harbour-homes'))
  for (const other of [id, crypto.randomUUID()])
    expect((await send(`/messages/${other}/feedback`, { verdict: 'helpful' }, stranger)).status).toBe(404)
})

test('a saved answer is listed until it is removed, for the person who saved it', async () => {
  const cookie = await moveIn(homeOf('longview-estates'))
  const conversation = await ask(cookie, 'What heating do I have?')
  const id = conversation.split('#message-')[1]!
  expect((await send(`/messages/${id}/saved`, { saved: 'yes' }, cookie)).status).toBe(303)
  expect((await page('/saved', cookie)).html).toContain('What heating do I have?')
  const stranger = await moveIn(homeOf('harbour-homes'))
  expect((await send(`/messages/${id}/saved`, { saved: 'no' }, stranger)).status).toBe(404)
  await send(`/messages/${id}/saved`, { saved: 'no' }, cookie)
  expect((await page('/saved', cookie)).html).toContain('Nothing saved yet')
})
