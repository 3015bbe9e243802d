// Values for generated requests: right ones, nearly right ones, and those that break what was not thought of.
import type { Dice } from '#src/demo/dice.ts'

export type Ids = { own: readonly string[]; foreign: readonly string[] }

export const HOSTILE: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  '0x10',
  '10.5',
  'NaN',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "'",
  '"',
  '`',
  "' or 1=1 --",
  "'; select pg_sleep(0); --",
  '%%%%',
  '\\\\',
  '(a+)+$',
  '../../etc/passwd',
  '..\\..\\x',
  '%2e%2e%2f',
  '\u0000',
  'a\u0000b',
  '\r\nset-cookie: a=b',
  '\u202Efdp.exe',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}<%= 7*7 %>',
  '%ED%A0%80',
  '=cmd|/c calc',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'https:evil.example',
  '__proto__',
  'constructor',
  '\ud800',
  '\udfff x',
  '🏠'.repeat(40),
  'ﬃ İ ß',
  'مرحبا',
  'a'.repeat(300),
  'a'.repeat(6_000),
  '9'.repeat(40),
  '9223372036854775808',
  '2147483648',
  '-0',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  'f'.repeat(36),
  '-'.repeat(36),
  '00000000-0000-0000-0000-000000000000',
  'eyJhbGciOiJub25lIn0.e30.',
]

export const chance = (dice: Dice, percent: number): boolean => dice.roll(100) < percent

export function anyId(dice: Dice, ids: Ids): string {
  const roll = dice.roll(10)
  if (roll < 5) return dice.pick(ids.own)
  if (roll < 8) return dice.pick(ids.foreign)
  return `01890000-0000-7000-8000-${String(dice.roll(1e9)).padStart(12, '0')}`
}

/** For free text, which is kept and shown again: a foreign id in an answer then always means a leak. */
export const harmlessId = (dice: Dice, ids: Ids): string => anyId(dice, { ...ids, foreign: ids.own })

export type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

const WORDS = ['boiler', 'heating', 'BD01', 'where is the stopcock', 'Áine', 'Longview', 'bins', 'gas', 'a']
const DEPTH_MAX = 5

/** Something the schema accepts, as far as the schema says; one in `wrongPercent` is broken on purpose. */
export function madeFrom(dice: Dice, schema: Schema, ids: Ids, wrongPercent: number, depth = 0): unknown {
  if (chance(dice, wrongPercent)) return broken(dice, ids, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return dice.pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return madeFrom(dice, dice.pick(choices), ids, 0, depth)
  if (schema.allOf?.[0]) return madeFrom(dice, schema.allOf[0], ids, 0, depth)
  const type = Array.isArray(schema.type) ? dice.pick(schema.type) : schema.type
  if (type === 'object') return objectOf(dice, schema, ids, wrongPercent, depth)
  if (type === 'array') return arrayOf(dice, schema, ids, wrongPercent, depth)
  if (type === 'integer' || type === 'number') return numberOf(dice, schema, type)
  if (type === 'boolean') return dice.roll(2) === 1
  if (type === 'null') return null
  return textOf(dice, schema, ids)
}

function objectOf(dice: Dice, schema: Schema, ids: Ids, wrongPercent: number, depth: number): unknown {
  const made: Record<string, unknown> = {}
  if (depth > DEPTH_MAX) return made
  for (const [name, of] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) ? !chance(dice, 3) : chance(dice, 60))
      made[name] = madeFrom(dice, of, ids, wrongPercent, depth + 1)
  if (chance(dice, 4))
    made[dice.pick(['tenant_id', 'role', 'isAdmin', 'id', 'created_at'])] = harmlessId(dice, ids)
  return made
}

const arrayOf = (dice: Dice, schema: Schema, ids: Ids, wrongPercent: number, depth: number): unknown[] =>
  Array.from({ length: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + dice.roll(3)) }, () =>
    madeFrom(dice, schema.items ?? {}, ids, wrongPercent, depth + 1),
  )

function numberOf(dice: Dice, schema: Schema, type: string): number {
  const least = schema.minimum ?? 0
  const most = Math.min(schema.maximum ?? 1_000, least + 1_000_000)
  const edge = dice.roll(6)
  if (edge === 0) return least
  if (edge === 1) return most
  const between = least + dice.roll(Math.max(1, Math.floor(most - least) + 1))
  return type === 'integer' ? Math.round(between) : between + 0.5
}

function textOf(dice: Dice, schema: Schema, ids: Ids): string {
  if (schema.format === 'uuid') return anyId(dice, ids)
  if (schema.format === 'date') return `2026-0${1 + dice.roll(9)}-1${dice.roll(9)}`
  if (schema.format === 'date-time') return `2026-0${1 + dice.roll(9)}-1${dice.roll(9)}T10:00:00Z`
  if (schema.format === 'uri') return 'https://hooks.example/openhouse'
  if (schema.format === 'email') return `person${dice.roll(1_000)}@example.ie`
  const text = `${dice.pick(WORDS)} ${dice.roll(1_000)}`
  const padded = text.padEnd(schema.minLength ?? 0, 'x')
  return schema.maxLength ? padded.slice(0, schema.maxLength) : padded
}

function broken(dice: Dice, ids: Ids, depth: number): unknown {
  const roll = dice.roll(10)
  if (roll === 0) return null
  if (roll === 1) return dice.roll(2) === 1
  if (roll === 2) return dice.pick([-1, 0, 1e308, -0, 2 ** 53, 0.1])
  if (roll === 3) return []
  if (roll === 4) return depth > 2 ? {} : { a: broken(dice, ids, depth + 1) }
  if (roll === 5) return harmlessId(dice, ids)
  return dice.pick(HOSTILE)
}
