// Which homes a document is for, in words.

export type DocumentAudience = {
  /** Set when it is for one home alone. */
  homeAddress: string | null
  /** Codes it is limited to; empty for the whole development. */
  houseTypes: string[]
}

export function audienceWords({ homeAddress, houseTypes }: DocumentAudience): string {
  if (homeAddress !== null) return `Only ${homeAddress}`
  return houseTypes.length > 0 ? houseTypes.join(', ') : 'All house types'
}
