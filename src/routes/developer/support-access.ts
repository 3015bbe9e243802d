// The builder's own list of when the operator looked.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { SupportAccessPage } from '#views/developer/support-access.tsx'
import { access } from '../../access/access.ts'
import { listImpersonations } from '../../impersonations.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

export const supportAccess = new Elysia({ name: 'developer/support-access' }).use(access).get(
  '/developer/support-access',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    return SupportAccessPage({ shell: shellOf(place), rows: await listImpersonations(staff.scope) })
  },
  {
    forStaff: 'developer',
    query: z.object({ development: z.uuid().optional() }),
    detail: { hide: true },
  },
)
