// Operations that are to go away say so in every answer and in the contract, as the guide promises.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { access } from '#src/access/access.ts'
import { errors } from '#src/http/errors.ts'
import { front } from '#src/http/front.ts'
import { type Deprecation, deprecation } from '#src/routes/api/deprecation.ts'
import { publicDocument } from '#src/routes/openapi-document.ts'
import { ORIGIN } from '../../support/app.ts'
import { type ApiTest, openApi } from './client.ts'

const PLAN: Deprecation = { since: '2027-01-01', sunset: '2028-02-01', link: '/docs/guide#changes' }
/** The guide: at least twelve months. */
const NOTICE_DAYS_MIN = 365

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())

const planted = () =>
  new Elysia()
    .use(errors)
    .use(front({ assets: { respond: () => null } as never, isDraining: () => false }))
    .use(access)
    .use(deprecation)
    .get('/api/v1/old', () => ({ id: 1 }), { deprecated: PLAN, forApiClient: 'any' })
    .get('/api/v1/new', () => ({ id: 1 }), { forApiClient: 'any' })

const ask = (path: string, key: string) =>
  planted().handle(
    new Request(`${ORIGIN}${path}`, { headers: { host: 'localhost:3999', authorization: `Bearer ${key}` } }),
  )
const said = ({ headers }: Response) => ['deprecation', 'sunset', 'link'].map((name) => headers.get(name))

test('a deprecated operation says since when, until when, and where to read on; a refusal too', async () => {
  const expected = [
    '@1798761600',
    'Tue, 01 Feb 2028 00:00:00 GMT',
    '</docs/guide#changes>; rel="deprecation"; type="text/html"',
  ]
  const answered = await ask('/api/v1/old', api.keys.mine)
  expect([answered.status, ...said(answered)]).toEqual([200, ...expected])
  const refused = await ask('/api/v1/old', api.keys.unknown)
  expect([refused.status, ...said(refused)]).toEqual([401, ...expected])
  expect(said(await ask('/api/v1/new', api.keys.mine))).toEqual([null, null, null])
})

test('the contract marks it and describes the headers', () => {
  const { hooks } = planted().routes.find(({ path }) => path === '/api/v1/old')!
  const detail = hooks.detail as Record<string, unknown>
  expect(detail).toMatchObject({ deprecated: true, 'x-sunset': PLAN.sunset })
  const operation = { ...detail, responses: { 200: { description: '' } } }
  const { paths } = publicDocument({ paths: { '/api/v1/old': { get: operation } } }, ORIGIN)
  const described = (paths['/api/v1/old'] as { get: typeof operation & { responses: object } }).get
  expect(JSON.stringify(described.responses)).toContain('#/components/headers/Sunset')
})

test('whatever is deprecated goes a year later at the earliest', async () => {
  const { paths } = (await (await api.app.call('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { deprecated?: boolean; 'x-sunset'?: string }>>
  }
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    if (operation.deprecated) expect(Date.parse(operation['x-sunset'] ?? '') - Date.now()).toBeGreaterThan(0)
  expect(Date.parse(PLAN.sunset) - Date.parse(PLAN.since)).toBeGreaterThan(NOTICE_DAYS_MIN * 86_400_000)
})
