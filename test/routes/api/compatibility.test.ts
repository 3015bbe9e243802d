// The contract only grows: what would break a program fails; additions are agreed with UPDATE_GOLDEN=1.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { breakingChanges, type Contract } from '../../support/breaking-changes.ts'
import { type ApiTest, openApi } from './client.ts'

const GOLDEN = join(import.meta.dir, '../../golden/openapi.json')

let api: ApiTest
let current: Contract
beforeAll(async () => {
  api = await openApi()
  const { servers: _, ...document } = await (await api.app.call('/openapi.json')).json()
  current = document
})
afterAll(() => api.stop())

test('nothing of the agreed contract was taken away or narrowed, and what was added is agreed', () => {
  const text = `${JSON.stringify(current, null, 1)}\n`
  // `breaking` agrees to a break: nobody else's programs exist yet, or a new version of the API begins.
  const update = process.env.UPDATE_GOLDEN
  if (existsSync(GOLDEN) && update !== 'breaking')
    expect(breakingChanges(JSON.parse(readFileSync(GOLDEN, 'utf8')), current)).toEqual([])
  if (update) writeFileSync(GOLDEN, text)
  expect(readFileSync(GOLDEN, 'utf8') === text || 'run with UPDATE_GOLDEN=1 and review the difference').toBe(
    true,
  )
})

// biome-ignore lint/suspicious/noExplicitAny: the document is bent by hand.
const changed = (bend: (document: any) => void): string[] => {
  const document = structuredClone(current)
  bend(document)
  return breakingChanges(current, document)
}

test('what breaks a program is found', () => {
  const schemas = (document: { components: { schemas: Record<string, unknown> } }) =>
    // biome-ignore lint/suspicious/noExplicitAny: the document is bent by hand.
    document.components.schemas as Record<string, any>
  const breaks: Record<string, (document: Contract) => void> = {
    'a path that is gone': (d) => void delete d.paths['/api/v1/units/{id}'],
    'a method that is gone': (d) => void delete d.paths['/api/v1/facts']?.post,
    'a field that is gone': (d) => void delete schemas(d).Unit.properties.number,
    'a field that is not always there': (d) => void schemas(d).Unit.required.shift(),
    'another type': (d) => void Object.assign(schemas(d).Job.properties.attempt, { type: 'string' }),
    'a field to send that is new and required': (d) => {
      schemas(d).NewFact.properties.colour = { type: 'string' }
      schemas(d).NewFact.required.push('colour')
    },
    'a shorter text': (d) => void Object.assign(schemas(d).NewFact.properties.value, { maxLength: 10 }),
    'an event that can no longer be chosen': (d) =>
      void schemas(d).NewWebhook.properties.events.items.enum.pop(),
    'an answer that may be null now': (d) =>
      void Object.assign(schemas(d).Unit.properties.number, { type: ['string', 'null'] }),
  }
  for (const [name, bend] of Object.entries(breaks))
    expect([name, changed(bend).length > 0]).toEqual([name, true])
})

test('what only adds is not', () => {
  const found = changed((d) => {
    d.paths['/api/v1/new'] = { get: { responses: {} } }
    d.components.schemas.Unit.properties.colour = { type: 'string' }
    d.components.schemas.Unit.required.push('colour')
    d.components.schemas.NewFact.properties.colour = { type: 'string' }
    d.components.schemas.NewFact.properties.value.maxLength = 9_000
    d.components.schemas.NewWebhook.properties.events.items.enum.push('unit.sold')
  })
  expect(found).toEqual([])
})
