// The reference: the same passages and vectors in flat arrays, scored by the plainest loops, for no home in particular.
import type { Lexemes } from './lexemes.ts'

const K1 = 0.9
const B = 0.4

export type BareScan = {
  /** The best `limit` rows, by BM25 and, with a vector, half by cosine. */
  search(lexemes: readonly string[], vector: Float32Array | null, limit: number): number[]
}

export function bareScan(lexemes: readonly Lexemes[], vectors: readonly Float32Array[] | null): BareScan {
  const ids = new Map<string, number>()
  const idOf = (term: string) => ids.get(term) ?? ids.set(term, ids.size).size - 1
  const rows = lexemes.map(({ terms }) => Int32Array.from(terms, idOf))
  const counts = lexemes.map((each) => Int32Array.from(each.counts))
  const lengths = counts.map((each) => each.reduce((sum, count) => sum + count, 0))
  const lengthMean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  const frequency = new Int32Array(ids.size)
  for (const row of rows) for (const id of row) frequency[id]! += 1
  const dimensions = vectors?.[0]?.length ?? 0
  const flat = new Float32Array((vectors?.length ?? 0) * dimensions)
  vectors?.forEach((vector, row) => {
    flat.set(vector, row * dimensions)
  })
  const weights = new Float64Array(ids.size)
  return {
    search(asked, vector, limit) {
      const scores = new Float64Array(rows.length)
      weights.fill(0)
      for (const term of asked) {
        const id = ids.get(term)
        if (id !== undefined)
          weights[id] = Math.log(1 + (rows.length - frequency[id]! + 0.5) / (frequency[id]! + 0.5))
      }
      for (let row = 0; row < rows.length; row += 1) {
        const terms = rows[row]!
        const norm = K1 * (1 - B + (B * lengths[row]!) / lengthMean)
        for (let at = 0; at < terms.length; at += 1) {
          const weight = weights[terms[at]!]!
          if (weight === 0) continue
          const count = counts[row]![at]!
          scores[row]! += (weight * count * (K1 + 1)) / (count + norm)
        }
      }
      if (vector) {
        for (let row = 0; row < rows.length; row += 1) {
          let sum = 0
          const first = row * dimensions
          for (let index = 0; index < dimensions; index += 1) sum += flat[first + index]! * vector[index]!
          scores[row]! += sum
        }
      }
      return Array.from(scores.keys())
        .filter((row) => scores[row]! > 0)
        .sort((a, b) => scores[b]! - scores[a]!)
        .slice(0, limit)
    },
  }
}
