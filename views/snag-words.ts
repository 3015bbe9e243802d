// How snags are spoken of: their states, kinds and ages.
import type { BadgeTone } from '#views/parts/card.tsx'

export const SNAG_STATUSES = {
  reported: { label: 'Reported', tone: 'plain' },
  seen: { label: 'Seen by the builder', tone: 'gold' },
  scheduled: { label: 'Repair arranged', tone: 'gold' },
  fixed: { label: 'Fixed', tone: 'success' },
  declined: { label: 'Will not be done', tone: 'error' },
} as const satisfies Record<string, { label: string; tone: BadgeTone }>

export type SnagStatusKey = keyof typeof SNAG_STATUSES

export const SNAG_CATEGORIES = {
  plumbing: 'Plumbing',
  electrical: 'Electrical',
  heating: 'Heating and ventilation',
  doors_windows: 'Doors and windows',
  walls_paint: 'Walls, ceilings and paint',
  floors: 'Floors and tiles',
  kitchen: 'Kitchen and fitted furniture',
  outside: 'Outside and garden',
  other: 'Something else',
} as const

export type SnagCategoryKey = keyof typeof SNAG_CATEGORIES

export const SNAG_ROOMS = [
  'Hall, stairs and landing',
  'Kitchen',
  'Living room',
  'Utility room',
  'Main bathroom',
  'En-suite',
  'Guest WC',
  'Bedroom 1',
  'Bedroom 2',
  'Bedroom 3',
  'Bedroom 4',
  'Attic',
  'Outside',
  'The whole home',
] as const

const DAY_MS = 86_400_000
const DAYS_FRESH_MAX = 7
const DAYS_LATE_MIN = 14

/** How long it has been open, or was until it was over: whole days, and a light that also says it in words. */
export function snagAge(createdAt: Date, until: Date): { days: number; tone: BadgeTone; label: string } {
  const days = Math.max(0, Math.floor((until.getTime() - createdAt.getTime()) / DAY_MS))
  const label = days === 0 ? 'Today' : days === 1 ? '1 day' : `${days} days`
  if (days > DAYS_LATE_MIN) return { days, tone: 'error', label: `${label}, late` }
  return { days, tone: days > DAYS_FRESH_MAX ? 'warning' : 'success', label }
}
