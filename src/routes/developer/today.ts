// The builder's first page.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { NoDevelopmentPage, TodayPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { portalPlace, readToday } from '../../portal.ts'
import { shellOf } from './present.ts'

export const today = new Elysia({ name: 'developer/today' }).use(access).get(
  '/developer',
  async ({ staff, query }) => {
    const place = await portalPlace(staff.scope, staff.staffId, query.development)
    if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
    const { id, name } = place.chosen
    const figures = await readToday(staff.scope, id)
    const documents = (status?: string) =>
      paths.developer.documents({ development: id, ...(status ? { status } : {}) })
    return TodayPage({
      shell: shellOf(place),
      developmentName: name,
      homes: { count: figures.homes, url: paths.developer.homes({ development: id }) },
      claimedHomes: {
        count: figures.claimedHomes,
        url: paths.developer.homes({ development: id, status: 'claimed' }),
      },
      documents: {
        ready: { count: figures.ready, url: documents('ready') },
        processing: { count: figures.processing, url: documents('processing') },
        failed: { count: figures.failed, url: documents('failed') },
      },
      unanswered: { count: figures.unanswered, url: paths.developer.questions({ development: id }) },
      openQuestions: figures.openQuestions.map(({ id: gapId, ...open }) => ({
        ...open,
        url: paths.developer.question(gapId),
      })),
    })
  },
  { forStaff: 'developer', query: z.object({ development: z.uuid().optional() }), detail: { hide: true } },
)
