// The published contract describes what is really mounted, and every part of it resolves.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type ApiTest, openApi } from './client.ts'

type Schema = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<
    string,
    { description: string; headers?: Record<string, Schema>; content?: Record<string, { schema: Schema }> }
  >
}
type Document = {
  openapi: string
  info: Record<string, string>
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    headers: Record<string, Schema>
    schemas: Record<string, Schema>
    securitySchemes: Record<string, Schema>
  }
}

/** Not an item by its id, but not a list either. */
const SINGLE = [
  '/api/v1/api-keys/self',
  '/api/v1/analytics/summary',
  '/api/v1/developments/{id}/reindex',
  '/api/v1/documents/{id}/download',
  '/api/v1/units/{id}/household',
]
const ERRORS = ['401', '403', '404', '422', '429', '500', '503']

let api: ApiTest
let document: Document
let operations: { method: string; path: string; operation: Operation }[]
beforeAll(async () => {
  api = await openApi()
  const response = await api.app.call('/openapi.json')
  expect(response.status).toBe(200)
  document = await response.json()
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
})
afterAll(() => api.stop())

test('it is OpenAPI 3.1 with a title, a version, a server and the key as its security', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/)
  expect(document.info).toMatchObject({ title: 'OpenHouse API', version: '1.0.0' })
  expect(document.servers.length).toBe(1)
  expect(document.components.securitySchemes.bearerAuth).toEqual({ type: 'http', scheme: 'bearer' })
})

test('it documents exactly the routes that are mounted, by their full paths', () => {
  const mounted = api.app.routes
    .filter(({ path }) => path.startsWith('/api/v1/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(mounted.sort())
  expect(mounted.length).toBeGreaterThanOrEqual(11)
})

test('an item’s path is its list’s path and the id', () => {
  const items = Object.keys(document.paths).filter((path) => path.endsWith('/{id}'))
  expect(items.length).toBeGreaterThanOrEqual(5)
  for (const path of items) expect(document.paths[path.slice(0, -'/{id}'.length)]).toBeDefined()
})

test('every reference resolves, and no validator’s private words are left', () => {
  const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? []
  expect(references.length).toBeGreaterThan(10)
  for (const reference of references) {
    const [, kind, name] = /"#\/components\/(schemas|headers)\/([^"/]+)"/.exec(reference) ?? []
    expect(document.components[kind as 'schemas' | 'headers']?.[name ?? ''], reference).toBeDefined()
  }
  expect(JSON.stringify(document)).not.toMatch(/"\$defs"|"\$schema"|"~standard"/)
})

test('every operation has its own name, a summary, a tag, the key, and the errors it can give', () => {
  const names = operations.map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { operation } of operations) {
    expect(operation.summary.length).toBeGreaterThan(5)
    expect(operation.tags.length).toBe(1)
    expect(operation.security ?? []).toEqual([{ bearerAuth: [] }])
    const statuses = Object.keys(operation.responses)
    expect(statuses).toEqual(expect.arrayContaining(ERRORS))
    expect(statuses.some((status) => status.startsWith('2'))).toBe(true)
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      expect(description).not.toMatch(/^(?:Response for status|$)/)
      if (status === '304') continue
      const schema = (content?.['application/json'] ?? content?.['text/event-stream'])?.schema
      expect(schema).toBeDefined()
      if (Number(status) >= 400) expect(schema).toEqual({ $ref: '#/components/schemas/Error' })
    }
  }
})

test('every parameter in a path is declared, and lists say their bounds', () => {
  for (const { path, operation } of operations) {
    const declared = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name)
    expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))
  }
  for (const { method, path, operation } of operations) {
    if (method !== 'GET' || path.endsWith('}') || path.endsWith('/events') || SINGLE.includes(path)) continue
    const names = (operation.parameters ?? []).map(({ name }) => name)
    // Figures are no list: their span is what bounds them.
    if (names.includes('from') && names.includes('to')) continue
    expect(names).toEqual(expect.arrayContaining(['limit', 'cursor']))
    expect(operation.parameters?.find(({ name }) => name === 'limit')?.required ?? false).toBe(false)
  }
})

test('each operation says what it takes and gives in headers', () => {
  for (const { method, operation } of operations) {
    const sent = (operation.parameters ?? []).filter((each) => each.in === 'header').map(({ name }) => name)
    const isStream = operation.responses['200']?.content?.['text/event-stream'] !== undefined
    const expected = {
      GET: isStream ? [] : ['If-None-Match'],
      POST: ['Idempotency-Key'],
      PATCH: ['If-Match'],
      PUT: ['If-Match'],
    }
    expect([operation.operationId, sent]).toEqual([
      operation.operationId,
      expected[method as keyof typeof expected] ?? [],
    ])
    const statuses = Object.keys(operation.responses)
    expect(statuses.includes('304')).toBe(method === 'GET' && !isStream)
    expect(statuses.includes('412')).toBe(method === 'PATCH' || method === 'PUT')
    for (const [status, { headers = {} }] of Object.entries(operation.responses)) {
      const names = Object.keys(headers)
      expect(names).toEqual(expect.arrayContaining(['X-Request-Id', 'RateLimit', 'RateLimit-Policy']))
      if (status === '429' || status === '503') expect(names).toContain('Retry-After')
      if (method === 'GET' && !isStream && status.match(/^200|304$/)) expect(names).toContain('ETag')
      for (const header of Object.values(headers)) {
        const name = (header as { $ref: string }).$ref.replace('#/components/headers/', '')
        expect(document.components.headers[name]).toBeDefined()
      }
    }
  }
})

test('an answer may grow, a body may not', () => {
  const { Unit, NewFact, Error: error } = document.components.schemas
  expect(Unit).not.toHaveProperty('additionalProperties')
  expect(error).not.toHaveProperty('additionalProperties')
  expect(NewFact).toMatchObject({ additionalProperties: false })
})

test('an upload is described as a PDF in the body with its query; a question as JSON', () => {
  const upload = document.paths['/api/v1/documents']?.post
  expect(upload?.requestBody?.required).toBe(true)
  expect(Object.keys(upload?.requestBody?.content ?? {})).toEqual(['application/pdf'])
  const names = upload?.parameters?.map(({ name, required }) => `${name}${required ? '!' : ''}`)
  expect(names?.sort()).toEqual([
    'Idempotency-Key',
    'development_id!',
    'file_name',
    'house_types',
    'kind',
    'title',
  ])
  expect(Object.keys(upload?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '202', '413', '415', '507']),
  )
  const question = document.paths['/api/v1/questions']?.post
  expect(Object.keys(question?.requestBody?.content ?? {})).toContain('application/json')
})

test('what the API answers has the fields that its schema requires, and no others', async () => {
  const answers: [string, string][] = [
    ['developments', 'Development'],
    ['house-types', 'HouseType'],
    ['units', 'Unit'],
  ]
  for (const [path, name] of answers) {
    const schema = document.components.schemas[name] as { required: string[] }
    const row = (await api.get(`${path}?limit=1`)).body.data[0]
    expect(Object.keys(row).sort()).toEqual([...schema.required].sort())
  }
})

test('the documentation’s page and its files are our own', async () => {
  const page = await api.app.call('/docs')
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).not.toMatch(/(?:src|href)="https?:/)
  const sources = [...html.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(sources.length).toBeGreaterThan(0)
  for (const path of sources) expect((await api.app.call(path)).status).toBe(200)
  expect((await api.app.call('/docs/..%2fpackage.json')).status).toBe(404)
})
