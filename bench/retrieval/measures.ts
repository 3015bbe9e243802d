// Ranking measures: hit@k over pages and nDCG@10 over documents.

export function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

export function hitShare(ranks: (number | null)[], k: number): number {
  return mean(ranks.map((rank) => (rank !== null && rank <= k ? 1 : 0)))
}

/** `ranked` best first, each id once; `relevant` id → gain. */
export function ndcgAt10(ranked: string[], relevant: ReadonlyMap<string, number>): number {
  const discounted = (gains: number[]) =>
    gains.slice(0, 10).reduce((sum, gain, index) => sum + (2 ** gain - 1) / Math.log2(index + 2), 0)
  const ideal = discounted([...relevant.values()].sort((a, b) => b - a))
  return ideal === 0 ? 0 : discounted(ranked.map((id) => relevant.get(id) ?? 0)) / ideal
}

export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** One letter of one word of five letters or more goes wrong; the same seed gives the same mistakes. */
export function withTypo(question: string, seed: number): string {
  let state = seed * 2_654_435_761 + 1
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const words = question.split(' ')
  const long = words.flatMap((word, index) => (/^[a-z]{5,}[?.,]?$/i.test(word) ? [index] : []))
  if (long.length === 0) return question
  const index = long[random(long.length)]!
  const word = words[index]!
  const at = 1 + random(word.replace(/\W$/, '').length - 2)
  const letter = 'abcdefghijklmnopqrstuvwxyz'[random(26)]!
  const kinds = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
  ]
  words[index] = kinds[random(kinds.length)]!
  return words.join(' ')
}
