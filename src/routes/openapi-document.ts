// Finishes the generated OpenAPI document: only the API's paths, shared schemas where validators look for them.

import examples from './api/examples.json' with { type: 'json' }
import { describeCommon, headers, type Operation } from './openapi-headers.ts'

export type OpenApiDocument = {
  paths: Record<string, unknown>
  components?: { schemas?: Record<string, unknown>; headers?: Record<string, unknown> }
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
      describeCommon(method, operation)
      showExample(operation)
      if (operation['x-stream']) describeStream(operation)
    }
  const sent = namesReached(hoisted, schemas)
  for (const [name, schema] of Object.entries(schemas)) if (!sent.has(name)) letGrow(schema)
  for (const methods of Object.values(hoisted))
    for (const { responses } of Object.values(methods)) letGrow(responses)
  return {
    ...raw,
    openapi: '3.1.0',
    servers: [{ url: serverUrl }],
    paths: hoisted,
    components: { ...raw.components, headers, schemas: { ...schemas } },
  }
}

type Example = { status: number; request?: unknown; response: unknown }

/** Real answers, which a test makes and compares. */
function showExample({ operationId = '', responses, requestBody }: Operation): void {
  const example = (examples as Record<string, Example>)[operationId]
  const answer = example && responses[example.status]?.content?.['application/json']
  if (answer) answer.example = example.response
  const body = requestBody?.content['application/json']
  if (body && example?.request !== undefined) body.example = example.request
}

/** The generator knows JSON only; each event of a stream carries one such value. */
function describeStream(operation: Operation): void {
  const answer = operation.responses['200']
  const content = answer?.content?.['application/json']
  if (answer && content) answer.content = { 'text/event-stream': content }
  delete operation['x-stream']
}

/** The schemas that bodies of requests are made of; they stay closed, so that a typing mistake is seen. */
function namesReached(
  paths: Record<string, Record<string, Operation>>,
  schemas: Record<string, unknown>,
): Set<string> {
  const reached = new Set<string>()
  const walk = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      if (name && !reached.has(name)) {
        reached.add(name)
        walk(schemas[name])
      }
  }
  for (const methods of Object.values(paths))
    for (const each of Object.values(methods)) walk(each.requestBody)
  return reached
}

/** An answer may have more fields one day, as the guide says: a client that checks strictly must not break by it. */
function letGrow(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if ('properties' in node && 'additionalProperties' in node && node.additionalProperties === false)
    delete node.additionalProperties
  for (const value of Object.values(node)) letGrow(value)
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
  // The generator says that the type may be null and forgets it among the values.
  if (Array.isArray(result.enum) && Array.isArray(result.type) && result.type.includes('null'))
    result.enum = [...new Set([...result.enum, null])]
  return result
}

const withoutId = (schema: unknown): unknown => {
  const { id: _, ...rest } = schema as Record<string, unknown>
  return rest
}
