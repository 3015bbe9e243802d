// Wrong-home repairs after chats and scans exist: nothing of one home shows in the other, and undoing restores exactly.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { createHash, randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { insertErasure } from '#db/erasure.ts'
import { messagesOfPerson } from '#db/person-data.ts'
import { mintScope, type Scope, within } from '#db/scope.ts'
import { decryptAccessCode } from '#src/access/access-codes.ts'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { listConversations } from '#src/chat.ts'
import { config } from '#src/config.ts'
import { Failure } from '#src/failure.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { erasePerson } from '#src/people/erasure.ts'
import { openHome, repairHome, undoRepair } from '#src/repairs.ts'
import { claim, cookiesOf, form, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const REASON = 'The contracts of two homes were mixed up.'

/** PostgreSQL's deadlock_detected. */
const DEADLOCK = '40P01'

let app: TestApp
let look: postgres.Sql
let scope: Scope
let developmentId: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  const [row] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  developmentId = row?.id
  scope = systemScope(row?.tenant_id, 'test')
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(async () => {
  forgetLimits()
  await emptied()
})

/** What the test before set going may still read, and hold its locks the other way round: then once more. */
async function emptied(triesLeft = 3): Promise<void> {
  try {
    await look`truncate sealed_conversations, home_repairs, conversations, messages, gaps, rag_log, sessions cascade`
  } catch (error) {
    if ((error as { code?: string }).code !== DEADLOCK || triesLeft === 0) throw error
    await emptied(triesLeft - 1)
  }
}

type Unit = {
  id: string
  number: string
  houseTypeId: string
  houseType: string
  people: { id: string; name: string }[]
}

/** Homes with a household of a size, the next ones each time, so that tests do not meet. */
const used = new Set<string>()
async function homeWith(peopleCount: number): Promise<Unit> {
  const rows = await look<Unit[]>`
    select u.id, u.number, u.house_type_id as "houseTypeId", h.code as "houseType", coalesce((
      select json_agg(json_build_object('id', p.id, 'name', p.full_name) order by p.position) from purchasers p where p.unit_id = u.id), '[]') as people
    from units u join house_types h on h.id = u.house_type_id
    where u.development_id = ${developmentId}
      and (select count(*) from purchasers p where p.unit_id = u.id) = ${peopleCount} order by u.id`
  const unit = rows.find((row) => !used.has(row.id))
  if (!unit) throw new Error(`no home with ${peopleCount} people is left`)
  used.add(unit.id)
  return unit
}

async function cardOf(unitId: string) {
  const [row] = await look`select public_id, access_code_encrypted from units where id = ${unitId}`
  const code = decryptAccessCode(row?.access_code_encrypted, unitId, config().encryptionKey)
  return { url: `http://localhost/h/${row?.public_id}`, access_code: code }
}
const enter = async (unitId: string) => claim(app, await cardOf(unitId))
const open = (path: string, cookie: string) => app.call(path, withCookies(cookie))
async function ask(cookie: string, question: string): Promise<string> {
  const sent = await app.call('/chat', withCookies(cookie, form({ question })))
  expect(sent.status).toBe(303)
  return sent.headers.get('location')?.split('#')[0] as string
}

/** All that a repair touches, to compare before and after. */
async function state(...units: Unit[]) {
  const ids = units.map((unit) => unit.id)
  return {
    homes: [
      ...(await look`select id, house_type_id, public_id, access_code_encrypted, claimed_at from units where id = any(${ids}) order by id`),
    ],
    people: [
      ...(await look`select id, unit_id, position, full_name, intro_seen_at from purchasers where unit_id = any(${ids}) order by id`),
    ],
    conversations: [
      ...(await look`select id, unit_id, purchaser_id, origin, title from conversations where unit_id = any(${ids}) order by id`),
    ],
  }
}
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) =>
      error instanceof Failure
        ? [error.code, error.details.fields?.[0]?.path ?? null]
        : Promise.reject(error),
  )
const move = (from: Unit, to: Unit, purchaserIds = from.people.map((person) => person.id)) =>
  repairHome(scope, from.id, { kind: 'move', toNumber: to.number, purchaserIds, reason: REASON })

