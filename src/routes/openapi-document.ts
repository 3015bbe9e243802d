// Finishes the generated OpenAPI document: only the API's paths, shared schemas where validators look for them.

export type OpenApiDocument = {
  paths: Record<string, unknown>
  components?: { schemas?: Record<string, unknown> }
  [key: string]: unknown
}

const API_PREFIX = '/api/'

/** Keeps the public paths and moves each `$defs` entry to `components.schemas`, rewriting what refers to it. */
export function publicDocument(raw: OpenApiDocument, serverUrl: string): OpenApiDocument {
  const schemas: Record<string, unknown> = {}
  const paths = Object.fromEntries(Object.entries(raw.paths).filter(([path]) => path.startsWith(API_PREFIX)))
  const hoisted = hoist(paths, schemas) as Record<string, Record<string, Operation>>
  for (const methods of Object.values(hoisted))
    for (const [method, operation] of Object.entries(methods)) {
      if (operation['x-stream']) describeStream(operation)
      if (method === 'post') describeIdempotency(operation)
    }
  return {
    ...raw,
    openapi: '3.1.0',
    servers: [{ url: serverUrl }],
    paths: hoisted,
    components: { ...raw.components, schemas: { ...schemas } },
  }
}

type Operation = {
  'x-stream'?: boolean
  parameters?: unknown[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

/** What every POST takes and may answer, whatever its route declares. */
function describeIdempotency(operation: Operation): void {
  const schema = { type: 'string', minLength: 1, maxLength: 255 }
  const description = 'For 24 hours the same key gives the first answer again'
  const header = { name: 'Idempotency-Key', in: 'header', required: false, description, schema }
  operation.parameters = [...(operation.parameters ?? []), header]
  const unprocessable = operation.responses['422']
  if (unprocessable) operation.responses['409'] ??= unprocessable
}

/** The generator knows JSON only; each event of a stream carries one such value. */
function describeStream(operation: Operation): void {
  const answer = operation.responses['200']
  if (answer?.content) answer.content = { 'text/event-stream': answer.content['application/json'] }
  delete operation['x-stream']
}

function hoist(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => hoist(item, schemas))
  if (typeof node !== 'object' || node === null) return node
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(node)) {
    if (name === '$defs') {
      for (const [id, schema] of Object.entries(value as Record<string, unknown>))
        schemas[id] = hoist(withoutId(schema), schemas)
    } else if (name === '$ref' && typeof value === 'string') {
      result.$ref = value.replace('#/$defs/', '#/components/schemas/')
    } else if (name !== '$schema') {
      result[name] = hoist(value, schemas)
    }
  }
  return result
}

const withoutId = (schema: unknown): unknown => {
  const { id: _, ...rest } = schema as Record<string, unknown>
  return rest
}
