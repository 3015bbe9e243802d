// Parts that a list brings along with its rows when it is asked to, each with the scope that its own address needs.
import { z } from 'zod'
import type { ApiScope } from '../../access/api-scopes.ts'
import type { ApiClientCaller } from '../../access/caller.ts'
import { failure } from '../../failure.ts'

const EXPAND_CHARS_MAX = 100

/** The query of a list that has these parts. */
export const expandOf = <Name extends string>(names: readonly [Name, ...Name[]]) => {
  const one = `(?:${names.join('|')})`
  const listed = names.map((name) => `\`${name}\``).join(', ')
  return z
    .string()
    .max(EXPAND_CHARS_MAX)
    .regex(new RegExp(`^${one}(?:,${one})*$`), `must be names of ${names.join(', ')}, separated by commas`)
    .transform((text) => text.split(',') as Name[])
    .optional()
    .describe(`Brings along with each row, by names separated by commas: ${listed}`)
}

/** @throws Failure `scope_missing`, naming the scope of each part that the key may not read */
export function refuseParts<Name extends string>(
  client: ApiClientCaller,
  asked: readonly Name[],
  needed: Record<Name, ApiScope>,
): void {
  const missing = [...new Set(asked)].filter((name) => !client.scopes.includes(needed[name]))
  if (missing.length === 0) return
  const fields = missing.map((name) => ({
    path: 'expand',
    message: `${name} needs the scope ${needed[name]}`,
  }))
  throw failure('scope_missing', { fields })
}
