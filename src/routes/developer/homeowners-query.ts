// The address of the list of homeowners: its filters and its order, read and written the same way everywhere.
import { z } from 'zod'
import type { HomeownersQuery } from '#views/paths.ts'
import {
  HOMEOWNER_SORTS,
  type HomeownerFilter,
  type HomeownerOrder,
  type HomeownerSort,
} from '../../homeowner-list.ts'
import { chosen } from './homes-query.ts'

const TEXT_CHARS_MAX = 100

export const homeownersQuery = z.object({
  development: z.uuid().optional(),
  q: z.string().trim().max(TEXT_CHARS_MAX).default(''),
  house_type: z.string().max(40).default(''),
  handed_over: chosen(['yes', 'no']),
  joined: chosen(['yes', 'no']),
  active: chosen(['week', 'month', 'older', 'never']),
  sort: z
    .string()
    .max(30)
    .default('')
    .refine((value) => value === '' || HOMEOWNER_SORTS.includes(value.replace(/^-/, '') as HomeownerSort), {
      message: 'is not something to sort by',
    }),
  cursor: z.string().max(500).optional(),
})

export type ReadHomeownersQuery = z.infer<typeof homeownersQuery>

export const filterOf = (query: ReadHomeownersQuery, developmentId: string): HomeownerFilter => ({
  developmentId,
  text: query.q || undefined,
  houseTypeCode: query.house_type || undefined,
  isHandedOver: query.handed_over === undefined ? undefined : query.handed_over === 'yes',
  hasJoined: query.joined === undefined ? undefined : query.joined === 'yes',
  lastActive: query.active,
})

export const orderOf = ({ sort }: ReadHomeownersQuery): HomeownerOrder => ({
  sort: (sort.replace(/^-/, '') || 'name') as HomeownerSort,
  isDescending: sort.startsWith('-'),
})

/** What of the query makes the list, without the page. */
export const listOf = (query: ReadHomeownersQuery, developmentId: string): HomeownersQuery => ({
  development: developmentId,
  q: query.q,
  house_type: query.house_type,
  handed_over: query.handed_over,
  joined: query.joined,
  active: query.active,
  sort: query.sort,
})
