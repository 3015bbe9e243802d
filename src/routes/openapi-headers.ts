// What every operation of the API does besides its own work, written into the OpenAPI document where it applies.

type Header = { description: string; schema: object }
type Answer = { description: string; headers?: Record<string, object>; content?: Record<string, Content> }
type Content = { schema?: unknown; example?: unknown }
type Parameter = { name: string; in: string; schema?: Record<string, unknown>; [more: string]: unknown }

export type Operation = {
  operationId?: string
  description?: string
  deprecated?: boolean
  'x-stream'?: boolean
  'x-scope'?: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, Answer>
}

const text = { type: 'string' }
const count = { type: 'integer', minimum: 0 }

export const headers: Record<string, Header> = {
  'X-Request-Id': { description: 'Names the request when you ask us about it', schema: text },
  'RateLimit-Policy': { description: 'The plan of the key, such as `"api_key";q=600;w=60`', schema: text },
  RateLimit: { description: 'What is left of it, such as `"api_key";r=599;t=1`', schema: text },
  'Retry-After': { description: 'Seconds to wait before the request is sent again', schema: count },
  'WWW-Authenticate': { description: 'Always `Bearer`', schema: text },
  ETag: { description: 'Names what was answered, for `If-None-Match` and `If-Match`', schema: text },
  'Idempotency-Replayed': {
    description: '`true` when this is the answer of the first request with the same key',
    schema: { type: 'string', enum: ['true'] },
  },
  Deprecation: { description: 'Since when it is to go away, such as `@1798675200` (RFC 9745)', schema: text },
  Sunset: { description: 'The day from which it may be gone (RFC 8594)', schema: text },
  Link: { description: 'Where to read what comes instead', schema: text },
}

/** Where a route says nothing better. */
const DESCRIPTIONS: Record<string, string> = {
  200: 'Done',
  201: 'Added',
  202: 'Accepted; a job does the rest',
  304: 'Nothing changed since the answer that `If-None-Match` names',
  400: 'The request could not be read',
  401: 'No key, or none that works',
  403: 'The key lacks the scope, or the page’s site is not on the key’s list',
  404: 'Not there, or not yours',
  409: 'Not possible in its present state, or the idempotency key is in use',
  412: 'Changed since it was read',
  413: 'Larger than is allowed',
  415: 'Of a type that is not accepted here',
  422: 'Not valid; `fields` says what and where',
  429: 'Faster than the plan of the key; wait the seconds of `Retry-After`',
  500: 'A mistake of ours; it has been recorded',
  503: 'Overloaded or restarting; wait the seconds of `Retry-After`',
  507: 'No room left to store it',
}

/** Adds to an operation what holds for its method, and to each answer its headers. Changes it in place. */
export function describeCommon(method: string, operation: Operation): void {
  const error = operation.responses['422']
  const failing = (status: string) => {
    if (error) operation.responses[status] ??= { ...error }
  }
  failing('500')
  if (operation.requestBody) for (const status of ['413', '415']) failing(status)
  if (method === 'get') describeRead(operation)
  if (method === 'post') describeIdempotency(operation, failing)
  if (method === 'patch' || method === 'put') describeCondition(operation, failing)
  if (operation['x-scope'] && operation['x-scope'] !== 'any')
    operation.description = `Needs the scope \`${operation['x-scope']}\`.`
  for (const parameter of operation.parameters ?? []) describeLimit(parameter)
  for (const [status, answer] of Object.entries(operation.responses)) {
    answer.description = DESCRIPTIONS[status] ?? answer.description
    carry(answer, 'X-Request-Id', 'RateLimit-Policy', 'RateLimit')
    if (status === '401') carry(answer, 'WWW-Authenticate')
    if (status === '429' || status === '503') carry(answer, 'Retry-After')
    if (operation.deprecated) carry(answer, 'Deprecation', 'Sunset', 'Link')
  }
}

const carry = (answer: Answer, ...names: string[]) => {
  const carried = names.map((name) => [name, { $ref: `#/components/headers/${name}` }])
  answer.headers = { ...answer.headers, ...Object.fromEntries(carried) }
}

const sendable = (operation: Operation, name: string, description: string, schema: object) => {
  operation.parameters = [
    ...(operation.parameters ?? []),
    { name, in: 'header', required: false, description, schema: schema as Record<string, unknown> },
  ]
}

function describeRead(operation: Operation): void {
  const answer = operation.responses['200']
  if (!answer || operation['x-stream']) return
  carry(answer, 'ETag')
  operation.responses['304'] = { description: '' }
  carry(operation.responses['304'], 'ETag')
  sendable(operation, 'If-None-Match', '`ETag` of what you have already', text)
}

function describeIdempotency(operation: Operation, failing: (status: string) => void): void {
  const schema = { type: 'string', minLength: 1, maxLength: 255 }
  sendable(operation, 'Idempotency-Key', 'For 24 hours the same key gives the first answer again', schema)
  failing('409')
  const { 409: conflict, ...others } = operation.responses
  if (conflict) carry(conflict, 'Retry-After')
  for (const [status, answer] of Object.entries(others))
    if (status.startsWith('2')) carry(answer, 'Idempotency-Replayed')
}

function describeCondition(operation: Operation, failing: (status: string) => void): void {
  sendable(operation, 'If-Match', '`ETag` of what you read: refused with 412 if it changed since', text)
  failing('412')
}

/** A query holds text only, but what is meant is a number. */
function describeLimit({ name, schema }: Parameter): void {
  if (name !== 'limit' || !schema) return
  for (const word of Object.keys(schema)) delete schema[word]
  Object.assign(schema, { type: 'integer', minimum: 1, maximum: 100, default: 25 })
}
