// What the tests of the API share: the app, keys of both tenants and of lesser rights, small real PDFs, error bodies.

import { expect } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { PDFDocument } from 'pdf-lib'
import postgres from 'postgres'
import { startJobs } from '#jobs/runner.ts'
import { makeApiKey } from '#src/access/api-keys.ts'
import { config } from '#src/config.ts'
import { eventually } from '../../jobs/drills.ts'
import { bearer, startTestApp, type TestApp } from '../../support/app.ts'
import { judgeOf } from '../../support/contract.ts'
import { throughPrism } from '../../support/proxy.ts'

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const JOBS_STOP_MS = 2_000
const UUID_OF_NOBODY = '0190aaaa-0000-7000-8000-000000000000'

export type ApiTest = {
  app: TestApp
  /** As the superuser, past every policy: for looking and for making lesser keys. */
  look: postgres.Sql
  /** A home of the first tenant and one of the second. */
  mine: TestApp['demo']['homes'][number]
  theirs: TestApp['demo']['homes'][number]
  keys: { mine: string; theirs: string; unknown: string; revoked: string }
  keyWith(scopes: string[], requestsPerMinute?: number): Promise<string>
  get(path: string, key?: string): Promise<Answered>
  post(path: string, init: RequestInit, key?: string): Promise<Answered>
  call(path: string, init: RequestInit): Promise<Answered>
  /** Until a job has done its work; a worker must be there. */
  completed(jobId: string): Promise<void>
  stop(): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are checked by what the tests expect of them.
export type Answered = { status: number; headers: Headers; body: any }

/** @param withJobs also starts the worker threads, for tests that wait for what they do */
export async function openApi({ withJobs = false } = {}): Promise<ApiTest> {
  const app = judged(await throughPrism(await startTestApp()))
  const jobs = withJobs
    ? await startJobs({ ...config(), DATABASE_URL: app.database.url }, { cronTasks: [] })
    : null
  const look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  const [mineKey, theirsKey] = app.demo.api_keys
  const mine = app.demo.homes.find((home) => home.tenant === mineKey?.tenant)
  const theirs = app.demo.homes.find((home) => home.tenant === theirsKey?.tenant)
  if (!mine || !theirs || !mineKey || !theirsKey) throw new Error('the demonstration lacks a tenant')
  const keyWith = async (scopes: string[], requestsPerMinute = 600, revokedAt: Date | null = null) => {
    const { key, prefix, keyHash } = makeApiKey()
    await look`insert into api_keys (id, tenant_id, name, prefix, key_hash, scopes, requests_per_minute, revoked_at)
      select ${Bun.randomUUIDv7()}, id, 'Test', ${prefix}, ${keyHash}, ${scopes}, ${requestsPerMinute}, ${revokedAt}
      from tenants where slug = ${mineKey.tenant}`
    return key
  }
  const call = async (path: string, init: RequestInit) => {
    const response = await app.call(`/api/v1/${path}`, init)
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  return {
    app,
    look,
    mine,
    theirs,
    keys: {
      mine: mineKey.key,
      theirs: theirsKey.key,
      unknown: makeApiKey().key,
      revoked: await keyWith(['units:read'], 600, new Date()),
    },
    keyWith,
    call,
    completed: (jobId) =>
      eventually('the job is completed', async () => {
        const [row] = await look`select state from job_status where id = ${jobId}`
        return row?.state === 'completed'
      }),
    get: (path, key = mineKey.key) => call(path, bearer(key)),
    post: (path, init, key = mineKey.key) => call(path, bearer(key, { method: 'POST', ...init })),
    stop: async () => {
      await jobs?.stop(JOBS_STOP_MS)
      await look.end()
      await app.stop()
    },
  }
}

/** Every answer to a test is held against the published contract, whatever else the test looks at. */
function judged(app: TestApp): TestApp {
  let judge: ReturnType<typeof judgeOf> | null = null
  const call: TestApp['call'] = async (path, init = {}) => {
    const response = await app.call(path, init)
    const { pathname } = new URL(path, 'http://localhost')
    const method = init.method ?? 'GET'
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (!pathname.startsWith('/api/v1/') || method === 'HEAD' || isStream) return response
    judge ??= judgeOf(await (await app.call('/openapi.json')).json())
    const faults = await judge({ method, path: pathname }, response.clone())
    if (faults.length > 0) throw new Error(faults.join('\n'))
    return response
  }
  return { ...app, call }
}

export function expectError(answered: Answered, status: number, code: string): void {
  // One by one: `toMatchObject` writes its matchers into what it is given.
  expect([answered.status, answered.body.error?.code]).toEqual([status, code])
  expect(answered.body.error.message.length).toBeGreaterThan(5)
  expect(answered.body.error.request_id).toMatch(/^[0-9a-f]{32}$/)
  expect(Object.keys(answered.body)).toEqual(['error'])
  expect(answered.headers.get('x-request-id')).toBe(answered.body.error.request_id)
  expect(answered.headers.get('content-type')).toBe('application/json; charset=utf-8')
}

/** The callers that no route may serve, whatever else is right or wrong with the request. */
export async function expectStrangersRefused(
  api: ApiTest,
  path: string,
  init: RequestInit = {},
): Promise<void> {
  for (const authorization of [
    null,
    'Bearer',
    'Bearer nonsense',
    `Basic ${api.keys.mine}`,
    `Bearer ${api.keys.mine}x`,
    `Bearer ${api.keys.unknown}`,
    `Bearer ${api.keys.revoked}`,
    `Bearer ${'x'.repeat(12_000)}`,
  ]) {
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(authorization ? { authorization } : {}),
    }
    const answered = await api.call(path, { ...init, headers })
    expectError(answered, 401, 'invalid_api_key')
    expect(answered.headers.get('www-authenticate')).toBe('Bearer')
  }
}

/** A list: bounds of `limit`, pages that fit together by the cursor, cursors that cannot be altered or moved. */
export async function expectPaged(api: ApiTest, path: string, otherList: string): Promise<void> {
  const whole = await api.get(`${path}?limit=100`)
  expect(whole.status).toBe(200)
  expect(Object.keys(whole.body).sort()).toEqual(['data', 'next_cursor'])
  expect(whole.body.data.length).toBeGreaterThan(2)
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: Answered = await api.get(`${path}?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    expect(page.body.data.length).toBeLessThanOrEqual(2)
    ids.push(...page.body.data.map(({ id }: { id: string }) => id))
    cursor = page.body.next_cursor
  } while (cursor && ids.length < whole.body.data.length)
  expect(ids).toEqual(whole.body.data.map(({ id }: { id: string }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(UUID)
  for (const limit of [
    '0',
    '101',
    '-1',
    '1e1',
    '0x10',
    '10.5',
    '',
    'NaN',
    'Infinity',
    '1&limit=2',
    '99999999999',
  ])
    expectError(await api.get(`${path}?limit=${limit}`), 422, 'invalid')
  const { next_cursor: next } = (await api.get(`${path}?limit=1`)).body
  for (const altered of ['abc', '%00', `${next}x`, `x${next}`, 'x'.repeat(600), ''])
    expectError(await api.get(`${path}?cursor=${altered}`), 422, 'invalid')
  expectError(await api.get(`${otherList}?cursor=${next}`), 422, 'invalid')
}

/** One resource: the same 404 for a foreign id and for one of nobody, 422 for what is no id. */
export async function expectItem(api: ApiTest, path: string, mine: string, foreign: string): Promise<void> {
  const found = await api.get(`${path}/${mine}`)
  expect(found).toMatchObject({ status: 200, body: { id: mine } })
  const missing = await api.get(`${path}/${UUID_OF_NOBODY}`)
  const hidden = await api.get(`${path}/${foreign}`)
  expectError(missing, 404, 'not_found')
  expectError(hidden, 404, 'not_found')
  expect(hidden.body.error.message).toBe(missing.body.error.message)
  for (const id of ['nope', '1', `${mine}x`, '%00', `${mine}%00`])
    expectError(await api.get(`${path}/${id}`), 422, 'invalid')
}

/** A PDF nobody has uploaded before. */
export async function makePdf(text = randomBytes(8).toString('hex')): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  pdf.addPage().drawText(`Heating of ${text}`)
  return new Uint8Array(await pdf.save())
}

export const pdfBody = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({
  body,
  headers: { 'content-type': 'application/pdf', ...headers },
})

export const jsonBody = (value: unknown): RequestInit => ({
  body: typeof value === 'string' ? value : JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
})
