// House types of a development that has none yet: those that its first list of homes names.
import type { ReadRow } from './rows.ts'
import { houseTypeKey } from './values.ts'

export type FirstType = { id: string; code: string }

const TYPES_MAX = 100
const CODE = /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,19}$/u

/** As they are first written; what is no code is left to be refused with its row. */
export function firstTypes(rows: readonly ReadRow[]): FirstType[] {
  const found = new Map<string, FirstType>()
  for (const { values } of rows) {
    const code = values?.houseTypeCode?.trim()
    if (!code || !CODE.test(code) || found.size >= TYPES_MAX) continue
    const key = houseTypeKey(code)
    if (!found.has(key)) found.set(key, { id: Bun.randomUUIDv7(), code })
  }
  return [...found.values()]
}

export const noteOfFirstTypes = (types: readonly FirstType[]): string =>
  `This development has no house types yet. These are added from the list: ${types.map(({ code }) => code).join(', ')}.`
