// What people and their moving in are called: buyers own and are handed over to, renters reside and move in.

/** Of a home or of a development; `mixed` has homes of both. */
export type TenureKey = 'sale' | 'rent' | 'mixed'

export type TenureWords = {
  /** "Build to sell" */
  label: string
  /** Somebody who lives there: "homeowner". */
  person: string
  /** Several of them, at the start of a line: "Homeowners". */
  people: string
  /** What happens on the day: "Handed over". */
  movedIn: string
  /** In the middle of a sentence. */
  movedInLower: string
  /** Of a field for the date. */
  moveInDate: string
}

const WORDS: Record<TenureKey, TenureWords> = {
  sale: {
    label: 'Build to sell',
    person: 'homeowner',
    people: 'Homeowners',
    movedIn: 'Handed over',
    movedInLower: 'handed over',
    moveInDate: 'Handover',
  },
  rent: {
    label: 'Build to rent',
    person: 'resident',
    people: 'Residents',
    movedIn: 'Moved in',
    movedInLower: 'moved in',
    moveInDate: 'Move-in',
  },
  mixed: {
    label: 'Both: some homes are sold, some are let',
    person: 'resident',
    people: 'Residents',
    movedIn: 'Moved in',
    movedInLower: 'moved in',
    moveInDate: 'Move-in',
  },
}

export const tenureWords = (tenure: TenureKey): TenureWords => WORDS[tenure]

export const TENURES = Object.keys(WORDS) as TenureKey[]
