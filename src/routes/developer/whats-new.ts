// What is new in OpenHouse, for staff.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { WhatsNewPage } from '#views/developer/whats-new.tsx'
import { access } from '../../access/access.ts'
import { whatIsNew } from '../../announcements.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

export const whatsNew = new Elysia({ name: 'developer/whats-new' }).use(access).get(
  '/developer/whats-new',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    return WhatsNewPage({ shell: shellOf(place), notes: await whatIsNew(staff.scope) })
  },
  {
    forStaff: 'developer',
    query: z.object({ development: z.uuid().optional() }),
    detail: { hide: true },
  },
)
