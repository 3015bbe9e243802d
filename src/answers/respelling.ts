// Reads a mistyped word of a question as the word that the retrieved pages use, so that it counts as held by them.
import { readPage } from '#src/answers/page-reading.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'
import { contentStems, stem, wordsOf } from '#src/answers/wording.ts'
import { distanceWithin } from '#src/edit-distance.ts'

/** Shorter words are neighbours of too many others. */
const LETTERS_MIN = 6
const TWO_ERRORS_LETTERS_MIN = 9

/** The question with each unknown word replaced by its nearest on these pages; the same text when all are known. */
export function respelled(question: string, chunks: readonly RetrievedChunk[]): string {
  const seen = chunks.map(readPage)
  const unknown = wordsOf(question).filter(
    (word) =>
      /^\p{L}+$/u.test(word) &&
      word.length >= LETTERS_MIN &&
      contentStems(word).some(
        (each) =>
          !seen.some(({ chunkStems, titleStems }) => chunkStems.has(each) || titleStems.includes(each)),
      ),
  )
  if (unknown.length === 0) return question
  const known = new Set(seen.flatMap(({ chunkWords }) => chunkWords))
  return unknown.reduce((text, word) => {
    const meant = nearest(word, known)
    return meant === null ? text : text.replace(new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'giu'), meant)
  }, question)
}

/** "supplier" is no misspelt "supplies": they differ in their ending alone. */
const isInflected = (word: string, other: string): boolean =>
  stem(word) === stem(other) || word.slice(0, -2) === other.slice(0, word.length - 2)

function nearest(word: string, known: ReadonlySet<string>): string | null {
  const errorsMax = word.length >= TWO_ERRORS_LETTERS_MIN ? 2 : 1
  let best: { word: string; errors: number } | null = null
  for (const each of known) {
    if (each[0] !== word[0] || each.length < LETTERS_MIN - 1 || isInflected(word, each)) continue
    const errors = distanceWithin(word, each, best === null ? errorsMax : best.errors - 1)
    if (errors !== null) best = { word: each, errors }
    if (best?.errors === 1) break
  }
  return best?.word ?? null
}
