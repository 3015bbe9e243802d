// Corrects a mistyped term to the nearest one that the eligible documents use.

import { beginsWithin, distanceWithin } from '#src/edit-distance.ts'
import {
  BEGINNING_LENGTH_MAX,
  beginningOf,
  documentFrequency,
  lettersOf,
  type Postings,
} from '#src/retrieval/lexical-index.ts'
import { hasDigit } from '#src/retrieval/query-terms.ts'

/** Short words are neighbours of too many others. */
const CORRECTED_LETTERS_MIN = 4
const TWO_ERRORS_LETTERS_MIN = 8
/** Lexemes are stems: a mistyped "heatign" is nearer to "heat" + "ing" than its own stem is to "heat". */
const STEM_ENDINGS =
  's e es ed er ers ing ings y al ally ion ions ation ations ication ications ly ment ments ement ements ity'.split(
    ' ',
  )
const ENDING_LETTERS_MAX = Math.max(...STEM_ENDINGS.map((ending) => ending.length))
/** "prefer" becomes "preferred". */
const DOUBLING_ENDINGS = ['ed', 'er', 'ing']
/** Among equally near terms the one that needs no ending is likelier meant. */
const ENDING_PENALTY = 0.1

/** The nearest known term, the more frequent one among equals; `null` when none is near enough. */
export function nearestTerm(eligible: readonly Postings[], term: string, word: string = term): string | null {
  if (term.length < CORRECTED_LETTERS_MIN || hasDigit(term)) return null
  const errorsMax = Math.max(term.length, word.length) >= TWO_ERRORS_LETTERS_MIN ? 2 : 1
  let best: { term: string; errors: number; frequency: number } | null = null
  const seen = new Set<string>()
  const [ofTerm, ofWord, isAlike] = [lettersOf(term), lettersOf(word), beginningsLike(term)]
  const lengthMin = Math.min(term.length, word.length - ENDING_LETTERS_MAX) - errorsMax
  const lengthMax = Math.min(word.length + errorsMax, BEGINNING_LENGTH_MAX)
  for (const { words } of eligible) {
    const { letters: lettersOfWords, beginnings, terms } = words
    for (let at = 0; at < beginnings.length; at += 1) {
      const begins = beginnings[at]!
      const length = begins >> 10
      if (isAlike[begins & 1_023] === 0 || length < lengthMin || length > lengthMax) continue
      const letters = lettersOfWords[at]!
      if (!hasAtMost(errorsMax, letters & ~ofTerm) && !hasAtMost(errorsMax, letters & ~ofWord)) continue
      const known = terms[at]!
      if (known.length > word.length + errorsMax || !beginsAlike(term, known) || seen.has(known)) continue
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

/** By the first two letters of a word, as its beginning holds them: whether it can be another spelling of the term. */
function beginningsLike(term: string): Uint8Array {
  const [first, second] = [beginningOf(term) & 31, (beginningOf(term) >> 5) & 31]
  return Uint8Array.from({ length: 1_024 }, (_, begins) => {
    const [itsFirst, itsSecond] = [begins & 31, begins >> 5]
    return Number(itsFirst === first || itsSecond === second || itsFirst === second || itsSecond === first)
  })
}

/** An error brings in one foreign letter at most; bits of those that a word lacks, and one or two errors. */
function hasAtMost(count: 1 | 2, foreign: number): boolean {
  const rest = foreign & (foreign - 1)
  return count === 1 ? rest === 0 : (rest & (rest - 1)) === 0
}

function errorsBetween(term: string, word: string, known: string, errorsMax: number): number | null {
  let least = distanceWithin(term, known, errorsMax)
  if (word[0] !== known[0]) return least
  const direct = distanceWithin(word, known, least ?? errorsMax)
  if (direct !== null) least = direct
  if (!beginsWithin(word, known.replace(/i$/, ''), least ?? errorsMax)) return least
  for (const full of wordsOf(known)) {
    const errors = distanceWithin(word, full, Math.floor(least ?? errorsMax))
    if (errors !== null && errors + ENDING_PENALTY < (least ?? Number.POSITIVE_INFINITY))
      least = errors + ENDING_PENALTY
  }
  return least
}

/** Words that a stem may stand for. */
function* wordsOf(stem: string): Generator<string> {
  if (stem.endsWith('i')) yield `${stem.slice(0, -1)}y`
  for (const ending of STEM_ENDINGS) yield stem + ending
  for (const ending of DOUBLING_ENDINGS) yield stem + stem.at(-1) + ending
}

/** One wrong, missing, added or swapped letter at the start leaves one of these; the test spares most of the vocabulary. */
function beginsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || a[1] === b[1] || a[0] === b[1] || a[1] === b[0]
}
