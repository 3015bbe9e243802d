// Operations that are to go away: every answer says since when, until when, and where to read what comes instead.
import { Elysia } from 'elysia'

/** Days as `2027-01-31`; the guide promises at least a year between them. */
export type Deprecation = { since: string; sunset: string; link: string }

const dayOf = (day: string) => new Date(`${day}T00:00:00Z`)

/**
 * A route says `deprecated: { since, sunset, link }` before it says who may call, so that refusals carry it too. The
 * headers are those of RFC 9745 and RFC 8594.
 */
export const deprecation = new Elysia({ name: 'api/deprecation' }).macro({
  deprecated: (plan: Deprecation) => ({
    detail: { deprecated: true, 'x-sunset': plan.sunset } as object,
    transform: ({ set }: { set: { headers: Record<string, unknown> } }) => {
      set.headers.deprecation = `@${dayOf(plan.since).getTime() / 1_000}`
      set.headers.sunset = dayOf(plan.sunset).toUTCString()
      set.headers.link = `<${plan.link}>; rel="deprecation"; type="text/html"`
    },
  }),
})
