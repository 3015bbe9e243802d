// Private calendars: what is due in a home, for the calendar program of whoever holds the address.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { access } from '../access/access.ts'
import { homeScopeOfFeed } from '../access/calendar-feeds.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { addressGroup } from '../http/client-address.ts'
import { hasAlready, tagOf } from '../http/entity-tags.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { requestContext } from '../http/request-context.ts'
import { calendarText, eventsOf } from '../maintenance/calendar.ts'
import { maintenanceOf } from '../maintenance.ts'

const CALENDAR_NAME = 'Our home'
const FILE_NAME = /^([A-Za-z0-9_-]{1,100})\.ics$/

export const calendar = new Elysia({ name: 'calendar' }).use(access).get(
  '/calendar/:file',
  async ({ params, request, set }) => {
    const { requestId, clientAddress } = requestContext(request)
    const token = FILE_NAME.exec(params.file)?.[1] ?? ''
    const home = await homeScopeOfFeed(token, requestId)
    if (!home) {
      limitOrThrow({ request, set }, policies.calendar_unknown, addressGroup(clientAddress))
      throw failure('not_found')
    }
    limitOrThrow({ request, set }, policies.calendar, home.unitId)
    const { timeline } = await maintenanceOf(home)
    const text = calendarText(
      CALENDAR_NAME,
      `${config().publicUrl}${paths.maintenance()}`,
      eventsOf(timeline, home.unitId),
    )
    const headers = {
      etag: tagOf(text),
      // A shared cache between must neither keep it nor show it to others.
      'cache-control': 'private, no-cache',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    }
    if (hasAlready(request, headers.etag)) return new Response(null, { status: 304, headers })
    return new Response(text, {
      headers: {
        ...headers,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="home.ics"',
      },
    })
  },
  {
    forAnyone: 'the address is a secret of one person, who can end it',
    params: z.object({ file: z.string().max(120) }),
    detail: { hide: true },
  },
)
