// The figures of the key's tenant, day by day: the same that the portal shows.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { type Analytics, readAnalytics, SPAN_DAYS_MAX } from '../../analytics.ts'
import { describe, responses } from './operations.ts'
import { analytics as analyticsBody } from './schemas/analytics.ts'
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

const body = ({ developmentId, from, to, totals, days }: Analytics) => ({
  development_id: developmentId,
  from,
  to,
  totals,
  days,
})
