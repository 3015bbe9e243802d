// What those are called who look after things.

export const PARTIES = {
  owner: 'You, the owner',
  builder: 'The builder',
  management_company: 'The management company',
  council: 'The council',
  utility: 'A utility company',
  unresolved: 'Not settled yet',
} as const

export type PartyKey = keyof typeof PARTIES

export type ResponsibilityView = {
  id: string
  thing: string
  party: PartyKey
  partyName: string | null
  evidence: string
  evidenceOn: Date
}
