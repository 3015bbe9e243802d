// What of a new OpenAPI document would break a program that was written for the old one.

type Json = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; schema?: Json }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Json }> }
  responses: Record<string, { content?: Record<string, { schema?: Json }> }>
}
export type Contract = {
  paths: Record<string, Record<string, unknown>>
  components: { schemas: Record<string, unknown> }
}
type Direction = 'sent' | 'answered'
type Pair = { before: Json; after: Json }

const DEPTH_MAX = 20
/** Bounds that refuse more the higher, and the lower, they are. */
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems']
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']

/** One sentence a change; none for additions. */
export function breakingChanges(before: Contract, after: Contract): string[] {
  const compare = comparer(before, after)
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, raw]) => {
      const name = `${method.toUpperCase()} ${path}`
      const now = after.paths[path]?.[method] as Operation | undefined
      return now ? ofOperation(name, raw as Operation, now, compare) : [`${name} is gone`]
    }),
  )
}

type Compare = (where: string, pair: Pair, direction: Direction, depth?: number) => string[]

function ofOperation(name: string, before: Operation, after: Operation, compare: Compare): string[] {
  const found: string[] = []
  const isSame = (one: Parameter) => (other: Parameter) => one.name === other.name && one.in === other.in
  for (const parameter of before.parameters ?? []) {
    const now = after.parameters?.find(isSame(parameter))
    if (!now) found.push(`${name}: parameter ${parameter.name} is gone`)
    else
      found.push(
        ...compare(
          `${name}: ${parameter.name}`,
          { before: parameter.schema ?? {}, after: now.schema ?? {} },
          'sent',
        ),
      )
  }
  for (const parameter of after.parameters ?? [])
    if (parameter.required && !before.parameters?.find(isSame(parameter))?.required)
      found.push(`${name}: parameter ${parameter.name} is required now`)
  if (after.requestBody && !before.requestBody) found.push(`${name}: takes a body now`)
  found.push(
    ...ofContent(`${name}: body`, before.requestBody?.content, after.requestBody?.content, 'sent', compare),
  )
  for (const [status, answer] of Object.entries(before.responses)) {
    const where = `${name}: ${status}`
    if (!after.responses[status]) found.push(`${where} is gone`)
    else found.push(...ofContent(where, answer.content, after.responses[status].content, 'answered', compare))
  }
  return found
}

function ofContent(
  where: string,
  before: Record<string, { schema?: Json }> = {},
  after: Record<string, { schema?: Json }> = {},
  direction: Direction,
  compare: Compare,
): string[] {
  return Object.entries(before).flatMap(([type, { schema = {} }]) => {
    const now = after[type]
    return now
      ? compare(where, { before: schema, after: now.schema ?? {} }, direction)
      : [`${where}: ${type} is gone`]
  })
}

function comparer(beforeDocument: Contract, afterDocument: Contract): Compare {
  const resolve = (document: Contract, schema: Json): Json => {
    const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined
    return name ? ((document.components.schemas[name] ?? {}) as Json) : schema
  }
  const compare: Compare = (where, pair, direction, depth = 0) => {
    if (depth > DEPTH_MAX) return []
    const before = resolve(beforeDocument, pair.before)
    const after = resolve(afterDocument, pair.after)
    const deeper = (name: string, one: unknown, other: unknown) =>
      compare(`${where}.${name}`, { before: one as Json, after: other as Json }, direction, depth + 1)
    const found = ofValue(where, { before, after }, direction)
    found.push(...ofProperties(where, { before, after }, direction, deeper))
    if (before.items && after.items) found.push(...deeper('items', before.items, after.items))
    for (const word of ['anyOf', 'oneOf', 'allOf']) {
      const [ones, others] = [before[word], after[word]]
      if (!Array.isArray(ones) && !Array.isArray(others)) continue
      const [count, countNow] = [(ones as Json[])?.length ?? 0, (others as Json[])?.length ?? 0]
      if (direction === 'sent' ? countNow < count : countNow > count)
        found.push(`${where}: ${count} forms became ${countNow}`)
      for (let i = 0; i < Math.min(count, countNow); i++)
        found.push(...deeper(`${word}[${i}]`, (ones as Json[])[i], (others as Json[])[i]))
    }
    return found
  }
  return compare
}

function ofValue(where: string, { before, after }: Pair, direction: Direction): string[] {
  const found: string[] = []
  for (const word of ['type', 'format', 'const'])
    if (JSON.stringify(before[word]) !== JSON.stringify(after[word]))
      found.push(`${where}: ${word} ${JSON.stringify(before[word])} became ${JSON.stringify(after[word])}`)
  if (direction === 'answered') return found
  const allowed = after.enum as unknown[] | undefined
  for (const value of allowed ? ((before.enum as unknown[]) ?? ['anything']) : [])
    if (!allowed?.includes(value)) found.push(`${where}: ${String(value)} is refused now`)
  if (after.pattern !== undefined && after.pattern !== before.pattern) found.push(`${where}: another pattern`)
  const bound = (schema: Json, name: string, open: number) => Number(schema[name] ?? open)
  for (const name of LOWER_BOUNDS)
    if (bound(after, name, -Infinity) > bound(before, name, -Infinity)) found.push(`${where}: higher ${name}`)
  for (const name of UPPER_BOUNDS)
    if (bound(after, name, Infinity) < bound(before, name, Infinity)) found.push(`${where}: lower ${name}`)
  return found
}

function ofProperties(
  where: string,
  { before, after }: Pair,
  direction: Direction,
  deeper: (name: string, one: unknown, other: unknown) => string[],
): string[] {
  const [ones, others] = [(before.properties ?? {}) as Json, (after.properties ?? {}) as Json]
  const required = new Set((before.required as string[]) ?? [])
  const requiredNow = new Set((after.required as string[]) ?? [])
  const found = Object.keys(ones).flatMap((name) =>
    name in others ? deeper(name, ones[name], others[name]) : [`${where}.${name} is gone`],
  )
  const [all, kept] = direction === 'sent' ? [requiredNow, required] : [required, requiredNow]
  for (const name of all)
    if (!kept.has(name) && (direction === 'sent' || name in others))
      found.push(`${where}.${name} is ${direction === 'sent' ? 'required now' : 'no longer always there'}`)
  return found
}
