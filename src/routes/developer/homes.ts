// The builder's homes.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { HomesPage } from '#views/developer/homes.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { unitsPage } from '../../homes.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const listQuery = z.object({
  development: z.uuid().optional(),
  status: z.enum(['claimed', 'unclaimed']).optional(),
  cursor: z.string().max(500).optional(),
})

export const homes = new Elysia({ name: 'developer/homes' }).use(access).get(
  '/developer/homes',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
    const { id: developmentId, name } = place.chosen
    const isClaimed = query.status ? query.status === 'claimed' : undefined
    const page = await unitsPage(staff.scope, {
      developmentId,
      isClaimed,
      cursor: query.cursor,
      limit: ROWS_A_PAGE,
    })
    const url = (more: { status?: string; cursor?: string } = {}) =>
      paths.developer.homes({ development: developmentId, ...more })
    const filter = query.status ? { status: query.status } : {}
    return HomesPage({
      shell: shellOf(place),
      developmentName: name,
      importUrl: paths.developer.homesImport({ development: developmentId }),
      status: query.status ?? null,
      filters: [
        { label: 'All', url: url(), isCurrent: !query.status },
        { label: 'App opened', url: url({ status: 'claimed' }), isCurrent: query.status === 'claimed' },
        { label: 'Not yet', url: url({ status: 'unclaimed' }), isCurrent: query.status === 'unclaimed' },
      ],
      homes: page.rows.map((row) => ({
        id: row.id,
        number: row.number,
        address: row.addressLine,
        houseType: row.houseTypeCode,
        bedrooms: row.bedrooms,
        floorAreaM2: row.floorAreaM2,
        handedOverOn: row.handedOverOn ? new Date(`${row.handedOverOn}T12:00:00Z`) : null,
        claimedAt: row.claimedAt,
      })),
      nextUrl: page.nextCursor ? url({ ...filter, cursor: page.nextCursor }) : undefined,
      firstUrl: query.cursor ? url(filter) : undefined,
    })
  },
  { forStaff: 'developer', query: listQuery, detail: { hide: true } },
)
