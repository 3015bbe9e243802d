// Passages of real text by the thousand, and real questions about them: test collections cut to pieces of one size.
import { join } from 'node:path'
import { readLines } from './manuals.ts'
import { withTypo } from './measures.ts'

/** Half of what the product aims at, so that twenty thousand passages are all different. */
const CHARACTERS_A_PASSAGE = 400
const QUESTIONS_WITH_TYPO_EVERY = 4

type Row = { title: string; text: string }

export async function passagesOf(shared: string, count: number): Promise<string[]> {
  const passages: string[] = []
  for (const name of ['emanual-tv', 'scifact']) {
    for (const row of await readLines<Row>(join(shared, 'data/retrieval', name, 'corpus.jsonl'))) {
      for (const piece of cut(row.text)) {
        if (passages.length === count) return passages
        passages.push(`${row.title}\n${piece}`)
      }
    }
  }
  return passages
}

/** Every fourth one is mistyped, which makes a search compare words. */
export async function questionsOf(shared: string): Promise<string[]> {
  const all: string[] = []
  for (const name of ['emanual-tv', 'scifact'])
    for (const { text } of await readLines<{ text: string }>(
      join(shared, 'data/retrieval', name, 'queries.jsonl'),
    ))
      all.push(all.length % QUESTIONS_WITH_TYPO_EVERY === 0 ? withTypo(text, all.length) : text)
  return all
}

function cut(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    if (piece !== '' && piece.length + sentence.length > CHARACTERS_A_PASSAGE) {
      pieces.push(piece)
      piece = ''
    }
    piece = piece === '' ? sentence : `${piece} ${sentence}`
  }
  return piece === '' ? pieces : [...pieces, piece]
}

/** Repeatable, of unit length. */
export function vectorsOf(count: number, dimensions: number): Float32Array[] {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, random)
    const norm = Math.hypot(...vector)
    return vector.map((value) => value / norm)
  })
}
