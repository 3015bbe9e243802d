// Reads names and values as they were sent, where the framework would split at commas and guess at JSON.
import { failure } from '../failure.ts'

const PAIRS_MAX = 200

export type Pairs = Record<string, string | string[]>

/**
 * A name that comes twice has a list of values, which every schema of one value refuses. No prototype to pollute.
 * @throws Failure `invalid` for more pairs than any page sends, and for NUL, which no text of ours can hold
 */
export function readPairs(text: string): Pairs {
  const pairs: Pairs = Object.create(null)
  let count = 0
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1
    if (count > PAIRS_MAX || name.includes('\0') || value.includes('\0'))
      throw failure('invalid', { fields: [{ path: name.replaceAll('\0', ''), message: 'is not valid' }] })
    const before = pairs[name]
    pairs[name] = before === undefined ? value : [before, value].flat()
  }
  return pairs
}

export function readQuery(url: string): Pairs {
  const start = url.indexOf('?')
  return start < 0 ? Object.create(null) : readPairs(url.slice(start + 1).split('#')[0] ?? '')
}
