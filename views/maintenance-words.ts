// How maintenance is spoken of: how often, how soon, how late.
import { count } from '#views/format.ts'

export const MAINTENANCE_KINDS = {
  task: 'Something to do',
  warranty: 'A warranty or period that ends',
} as const

export type MaintenanceKindKey = keyof typeof MAINTENANCE_KINDS

/** "12 months" as "year", so that it reads as people speak. */
function spanOf(months: number): string {
  if (months === 1) return 'month'
  if (months === 12) return 'year'
  return months % 12 === 0 ? count(months / 12, 'year') : count(months, 'month')
}

export const everyWords = (months: number | null) => (months === null ? 'Once' : `Every ${spanOf(months)}`)

export const endsAfterWords = (months: number) =>
  `Ends ${months === 12 || months === 1 ? `one ${spanOf(months)}` : spanOf(months)} after handover`

export function dueWords(days: number): string {
  if (days === 0) return 'today'
  if (days < 0) return `${lengthWords(-days)} late`
  return `in ${lengthWords(days)}`
}

const DAYS_A_MONTH = 30.44

/** Days up to two months, then months up to two years, then years: nobody counts 3,650 days. */
export function lengthWords(days: number): string {
  if (days < 61) return count(days, 'day')
  const months = Math.round(days / DAYS_A_MONTH)
  return months < 24 ? count(months, 'month') : count(Math.floor(months / 12), 'year')
}
