// The names of the checklists.
export const CHECKLISTS = {
  handover: 'Handover inspection',
  moving_in: 'Moving in',
} as const

export type ChecklistKey = keyof typeof CHECKLISTS
