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

/** A document whose parts are reached without asking what they are, to bend them by hand. */
type Bent = { [name: string]: Bent }

const changed = (bend: (document: Bent, schemas: Bent) => void): string[] => {
  const document = structuredClone(current)
  bend(document as unknown as Bent, document.components.schemas as Bent)
  return breakingChanges(current, document)
}

const at = (from: Bent, ...names: string[]): Bent => names.reduce((part, name) => part[name] as Bent, from)
const listOf = (from: Bent, ...names: string[]) => at(from, ...names) as unknown as string[]
const TEXT = { colour: { type: 'string' } }

test('what breaks a program is found', () => {
  const breaks: Record<string, (document: Bent, schemas: Bent) => void> = {
    'a path that is gone': (d) => void delete at(d, 'paths')['/api/v1/units/{id}'],
    'a method that is gone': (d) => void delete at(d, 'paths', '/api/v1/facts').post,
    'a field that is gone': (_, s) => void delete at(s, 'Unit', 'properties').number,
    'a field that is not always there': (_, s) => void listOf(s, 'Unit', 'required').shift(),
    'another type': (_, s) => void Object.assign(at(s, 'Job', 'properties', 'attempt'), { type: 'string' }),
    'a field to send that is new and required': (_, s) => {
      Object.assign(at(s, 'NewFact', 'properties'), TEXT)
      listOf(s, 'NewFact', 'required').push('colour')
    },
    'a shorter text': (_, s) =>
      void Object.assign(at(s, 'NewFact', 'properties', 'value'), { maxLength: 10 }),
    'an event that can no longer be chosen': (_, s) =>
      void listOf(s, 'NewWebhook', 'properties', 'events', 'items', 'enum').pop(),
    'an answer that may be null now': (_, s) =>
      void Object.assign(at(s, 'Unit', 'properties', 'number'), { type: ['string', 'null'] }),
  }
  for (const [name, bend] of Object.entries(breaks))
    expect([name, changed(bend).length > 0]).toEqual([name, true])
})

test('what only adds is not', () => {
  const found = changed((d, s) => {
    Object.assign(at(d, 'paths'), { '/api/v1/new': { get: { responses: {} } } })
    Object.assign(at(s, 'Unit', 'properties'), TEXT)
    listOf(s, 'Unit', 'required').push('colour')
    Object.assign(at(s, 'NewFact', 'properties'), TEXT)
    Object.assign(at(s, 'NewFact', 'properties', 'value'), { maxLength: 9_000 })
    listOf(s, 'NewWebhook', 'properties', 'events', 'items', 'enum').push('unit.sold')
  })
  expect(found).toEqual([])
})
