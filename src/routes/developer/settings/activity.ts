// Settings: the activity log of a builder.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ActivityPage } from '#views/developer/settings/activity.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import { ACTIVITY_AREAS, type ActivityArea, activityPage } from '../../../activity.ts'
import { portalPlace } from '../../../portal.ts'
import { listStaff } from '../../../staff.ts'
import { shellOf } from '../present.ts'

const ROWS_A_PAGE = 50
const AREAS = Object.keys(ACTIVITY_AREAS) as ActivityArea[]

/** A select that says nothing sends an empty value. */
const activityQuery = z.object({
  area: z
    .enum(['', ...AREAS])
    .optional()
    .transform((area) => (area === '' ? undefined : area)),
  who: z
    .union([z.literal(''), z.uuid()])
    .optional()
    .transform((who) => who || undefined),
  cursor: z.string().max(500).optional(),
})

export const activitySettings = new Elysia({ name: 'developer/settings/activity' }).use(access).get(
  '/developer/settings/activity',
  async ({ staff, query: { area, who, cursor } }) => {
    const [place, members, page] = await Promise.all([
      portalPlace(staff.scope, staff.staffId, undefined),
      listStaff(staff.scope),
      activityPage(staff.scope, { area, staffId: who }, { cursor, limit: ROWS_A_PAGE }),
    ])
    return ActivityPage({
      shell: shellOf(place),
      entries: page.rows.map(({ createdAt, actorId: _, ...entry }) => ({
        ...entry,
        at: new Date(createdAt),
      })),
      areas: AREAS,
      area,
      who,
      staff: members.map(({ id, name }) => ({ value: id, label: name })),
      nextUrl: page.nextCursor ? paths.developer.activity({ area, who, cursor: page.nextCursor }) : undefined,
      firstUrl: cursor ? paths.developer.activity({ area, who }) : undefined,
    })
  },
  { forStaff: 'admin', query: activityQuery, detail: { hide: true } },
)