test('a family that moves keeps nothing of the old home, and the old home keeps nothing of them in sight', async () => {
  const [a, b] = [await homeWith(2), await homeWith(0)]
  const oldCard = await cardOf(a.id)
  const phone = await enter(a.id)
  const conversation = await ask(phone, 'What heating does our walnut room have?')
  expect(await (await open(conversation, phone)).text()).toContain('walnut')

  await move(a, b)

  // At once: the phone is signed out, and the card in their hands opens nothing.
  expect((await open('/', phone)).status).toBe(303)
  expect((await open(conversation, phone)).status).toBe(303)
  expect((await open('/documents', phone)).headers.get('location')).toStartWith('/welcome')
  expect(
    (await app.call(new URL(oldCard.url).pathname, form({ access_code: oldCard.access_code }))).status,
  ).toBe(404)

  // In the new home: their names, its address, and none of the old conversations.
  const newPhone = await enter(b.id)
  const home = await (await open('/home', newPhone)).text()
  const [addressB] = await look`select address_line from units where id = ${b.id}`
  const [addressA] = await look`select address_line from units where id = ${a.id}`
  expect(home).toContain(addressB?.address_line)
  expect(home).not.toContain(`>${addressA?.address_line}<`)
  expect((await open(conversation, newPhone)).status).toBe(404)
  expect(await (await open('/conversations', newPhone)).text()).not.toContain('walnut')
  expect((await openHome(scope, b.id)).people.map((person) => person.fullName)).toEqual(
    a.people.map((person) => person.name),
  )

  // In the old home: whoever comes next sees neither the people nor what they asked.
  const nextPhone = await enter(a.id)
  expect((await open(conversation, nextPhone)).status).toBe(404)
  const pages = await Promise.all(
    ['/', '/intro', '/home', '/conversations'].map(async (path) => (await open(path, nextPhone)).text()),
  )
  for (const text of pages) {
    expect(text).not.toContain('walnut')
    for (const person of a.people) expect(text).not.toContain(person.name)
  }
  const [row] =
    await look`select unit_id, origin, purchaser_id from conversations where id = ${conversation.split('/')[2] as string}`
  expect(row).toMatchObject({ unit_id: a.id, origin: 'sealed', purchaser_id: null })
})

test('undoing a move restores exactly, and seals what was said in the wrong home', async () => {
  const [a, b] = [await homeWith(2), await homeWith(1)]
  const oldCard = await cardOf(a.id)
  const phone = await enter(a.id)
  await app.call('/intro', withCookies(phone, form({})))
  const conversation = await ask(phone, 'What heating does our walnut room have?')
  const before = await state(a, b)
  const { repairId } = await move(a, b)
  const wrongPhone = await enter(b.id)
  const [session] = await look`select purchaser_id from sessions where unit_id = ${b.id}`
  // The phone may stand for whoever lived there before; the one who came is told apart by the row.
  await look`update sessions set purchaser_id = ${a.people[0]?.id as string} where unit_id = ${b.id} and purchaser_id = ${session?.purchaser_id}`
  forgetAllSessions()
  const said = await ask(wrongPhone, 'Where is the stopcock?')

  await undoRepair(scope, a.id, repairId)

  const after = await state(a, b)
  const kept = after.conversations.filter((row) => row.id !== said.split('/')[2])
  expect({ ...after, conversations: kept }).toEqual(before)
  expect((await open('/', wrongPhone)).status).toBe(303)
  const again = await claim(app, oldCard)
  expect((await open(said, again)).status).toBe(404)
  const [own] =
    await look`select purchaser_id from conversations where id = ${conversation.split('/')[2] as string}`
  await look`update sessions set purchaser_id = ${own?.purchaser_id} where unit_id = ${a.id} and revoked_at is null`
  forgetAllSessions()
  expect(await (await open(conversation, again)).text()).toContain('walnut')
  expect((await open(said, await enter(b.id))).status).toBe(404)
  expect(await failureOf(undoRepair(scope, a.id, repairId))).toEqual(['repair_not_undoable', null])
})

test('after an exchange nobody’s calendar shows a home that is not theirs any more', async () => {
  const [a, b] = [await homeWith(2), await homeWith(1)]
  const feed = async (unitId: string, purchaserId: string | null) => {
    const token = randomBytes(32).toString('base64url')
    const hash = createHash('sha256').update(token).digest('hex')
    await look`insert into calendar_feeds (id, tenant_id, unit_id, purchaser_id, token_hash)
      values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${unitId}, ${purchaserId}, ${hash})`
    return `/calendar/${token}.ics`
  }
  const nameless = await feed(a.id, null)
  const named = await feed(a.id, a.people[0]!.id)
  const status = async (path: string) => (await app.call(path)).status
  expect([await status(nameless), await status(named)]).toEqual([200, 200])
  const { repairId } = await repairHome(scope, a.id, { kind: 'exchange', toNumber: b.number, reason: REASON })
  expect([await status(nameless), await status(named)]).toEqual([404, 200])
  const [row] = await look`select unit_id from calendar_feeds where purchaser_id = ${a.people[0]!.id}`
  expect(row?.unit_id).toBe(b.id)
  const later = await feed(b.id, null)
  await undoRepair(scope, a.id, repairId)
  expect([await status(later), await status(named)]).toEqual([404, 200])
})

