// What people, their moving in and their builder are called: buyers own and are handed over to, renters reside.

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
  /** Whom the household turns to: "your builder". */
  yours: string
  /** The same at the start of a sentence. */
  Yours: string
  /** "the builder" */
  theirs: string
  /** What is not right in a home: "Snags". */
  repairs: string
  repair: string
  /** Who looks after what an owner must. */
  owner: string
  /** To whom a home is handed on: "next owner". */
  next: string
}

const SALE: TenureWords = {
  label: 'Build to sell',
  person: 'homeowner',
  people: 'Homeowners',
  movedIn: 'Handed over',
  movedInLower: 'handed over',
  yours: 'your builder',
  Yours: 'Your builder',
  theirs: 'the builder',
  repairs: 'Snags',
  repair: 'snag',
  owner: 'You, the owner',
  next: 'next owner',
}

const RENT: TenureWords = {
  label: 'Build to rent',
  person: 'resident',
  people: 'Residents',
  movedIn: 'Moved in',
  movedInLower: 'moved in',
  yours: 'your landlord',
  Yours: 'Your landlord',
  theirs: 'the landlord',
  repairs: 'Repairs',
  repair: 'repair',
  owner: 'Your landlord, the owner',
  next: 'next household',
}

const WORDS: Record<TenureKey, TenureWords> = {
  sale: SALE,
  rent: RENT,
  // Staff see both kinds of homes under one heading; a home itself is never mixed.
  mixed: { ...RENT, label: 'Both: some homes are sold, some are let' },
}

/** Of nothing in particular: as of a home that is sold. */
export const tenureWords = (tenure: TenureKey = 'sale'): TenureWords => WORDS[tenure]

export const TENURES = Object.keys(WORDS) as TenureKey[]

/** What a home of a mixed development can be. */
export const HOME_TENURES: { value: 'sale' | 'rent'; label: string }[] = [
  { value: 'sale', label: 'Sold' },
  { value: 'rent', label: 'Let' },
]
