// The search index of a development: what a re-index would cost, starting one, and how far it is.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ReindexPage, ReindexState, type ReindexView } from '#views/developer/reindex.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { Failure } from '../../failure.ts'
import { isWaiting } from '../../golden.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { estimateReindex, requestReindex } from '../../reindexing.ts'
import { shellOf } from './present.ts'

export const reindex = new Elysia({ name: 'developer/reindex' })
  .use(access)
  .get(
    '/developer/reindex',
    async ({ staff, query, request }) => {
      const isPartial = request.headers.get('hx-request-type') === 'partial'
      if (isPartial && query.development)
        return ReindexState({ reindex: await view(staff, query.development) })
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
      const { id, name } = place.chosen
      return ReindexPage({
        shell: shellOf(place),
        developmentName: name,
        reindex: await view(staff, id),
      })
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid().optional() }), detail: { hide: true } },
  )
  .post(
    '/developer/reindex',
    async ({ staff, query, request }) => {
      await requestReindex(staff.scope, query.development)
      return seeOther(request, paths.developer.reindex({ development: query.development }))
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid() }), detail: { hide: true } },
  )

async function view(staff: StaffCaller, developmentId: string): Promise<ReindexView> {
  try {
    const { target, current, job, review, ...figures } = await estimateReindex(staff.scope, developmentId)
    const progress = job && {
      stage: job.stage ?? '',
      done: job.progressDone,
      total: job.progressTotal,
    }
    const named = (space: { model: string; dimensions: number }) => `${space.model}, ${space.dimensions}`
    return {
      developmentId,
      estimate: {
        ...figures,
        target: named(target),
        current: current && named(current),
        progress,
        review: review && {
          passed: review.passed ?? 0,
          passedBefore: review.passedBefore ?? 0,
          total: review.total ?? 0,
          isWaiting: isWaiting(review),
          isRejected: review.decision === 'rejected',
        },
      },
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'embeddings_not_set_up')
      return { developmentId, estimate: null }
    throw error
  }
}
