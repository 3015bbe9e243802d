// How many letters two words are apart: a mistyped word is within one or two of the one that was meant.

/** Damerau's distance (insert, delete, replace, swap neighbours) if it is at most `max`, else `null`. */
export function distanceWithin(a: string, b: string, max: number): number | null {
  if (Math.abs(a.length - b.length) > max) return null
  const distance = lastRow(a, b, max)?.[b.length]
  return distance !== undefined && distance <= max ? distance : null
}

/** Whether some beginning of the word is the stem, give or take `max` errors. */
export const beginsWithin = (word: string, stem: string, max: number): boolean =>
  lastRow(stem, word, max) !== null

/** Three rows of the table, used again for every pair: a search compares thousands. No word is longer. */
const LETTERS_MAX = 64
const rows = [0, 1, 2].map(() => new Uint8Array(LETTERS_MAX + 1))

/** How far `a` is from each beginning of `b`, until the next call; `null` when further than `max` from all. */
function lastRow(a: string, b: string, max: number): Uint8Array | null {
  if (a.length > LETTERS_MAX || b.length > LETTERS_MAX) return null
  let [beforePrevious, previous, current] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= b.length; j += 1) previous[j] = j
  for (let i = 1; i <= a.length; i += 1) {
    current[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= b.length; j += 1) {
      const cost = letter === b.charCodeAt(j - 1) ? 0 : 1
      let value = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        value = Math.min(value, beforePrevious[j - 2]! + 1)
      current[j] = value
      if (value < least) least = value
    }
    if (least > max) return null
    const spare = beforePrevious
    beforePrevious = previous
    previous = current
    current = spare
  }
  return previous
}
