// Every page and every part of a page of the console, with ids that exist, as everybody who is not the operator.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { recordError } from '#src/errors.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from '../../jobs/drills.ts'
import { bearer, claim, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let pages: string[]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  const [row] = await look`select d.id as development, d.tenant_id as tenant from developments d limit 1`
  recordError({ source: 'http', error: new Error('planted'), requestId: 'r', tenantId: null, context: {} })
  let fingerprint = ''
  await eventually('the error is on record', async () => {
    fingerprint = (await look`select fingerprint from error_groups`)[0]?.fingerprint ?? ''
    return fingerprint !== ''
  })
  const values: Record<string, string> = {
    ...{ ':tenant': row?.tenant, ':development': row?.development, ':fingerprint': fingerprint },
    ...{ ':name': 'requests', ':check': 'homes-twice', ':requestId': 'r' },
  }
  pages = app.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/admin') && !path.includes('sign-in'))
    .map(({ path }) => path.replace('tenants/:id', `tenants/${row?.tenant}`))
    .map((path) => path.replace(/:[A-Za-z]+/g, (name) => values[name] ?? Bun.randomUUIDv7()))
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await look.end()
  await app.stop()
})

const KINDS: [kind: string, headers: Record<string, string>][] = [
  ['a page', {}],
  ['a part of it', { 'hx-request': 'true', 'hx-request-type': 'partial' }],
]

/** What is told to whom who must see nothing: his own sign-in at most. */
async function seenBy(caller: RequestInit): Promise<string[]> {
  const seen: string[] = []
  for (const path of pages)
    for (const [kind, headers] of KINDS) {
      forgetLimits()
      const response = await app.call(path, {
        ...caller,
        headers: { ...(caller.headers as Record<string, string>), ...headers },
      })
      // htmx is told by a header, in an answer without a body.
      const place = response.headers.get(response.status === 204 ? 'hx-redirect' : 'location')
      const isSentToSignIn = [204, 303].includes(response.status) && place?.startsWith('/admin/sign-in')
      if (!isSentToSignIn && ![401, 404].includes(response.status))
        seen.push(`${path} as ${kind}: ${response.status}`)
      await response.body?.cancel()
    }
  return seen
}

test('the operator opens them all', async () => {
  const failed: string[] = []
  for (const path of pages.filter((each) => !each.endsWith('/stream'))) {
    forgetLimits()
    const { status } = await app.call(path, withCookies(operator))
    // What stands for an id that a test has not made.
    if (status !== 200 && !/\/(jobs|incidents|rag)\//.test(path)) failed.push(`${path}: ${status}`)
  }
  expect(failed).toEqual([])
  expect(pages.length).toBeGreaterThan(30)
})

test('nobody is shown any of them', async () => {
  expect(await seenBy({})).toEqual([])
})

test.each(['purchaser', 'developer', 'admin', 'other admin', 'API client'])(
  'a signed-in %s is shown none of them',
  async (who) => {
    const { homes, admins, developers, api_keys: keys } = app.demo
    const callers: Record<string, () => Promise<RequestInit>> = {
      purchaser: async () =>
        withCookies(await claim(app, homes.find(({ purchasers }) => purchasers.length > 0)!)),
      developer: async () => withCookies(await signIn(app, developers[0]!)),
      admin: async () => withCookies(await signIn(app, admins[0]!)),
      'other admin': async () => withCookies(await signIn(app, admins.at(-1)!)),
      'API client': async () => bearer(keys[0]!.key),
    }
    expect(await seenBy((await callers[who]?.()) ?? {})).toEqual([])
  },
)
