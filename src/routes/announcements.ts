// Putting an announcement away, in the home's app and in the builder's portal.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../access/access.ts'
import { safeNextPath } from '../access/next-path.ts'
import { dismissAnnouncement } from '../announcements.ts'
import { seeOther } from '../http/redirect.ts'

const shape = {
  params: z.object({ id: z.uuid() }),
  body: z.object({ next: z.string().max(500).optional() }),
}

export const announcements = new Elysia({ name: 'announcements' })
  .use(access)
  .post(
    '/announcements/:id/dismissal',
    async ({ purchaser, params, body, request }) => {
      await dismissAnnouncement(purchaser.sessionId, params.id)
      return seeOther(request, safeNextPath(body.next, '/'))
    },
    { forPurchaser: true, ...shape, detail: { hide: true } },
  )
  .post(
    '/developer/announcements/:id/dismissal',
    async ({ staff, params, body, request }) => {
      await dismissAnnouncement(staff.sessionId, params.id)
      return seeOther(request, safeNextPath(body.next, '/developer'))
    },
    { forStaff: 'developer', ...shape, detail: { hide: true } },
  )