test('two households change places, full ones too, and back', async () => {
  const [a, b] = [await homeWith(4), await homeWith(3)]
  await look`insert into purchasers (id, tenant_id, unit_id, full_name, position) values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${b.id}, 'Fourth Person', 4)`
  const phones = [await enter(a.id), await enter(b.id)]
  const talks = [
    await ask(phones[0] as string, 'Is my boiler new?'),
    await ask(phones[1] as string, 'How big is my garden?'),
  ]
  const before = await state(a, b)
  const { repairId } = await repairHome(scope, a.id, { kind: 'exchange', toNumber: b.number, reason: REASON })
  const swapped = await state(a, b)
  expect(swapped.people.map((row) => row.unit_id)).toEqual(
    before.people.map((row) => (row.unit_id === a.id ? b.id : a.id)),
  )
  for (const phone of phones) expect((await open('/', phone)).status).toBe(303)
  for (const unit of [a, b]) {
    const phone = await enter(unit.id)
    for (const talk of talks) expect((await open(talk, phone)).status).toBe(404)
  }
  // From either of the homes.
  await undoRepair(scope, b.id, repairId)
  expect(await state(a, b)).toEqual(before)
})

test('a corrected house type shows in open sessions at once, and closes what was said of the wrong one', async () => {
  const a = await homeWith(1)
  const phone = await enter(a.id)
  const conversation = await ask(phone, 'What heating do I have?')
  const before = await state(a)
  const houseType = a.houseType === 'BS02' ? 'BS03' : 'BS02'
  const { repairId } = await repairHome(scope, a.id, { kind: 'house_type', houseType, reason: REASON })
  expect(await (await open('/home', phone)).text()).toContain(`house type ${houseType}`)
  expect((await open(conversation, phone)).status).toBe(404)
  const since = await ask(phone, 'Which type is it now?')
  await undoRepair(scope, a.id, repairId)
  const after = await state(a)
  expect({
    ...after,
    conversations: after.conversations.filter((row) => row.id !== since.split('/')[2]),
  }).toEqual(before)
  expect(await (await open('/home', phone)).text()).toContain(`house type ${a.houseType}`)
  expect((await open(conversation, phone)).status).toBe(200)
  expect((await open(since, phone)).status).toBe(404)
})

test('one of a household moves: those who stay keep their conversations, and sign in again with the new card', async () => {
  const [a, b] = [await homeWith(2), await homeWith(1)]
  const phones = [await enter(a.id), await enter(a.id)]
  const talks = [
    await ask(phones[0] as string, 'Is my boiler new?'),
    await ask(phones[1] as string, 'How big is my garden?'),
  ]
  await move(a, b, [a.people[0]?.id as string])
  const { people } = await openHome(scope, b.id)
  expect(people.map((person) => [person.position, person.fullName])).toEqual([
    [1, b.people[0]?.name],
    [2, a.people[0]?.name],
  ] as never)
  expect((await open('/', phones[1] as string)).status).toBe(303)
  const stayed = await enter(a.id)
  expect((await open(talks[0] as string, stayed)).status).toBe(404)
  expect((await open(talks[1] as string, stayed)).status).toBe(200)
  const home = { ...scope, developmentId, unitId: a.id, houseTypeId: a.houseTypeId } as never
  expect(await listConversations(home, { purchaserId: null, origin: 'app' })).toEqual([])
})

test.each<[string, (a: Unit, b: Unit) => Promise<unknown>, [string, string | null]]>([
  [
    'no reason',
    (a, b) => repairHome(scope, a.id, { kind: 'exchange', toNumber: b.number, reason: 'because' }),
    ['invalid', 'reason'],
  ],
  [
    'an unknown number',
    (a) => repairHome(scope, a.id, { kind: 'exchange', toNumber: '99999', reason: REASON }),
    ['invalid', 'to_number'],
  ],
  [
    'the same home',
    (a) => repairHome(scope, a.id, { kind: 'exchange', toNumber: a.number, reason: REASON }),
    ['invalid', 'to_number'],
  ],
  ['nobody chosen', (a, b) => move(a, b, []), ['invalid', 'purchaser_ids']],
  [
    'somebody of another home',
    (a, b) => move(a, b, [b.people[0]?.id as string]),
    ['invalid', 'purchaser_ids'],
  ],
  [
    'an unknown house type',
    (a) => repairHome(scope, a.id, { kind: 'house_type', houseType: 'XX', reason: REASON }),
    ['invalid', 'house_type'],
  ],
  [
    'the house type it has',
    (a) => repairHome(scope, a.id, { kind: 'house_type', houseType: a.houseType, reason: REASON }),
    ['invalid', 'house_type'],
  ],
  [
    'a home of nobody',
    () => repairHome(scope, crypto.randomUUID(), { kind: 'house_type', houseType: 'BD01', reason: REASON }),
    ['not_found', null],
  ],
])('%s is refused and changes nothing', async (_, work, expected) => {
  const [a, b] = [await homeWith(1), await homeWith(1)]
  const before = await state(a, b)
  expect(await failureOf(work(a, b))).toEqual(expected)
  expect(await state(a, b)).toEqual(before)
  used.delete(a.id)
  used.delete(b.id)
})

