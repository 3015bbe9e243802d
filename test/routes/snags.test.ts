// Snags from both sides: a household reports, its builder moves them along, and nobody else sees either.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import sharp from 'sharp'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, form, signIn, withCookies } from '../support/app.ts'
import {
  type ApiTest,
  expectError,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './api/client.ts'

let api: ApiTest
let household: string
let neighbour: string
let staff: string
let otherStaff: string

beforeAll(async () => {
  api = await openApi()
  const [first, second] = api.app.demo.homes.filter(
    ({ development_id: id }) => id === api.mine.development_id,
  )
  household = await claim(api.app, first!)
  neighbour = await claim(api.app, second!)
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const fields = { room: 'Kitchen', category: 'plumbing', description: 'The tap drips <all> night.' }

function report(
  values: Record<string, string>,
  photo?: { name: string; bytes: Uint8Array<ArrayBuffer> },
): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(values)) body.set(name, value)
  if (photo) body.set('photo', new Blob([photo.bytes]), photo.name)
  return { method: 'POST', body }
}

/** As a browser sends it: its boundary in the header, which a bare Request would set by itself. */
const send = (cookie: string, init: RequestInit) => api.app.call('/snags', withCookies(cookie, init))
const read = async (path: string, cookie: string) => (await api.app.call(path, withCookies(cookie))).text()
const newest = async () =>
  (await api.look`select id, photo_id, description from snags order by id desc limit 1`)[0]!

const picture = async (type: 'jpeg' | 'png' | 'webp') =>
  new Uint8Array(
    await sharp({ create: { width: 60, height: 40, channels: 3, background: '#884422' } })
      .withExif({ IFD0: { Artist: 'Secret Owner' }, IFD3: { GPSLatitude: '51/1 55/1 0/1' } })
      .toFormat(type)
      .toBuffer(),
  )

test('a household reports a snag without a photo and finds it in its list, its words as text', async () => {
  const response = await send(household, report(fields))
  expect([response.status, response.headers.get('location')]).toEqual([303, '/snags?done=reported'])
  expect(await read('/snags?done=reported', household)).toContain('Your builder can see it now')
  const { id } = await newest()
  expect(await read(`/snags/${id}`, household)).toContain('The tap drips &lt;all&gt; night.')
})

test.each(['jpeg', 'png', 'webp'] as const)(
  'a %s is kept as a JPEG that says nothing of where it was taken',
  async (type) => {
    const bytes = await picture(type)
    expect(Buffer.from(bytes).includes('Secret Owner')).toBe(true)
    expect((await send(household, report(fields, { name: 'x.exe', bytes }))).status).toBe(303)
    const { id } = await newest()
    const shown = await api.app.call(`/snags/${id}/photo`, withCookies(household))
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    const kept = Buffer.from(await shown.arrayBuffer())
    expect(kept.includes('Secret Owner')).toBe(false)
    const { format, exif, width } = await sharp(kept).metadata()
    expect([format, exif, width]).toEqual(['jpeg', undefined, 60])
  },
)

test('of a form with more than one picture the others are not even looked into', async () => {
  const { body } = report(
    { ...fields, description: 'The door sticks.' },
    { name: 'a.jpg', bytes: await picture('jpeg') },
  )
  for (let i = 0; i < 5; i++) (body as FormData).append('photo', new Blob(['no picture']), `${i}.jpg`)
  expect((await send(household, { method: 'POST', body: body! })).status).toBe(303)
  expect((await newest()).photo_id).not.toBeNull()
})

test.each([
  [
    'a page that calls itself a picture',
    () => Buffer.from('<html><script>alert(1)</script>'),
    'not a JPEG, PNG or WebP',
  ],
  [
    'a drawing with scripts',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'not a JPEG, PNG or WebP',
  ],
  ['a picture that breaks off', async () => (await picture('jpeg')).slice(0, 200), 'not a JPEG, PNG or WebP'],
  [
    'more than 10 MB',
    () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(10_000_000)]),
    'larger than 10 MB',
  ],
])('%s is refused with a sentence, and nothing that was typed is lost', async (_, make, sentence) => {
  const [before] = await api.look`select count(*)::int as n from snags`
  const response = await send(
    household,
    report(fields, { name: 'x.jpg', bytes: new Uint8Array(await make()) }),
  )
  const text = await response.text()
  expect(response.status).toBe(422)
  expect(text).toContain(sentence)
  expect(text).toContain('The tap drips &lt;all&gt; night.')
  expect((await api.look`select count(*)::int as n from snags`)[0]).toEqual(before!)
})

test.each([
  [{ ...fields, room: '' }, 'Choose where it is.'],
  [{ ...fields, category: 'gold' }, 'Choose what it is about.'],
  [{ ...fields, description: 'Hm' }, 'Say in a few words what is wrong.'],
])('a form that lacks something says what: %o', async (values, sentence) => {
  const response = await send(household, report(values))
  expect(response.status).toBe(422)
  expect(await response.text()).toContain(sentence)
})

