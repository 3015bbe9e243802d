// Settings: how long a builder keeps what.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { RetentionPage } from '#views/developer/settings/retention.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import {
  changePeriods,
  fixedPeriods,
  PERIOD_RULES,
  type PeriodRule,
  readPeriods,
} from '../../../retention/builders-periods.ts'
import { shellOf } from '../present.ts'
import { type Problems, problemsOf, sayingOf } from './refused.ts'

const typed = z.string().max(100).default('')
const periodsBody = z.object(
  Object.fromEntries(PERIOD_RULES.map((rule) => [rule, typed])) as Record<PeriodRule, typeof typed>,
)

export const retentionSettings = new Elysia({ name: 'developer/settings/retention' })
  .use(access)
  .get('/developer/settings/retention', ({ staff, query }) => page(staff, { isSaved: query.done }), {
    forStaff: 'admin',
    query: z.object({ done: z.literal('saved').optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/settings/retention',
    async ({ staff, body, request, set }) => {
      try {
        await changePeriods(staff.scope, body)
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return page(staff, { typed: body, problems })
      }
      return seeOther(request, paths.developer.retention({ done: 'saved' }))
    },
    { forStaff: 'admin', body: periodsBody, detail: { hide: true } },
  )

async function page(
  staff: StaffCaller,
  said: { typed?: Record<PeriodRule, string>; problems?: Problems; isSaved?: 'saved' | undefined },
) {
  const [place, periods] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    readPeriods(staff.scope),
  ])
  return RetentionPage({
    shell: shellOf(place),
    periods: periods.map(({ days, ...period }) => ({
      ...period,
      value: said.typed?.[period.rule] ?? String(days),
    })),
    fixed: fixedPeriods(),
    problem: sayingOf(said.problems),
    message: said.isSaved && 'Saved. It holds from tonight on.',
  })
}
