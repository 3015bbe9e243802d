// The address of the list of homes: its filters and its order, read and written the same way everywhere.
import { z } from 'zod'
import type { HomesQuery } from '#views/paths.ts'
import { HOME_SORTS, type HomeFilter, type HomeOrder, type HomeSort } from '../../home-list.ts'

const TEXT_CHARS_MAX = 100
/** A select that says nothing sends an empty value. */
export const chosen = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value) => (value === '' ? undefined : (value as T | undefined)))

export const homesQuery = z.object({
  development: z.uuid().optional(),
  q: z.string().trim().max(TEXT_CHARS_MAX).default(''),
  house_type: z.string().max(40).default(''),
  phase: z.string().max(40).default(''),
  status: chosen(['claimed', 'unclaimed']),
  handed_over: chosen(['yes', 'no']),
  missing: chosen(['position', 'documents', 'reading']),
  active: chosen(['week']),
  sort: z
    .string()
    .max(30)
    .default('')
    .refine((value) => value === '' || HOME_SORTS.includes(value.replace(/^-/, '') as HomeSort), {
      message: 'is not something to sort by',
    }),
  cursor: z.string().max(500).optional(),
})

export type ReadHomesQuery = z.infer<typeof homesQuery>

export const filterOf = (query: ReadHomesQuery, developmentId: string): HomeFilter => ({
  developmentId,
  text: query.q || undefined,
  houseTypeCode: query.house_type || undefined,
  phase: query.phase || undefined,
  isClaimed: query.status === undefined ? undefined : query.status === 'claimed',
  isHandedOver: query.handed_over === undefined ? undefined : query.handed_over === 'yes',
  isMissing: query.missing,
  isActiveThisWeek: query.active === undefined ? undefined : true,
})

export const orderOf = ({ sort }: ReadHomesQuery): HomeOrder => ({
  sort: (sort.replace(/^-/, '') || 'number') as HomeSort,
  isDescending: sort.startsWith('-'),
})

/** What of the query makes the list, without the page. */
export const listOf = (query: ReadHomesQuery, developmentId: string): HomesQuery => ({
  development: developmentId,
  q: query.q,
  house_type: query.house_type,
  phase: query.phase,
  status: query.status,
  handed_over: query.handed_over,
  missing: query.missing,
  active: query.active,
  sort: query.sort,
})
