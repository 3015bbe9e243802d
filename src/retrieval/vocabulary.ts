// Corrects a mistyped term to the nearest one that the eligible documents use.

import { documentFrequency, type Postings } from '#src/retrieval/lexical-index.ts'
import { hasDigit } from '#src/retrieval/query-terms.ts'

/** Short words are neighbours of too many others. */
const CORRECTED_LETTERS_MIN = 4
const TWO_ERRORS_LETTERS_MIN = 8
/** Lexemes are stems: a mistyped "heatign" is nearer to "heat" + "ing" than its own stem is to "heat". */
const STEM_ENDINGS = ['', 's', 'e', 'es', 'ed', 'er', 'ing', 'y', 'ion', 'ation', 'ly', 'ment']

/** The nearest known term, the more frequent one among equals; `null` when none is near enough. */
export function nearestTerm(eligible: readonly Postings[], term: string, word: string = term): string | null {
  if (term.length < CORRECTED_LETTERS_MIN || hasDigit(term)) return null
  const errorsMax = Math.max(term.length, word.length) >= TWO_ERRORS_LETTERS_MIN ? 2 : 1
  let best: { term: string; errors: number; frequency: number } | null = null
  const seen = new Set<string>()
  for (const { termIds } of eligible) {
    for (const known of termIds.keys()) {
      if (known.length < CORRECTED_LETTERS_MIN - 1 || known.length > word.length + errorsMax) continue
      if (!beginsAlike(term, known) || seen.has(known) || hasDigit(known)) continue
      seen.add(known)
      const errors = errorsBetween(term, word, known, best ? Math.min(errorsMax, best.errors) : errorsMax)
      if (errors === null) continue
      const frequency = documentFrequency(eligible, known)
      if (best === null || errors < best.errors || (errors === best.errors && frequency > best.frequency))
        best = { term: known, errors, frequency }
    }
  }
  return best?.term ?? null
}

function errorsBetween(term: string, word: string, known: string, errorsMax: number): number | null {
  let least = distanceWithin(term, known, errorsMax)
  if (word[0] !== known[0]) return least
  for (const ending of STEM_ENDINGS) {
    const errors = distanceWithin(word, known + ending, least ?? errorsMax)
    if (errors !== null) least = errors
  }
  return least
}

/** One wrong, missing, added or swapped letter at the start leaves one of these; the test spares most of the vocabulary. */
function beginsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0]
}

/** Damerau's distance (insert, delete, replace, swap neighbours) if it is at most `max`, else `null`. */
export function distanceWithin(a: string, b: string, max: number): number | null {
  if (Math.abs(a.length - b.length) > max) return null
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, beforePrevious[j - 2]! + 1)
      current.push(value)
      least = Math.min(least, value)
    }
    if (least > max) return null
    beforePrevious = previous
    previous = current
  }
  const distance = previous[b.length]!
  return distance <= max ? distance : null
}