test('a repair is in the activity log with who and why, in the same transaction', async () => {
  const [a, b] = [await homeWith(1), await homeWith(1)]
  const { repairId } = await move(a, b)
  await undoRepair(scope, a.id, repairId)
  const [undo] = (await openHome(scope, a.id)).repairs
  expect([undo?.kind, undo?.undoneAt]).toEqual(['undo', null])
  expect(await failureOf(undoRepair(scope, a.id, undo?.id as string))).toEqual(['repair_not_undoable', null])
  const noted = await look`
    select l.action, l.actor_type, p.payload from activity_log l join activity_payloads p on p.activity_id = l.id
    where l.target_id = ${a.id} and l.action like 'home.repair%' order by l.created_at, l.id`
  const reasonOf = (payload: string) => /"reason":"([^"]*)"/.exec(payload)?.[1]
  expect(noted.map((row) => [row.action, row.actor_type, reasonOf(row.payload)])).toEqual([
    ['home.repaired', 'system', REASON],
    ['home.repair_undone', 'system', `Taken back: ${REASON}`],
  ])
})

test('a repair can be undone only while the homes are as it left them', async () => {
  const [a, b, c] = [await homeWith(1), await homeWith(0), await homeWith(0)]
  const { repairId } = await move(a, b)
  await repairHome(scope, b.id, {
    kind: 'move',
    toNumber: c.number,
    purchaserIds: a.people.map((person) => person.id),
    reason: REASON,
  })
  expect(await failureOf(undoRepair(scope, a.id, repairId))).toEqual(['repair_not_undoable', null])
})

test('two people who repair the same home at once do it one after the other', async () => {
  const [a, b, c] = [await homeWith(1), await homeWith(2), await homeWith(2)]
  const done = await Promise.all([failureOf(move(a, b)), failureOf(move(a, c))])
  expect(done.filter((each) => each === null)).toHaveLength(1)
  expect(done.find((each) => each !== null)).toEqual(['invalid', 'purchaser_ids'])
})

test('somebody of another tenant, or without the development, finds no such home', async () => {
  const a = await homeWith(1)
  const [harbour] = await look`select id from tenants where slug = 'harbour-homes'`
  const [rathard] = await look`select id from developments where slug = 'rathard-park'`
  const ungranted = mintScope({
    ...{ tenantId: scope.tenantId, actor: scope.actor, requestId: 'test', readOnly: false },
    developmentIds: [rathard?.id],
  })
  const repair = { kind: 'house_type', houseType: 'BD01', reason: REASON } as const
  for (const stranger of [systemScope(harbour?.id, 'test'), ungranted]) {
    expect(await failureOf(repairHome(stranger, a.id, repair))).toEqual(['not_found', null])
    expect(await failureOf(openHome(stranger, a.id))).toEqual(['not_found', null])
  }
})

test('the cookie of a link opened before is no way back', async () => {
  const [a, b] = [await homeWith(1), await homeWith(0)]
  const path = new URL((await cardOf(a.id)).url).pathname
  const opened = await app.call(path)
  await move(a, b)
  const seen = await app.call('/welcome', withCookies(cookiesOf(opened)))
  expect(await seen.text()).not.toContain(a.people[0]?.name as string)
  expect((await app.call(path)).status).toBe(404)
})

test('a person who moved is erased with what they said in the home before, and takes their copies along', async () => {
  const [a, b] = [await homeWith(1), await homeWith(0)]
  const conversation = await ask(await enter(a.id), 'Is my boiler new?')
  const person = { unitId: b.id, purchaserId: a.people[0]?.id as string }
  await look`insert into person_exports (id, tenant_id, unit_id, purchaser_id) values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${a.id}, ${person.purchaserId})`
  await move(a, b)
  const [copy] = await look`select unit_id from person_exports where purchaser_id = ${person.purchaserId}`
  expect(copy?.unit_id).toBe(b.id)
  const said = await within(scope, (db) => messagesOfPerson(db, person, { after: null, limit: 10 }))
  expect(said.map((message) => message.question)).toEqual(['Is my boiler new?'])
  const id = Bun.randomUUIDv7()
  await within(scope, (db) => insertErasure(db, { id, tenantId: scope.tenantId, dueOn: '2027-01-01' }))
  await erasePerson(scope, id, person, { progress: () => {}, fenced: (work) => within(scope, work) })
  expect(
    await look`select id from conversations where id = ${conversation.split('/')[2] as string}`,
  ).toHaveLength(0)
})
