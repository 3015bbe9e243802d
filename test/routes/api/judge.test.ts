// The judge that holds every answer of the API's tests against the contract finds what breaks it.
import { expect, test } from 'bun:test'
import { judgeOf } from '../../support/contract.ts'

const unit = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    side: { type: ['string', 'null'], enum: ['a', null] },
  },
  required: ['id', 'side'],
}
const judge = judgeOf({
  paths: {
    '/api/v1/units/{id}': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Unit' } } } },
          304: {},
        },
      },
    },
  },
  components: { schemas: { Unit: unit } },
})
const right = { id: '0190aaaa-0000-7000-8000-000000000000', side: null }
const asked = { method: 'GET', path: '/api/v1/units/1' }
const faults = (body: unknown, init?: ResponseInit) => judge(asked, Response.json(body, init))

test('what is as agreed passes, and what the contract does not know is not judged', async () => {
  expect(await faults(right)).toEqual([])
  expect(await judge(asked, new Response(null, { status: 304 }))).toEqual([])
  expect(await judge({ method: 'GET', path: '/api/v1/nope' }, Response.json({}))).toEqual([])
})

test.each([
  ['a field that is missing', { id: right.id }, {}],
  ['a field nobody agreed to', { ...right, colour: 'red' }, {}],
  ['another type', { ...right, id: 7 }, {}],
  ['a text that is no UUID', { ...right, id: 'x' }, {}],
  ['a value that is none of the known', { ...right, side: 'b' }, {}],
  ['a status nobody agreed to', right, { status: 418 }],
  ['another content type', right, { headers: { 'content-type': 'text/plain' } }],
])('%s is found', async (_, body, init) => expect((await faults(body, init)).length).toBeGreaterThan(0))
