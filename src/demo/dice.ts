// A seeded source of chance, so that the demonstration is the same on every machine and every day.

export type Dice = {
  /** A whole number from 0 up to, not including, `sides`. */
  roll: (sides: number) => number
  pick: <T>(from: readonly T[]) => T
  shuffle: <T>(items: readonly T[]) => T[]
}

/** Mulberry32: 32 bits of state are plenty for a few hundred homes. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0
  const roll = (sides: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides)
  }
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error('Cannot pick from an empty list')
    return from[roll(from.length)] as T
  }
  const shuffle = <T>(items: readonly T[]): T[] => {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = roll(last + 1)
      const kept = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = kept
    }
    return shuffled
  }
  return { roll, pick, shuffle }
}