test('a form that is sent twice reports one snag with one picture, and one that says something else another', async () => {
  const key = crypto.randomUUID()
  const sent = { ...fields, description: 'The hinge is loose.', form_key: key }
  const reported = async () =>
    (await api.look`select count(*)::int as n from snags where description like 'The hinge%'`)[0]?.n
  const bytes = await picture('png')
  const answers = await Promise.all(
    [1, 2, 3].map(() => send(household, report(sent, { name: 'x.png', bytes }))),
  )
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await reported()).toBe(1)
  const announced = await api.look`select id from activity_log where action = 'snag.reported'
    and target_id = (select id::text from snags where description = 'The hinge is loose.')`
  expect(announced.length).toBe(1)
  const { id } = await newest()
  expect((await api.app.call(`/snags/${id}/photo`, withCookies(household))).status).toBe(200)
  await send(household, report({ ...sent, description: 'The hinge of the back door is loose.' }))
  expect(await reported()).toBe(2)
  expect(await read('/snags/new', household)).toMatch(/name="form_key" value="[0-9a-f-]{36}"/)
})

test('a snag of another home, or of another builder’s, does not exist', async () => {
  await send(household, report(fields, { name: 'x.png', bytes: await picture('png') }))
  const { id } = await newest()
  for (const [path, cookie] of [
    [`/snags/${id}`, neighbour],
    [`/snags/${id}/photo`, neighbour],
    [`/developer/snags/${id}`, otherStaff],
    [`/developer/snags/${id}/photo`, otherStaff],
  ] as const)
    expect((await api.app.call(path, withCookies(cookie))).status, path).toBe(404)
  expect(await read('/snags', neighbour)).toContain('Nothing reported')
  expectError(await api.get(`snags/${id}`, api.keys.theirs), 404, 'not_found')
})

test('the builder sees it with its age, moves it with a note, and the household reads both', async () => {
  await send(household, report(fields))
  const { id } = await newest()
  await api.look`update snags set created_at = now() - interval '20 days' where id = ${id}`
  const board = `/developer/snags?development=${api.mine.development_id}`
  expect(await read(board, staff)).toContain('20 days, late')
  expect(await read(`${board}&category=heating`, staff)).toContain('No snags here')
  expect(await read(`/developer/snags/${id}`, staff)).toContain('The tap drips &lt;all&gt; night.')
  const moved = await api.app.call(
    `/developer/snags/${id}`,
    withCookies(staff, form({ status: 'fixed', note: 'New washer fitted.' })),
  )
  expect(moved.status).toBe(303)
  const text = await read(`/snags/${id}`, household)
  for (const words of ['Fixed', 'New washer fitted.', 'closed']) expect(text).toContain(words)
  expect(await read(`${board}&status=fixed`, staff)).toContain(id)
  const [logged] =
    await api.look`select action from activity_log where target_id = ${id} order by id desc limit 1`
  expect(logged?.action).toBe('snag.moved')
  expect(await read('/my-data', household)).toContain('Opened a snag that was reported for your home')
})

test('programs report, list, read and move snags with the scopes for it', async () => {
  const sent = { ...fields, unit_id: api.mine.unit_id }
  await expectStrangersRefused(api, 'snags', { method: 'POST', ...jsonBody(sent) })
  expectError(
    await api.post('snags', jsonBody(sent), await api.keyWith(['snags:read'])),
    403,
    'scope_missing',
  )
  expectError(await api.post('snags', jsonBody({ ...sent, unit_id: api.theirs.unit_id })), 404, 'not_found')
  expectError(await api.post('snags', jsonBody({ ...sent, status: 'fixed' })), 422, 'invalid')
  const made = await api.post('snags', jsonBody(sent))
  expect([made.status, made.body.status, made.body.changes]).toEqual([201, 'reported', []])
  const patch = (key: string, sent: object) =>
    api.call(`snags/${made.body.id}`, {
      method: 'PATCH',
      ...jsonBody(sent),
      headers: { ...jsonBody(sent).headers, authorization: `Bearer ${key}` },
    })
  expectError(await patch(api.keys.theirs, { status: 'seen' }), 404, 'not_found')
  expectError(await patch(api.keys.mine, { status: 'lost' }), 422, 'invalid')
  const moved = await patch(api.keys.mine, { status: 'scheduled', note: 'Tuesday morning.' })
  expect([moved.status, moved.body.status, moved.body.closed_at]).toEqual([200, 'scheduled', null])
  expect(moved.body.changes).toMatchObject([
    { status: 'scheduled', note: 'Tuesday morning.', actor_type: 'api_client' },
  ])
  expect((await api.get(`snags?status=scheduled`)).body.data.map(({ id }: { id: string }) => id)).toEqual([
    made.body.id,
  ])
  expect((await api.get(`snags?development_id=${api.theirs.development_id}`)).body.data).toEqual([])
  await expectPaged(api, 'snags', 'units')
})
