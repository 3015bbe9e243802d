// The feed of events: what happened at the key's tenant, in order, for programs that ask.
import { Elysia } from 'elysia'
import type { z } from 'zod'
import { access } from '../../access/access.ts'
import { eventsPage } from '../../events.ts'
import { describe, responses } from './operations.ts'
import { pageQuery } from './schemas/envelopes.ts'
import { eventsBody, eventType } from './schemas/events.ts'

export const events = new Elysia({ name: 'api/events', prefix: '/events' }).use(access).get(
  '',
  async ({ client, query }) => {
    const { rows, cursor, hasMore } = await eventsPage(client.scope, query)
    const data = rows.map(({ id, name, createdAt, data }) => ({
      id,
      type: name,
      created_at: createdAt.toISOString(),
      data,
    }))
    return { data, next_cursor: cursor, has_more: hasMore } as z.infer<typeof eventsBody>
  },
  {
    forApiClient: 'events:read',
    query: pageQuery.extend({ type: eventType.optional() }),
    response: responses({ 200: eventsBody }),
    detail: describe('Events', 'listEvents', 'Read what happened, in order, of the last 30 days'),
  },
)
