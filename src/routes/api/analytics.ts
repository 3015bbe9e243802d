// The figures of the key's tenant, day by day: the same that the portal shows.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { type Analytics, irishToday, readAnalytics, SPAN_DAYS_MAX } from '../../analytics.ts'
import { findDevelopment } from '../../homes.ts'
import { PERIOD_DAYS, readToday, type Today } from '../../today.ts'
import { describe, responses } from './operations.ts'
import { analytics as analyticsBody, analyticsSummary } from './schemas/analytics.ts'
import { uuid } from './schemas/envelopes.ts'

const date = z.iso.date()

export const analytics = new Elysia({ name: 'api/analytics', prefix: '/analytics' })
  .use(access)
  .get(
    '',
    async ({ client, query }) =>
      body(await readAnalytics(client.scope, { ...query, developmentId: query.development_id })),
    {
      forApiClient: 'analytics:read',
      query: z.strictObject({
        development_id: uuid.optional().describe('Without one, all developments together'),
        from: date
          .optional()
          .describe(`First day, at most ${SPAN_DAYS_MAX} days with the last; 30 days by default`),
        to: date.optional().describe('Last day, in Irish time; today by default'),
      }),
      response: responses({ 200: analyticsBody }),
      detail: describe('Analytics', 'getAnalytics', 'Read the figures of a span of days'),
    },
  )
  .get(
    '/summary',
    async ({ client, query }) => {
      const { id } = await findDevelopment(client.scope, query.development_id)
      return summaryBody(id, await readToday(client.scope, id))
    },
    {
      forApiClient: 'analytics:read',
      query: z.strictObject({ development_id: uuid }),
      response: responses({ 200: analyticsSummary }),
      detail: describe('Analytics', 'getAnalyticsSummary', 'Read where a development stands today'),
    },
  )

const body = ({ developmentId, from, to, totals, days }: Analytics) => ({
  development_id: developmentId,
  from,
  to,
  totals,
  days,
})

const summaryBody = (developmentId: string, today: Today) => ({
  development_id: developmentId,
  day: irishToday(),
  period_days: PERIOD_DAYS,
  homes: today.homes,
  activation: {
    percent: today.activation.now,
    percent_before: today.activation.before,
    handed_over: today.handedOver,
    claimed: today.handedOverClaimed,
  },
  funnel: {
    printed: today.printed,
    scanned: today.scanned,
    claimed: today.claimed,
    asked: today.asked,
    active_this_week: today.activeThisWeek,
  },
  active_homes: { this_week: today.activeThisWeek, week_before: today.activeLastWeek },
  questions: {
    answer_rate: { percent: today.answerRate.now, percent_before: today.answerRate.before },
    answered: today.answerRate.answered,
    unanswered: today.answerRate.unanswered,
    waiting: today.openQuestions,
    waiting_before: today.openQuestionsBefore,
  },
  document_coverage: {
    percent: today.coverage.now,
    cells: today.coverage.cells,
    missing: today.coverage.gaps,
  },
  must_read: {
    percent: today.mustRead.now,
    homes: today.mustRead.required,
    done: today.mustRead.acknowledged,
  },
  documents: {
    count: today.documents,
    ready: today.ready,
    processing: today.processing,
    failed: today.failed,
  },
  snags: {
    open: today.openSnags,
    open_before: today.openSnagsBefore,
    late: today.lateSnags,
    oldest_days: today.oldestSnagDays,
    said_done: today.saidDoneSnags,
  },
})
