// Two whole servers on one database: what one writes the other shows, and what one ends is over at both.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { demoContents } from '#src/demo/credentials.ts'
import { eventually } from './jobs/drills.ts'
import type { Demo } from './support/app.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { TEST_SECRET, testSecrets } from './support/process.ts'
import { freePort, type Server, startServer } from './support/server.ts'

setDefaultTimeout(200_000)

const TENANT = 'longview-estates'

let database: TestDatabase
let demo: Demo
let [here, there]: [Server, Server] = [] as never
let cookie: string

beforeAll(async () => {
  database = await createTestDatabase()
  demo = await demoContents(testSecrets)
  ;[here, there] = await Promise.all([start(), start()])
  cookie = await signIn(here)
})
afterAll(async () => {
  await Promise.all([here, there].map((server) => server.kill('SIGTERM')))
  await database.drop()
})

/** As in production, where a start seeds nothing. That jobs of several are done once: test/jobs/processes.test.ts. */
async function start(): Promise<Server> {
  const port = await freePort()
  const env = {
    ...{ NODE_ENV: 'production', LOG_LEVEL: 'silent', PUBLIC_URL: `http://localhost:${port}` },
    ...{ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '3', JOB_THREADS: '1' },
    ...{ JWT_SECRET: TEST_SECRET, ENCRYPTION_KEY: TEST_SECRET },
  }
  return startServer({ port, env })
}

const admin = () => demo.admins.find((person) => person.tenant === TENANT)!
const development = () => demo.homes.find((home) => home.tenant === TENANT)!.development_id
const key = () => demo.api_keys.find((each) => each.tenant === TENANT)!.key

async function signIn(server: Server): Promise<string> {
  const { email, password } = admin()
  const response = await send(server, '/developer/sign-in', { email, password }, '')
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

const send = (server: Server, path: string, fields: Record<string, string>, as = cookie) =>
  fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: as, 'sec-fetch-site': 'same-origin', origin: server.url },
    body: new URLSearchParams(fields),
  })

const open = (server: Server, path: string, as = cookie) =>
  fetch(server.url + path, { redirect: 'manual', headers: { cookie: as } })

const page = async (server: Server, path: string) => (await open(server, path)).text()

test('who signed in at one is signed in at the other, and signed out at both', async () => {
  const mine = await signIn(here)
  expect((await open(there, '/developer', mine)).status).toBe(200)
  expect((await send(here, '/developer/sign-out', {}, mine)).status).toBe(303)
  await eventually('the other knows', async () => (await open(there, '/developer', mine)).status === 303)
  expect((await open(here, '/developer', mine)).status).toBe(303)
})

test('what is written at one is on the page that the other had in memory', async () => {
  const notices = `/developer/notices?development=${development()}`
  expect(await page(there, notices)).not.toContain('Water is off on Friday')
  const written = { title: 'Water is off on Friday', body: 'From nine.', category: 'general' }
  expect((await send(here, notices, written)).status).toBe(303)
  await eventually('the other shows it', async () =>
    (await page(there, notices)).includes('Water is off on Friday'),
  )
})

test('a builder’s colour changed at one is the colour of the other’s pages', async () => {
  const settings = '/developer/settings/branding'
  const sheet = async () => /\/brand\/[^"]+/.exec(await page(there, '/developer'))?.[0]
  const before = await sheet()
  const form = new FormData()
  form.set('accent', '#2e8b6f')
  const saved = await fetch(here.url + settings, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', origin: here.url },
    body: form,
  })
  expect(saved.status).toBe(303)
  await eventually('the other has the colour', async () => (await sheet())?.includes('2e8b6f') ?? false)
  expect(await sheet()).not.toBe(before)
})

test('an answer that staff gave at one is given by the other, which had searched before', async () => {
  const unit = demo.homes.find((home) => home.tenant === TENANT)!.unit_id
  const question = 'Where is the sauna of the clubhouse?'
  const ask = async () => {
    const response = await there.api(
      'questions',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ unit_id: unit, question }),
      },
      key(),
    )
    return response.text()
  }
  expect(await ask()).not.toContain('Behind the third gate')
  const knowledge = { question, answer: 'Behind the third gate, beside the bicycles.' }
  expect((await send(here, `/developer/knowledge?development=${development()}`, knowledge)).status).toBe(303)
  await eventually('the other answers with it', async () => (await ask()).includes('Behind the third gate'))
})

test('a key in use at one stops working there when it is revoked at the other', async () => {
  const made = await send(here, '/developer/settings/api-keys', { name: 'Two servers', scopes: 'units:read' })
  const fresh = /oh_[A-Za-z0-9_-]{43}/.exec(await made.text())?.[0]
  expect(fresh).toBeDefined()
  const status = async () => (await there.api('units', {}, fresh)).status
  expect(await status()).toBe(200)
  const settings = await page(here, '/developer/settings/api-keys')
  const [revocation] = [
    ...settings.matchAll(/\/developer\/settings\/api-keys\/[0-9a-f-]{36}\/revocation/g),
  ].at(-1)!
  expect((await send(here, revocation, {})).status).toBe(303)
  // Asked again and again meanwhile, as a program would: use does not keep it alive.
  await eventually('the other refuses it', async () => (await status()) === 401)
})
