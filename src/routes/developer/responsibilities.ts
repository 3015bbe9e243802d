// Who looks after what in a development, kept by its staff.
import { Elysia } from 'elysia'
import { z } from 'zod'
import {
  StaffResponsibilitiesPage,
  type StaffResponsibilitiesProps,
  type ThingValues,
} from '#views/developer/responsibilities.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import {
  recordResponsibility,
  removeResponsibility,
  responsibilitiesIn,
  responsibleParties,
} from '../../responsibilities.ts'
import { shellOf } from './present.ts'

const EMPTY: ThingValues = {
  thing: '',
  party: 'management_company',
  partyName: '',
  evidence: '',
  evidenceOn: '',
}
const MESSAGES = { saved: 'Saved. Households see it at once.', removed: 'Removed.' }

const listQuery = z.object({
  development: z.uuid().optional(),
  done: z.enum(['saved', 'removed']).optional(),
})
const text = (max: number) => z.string().trim().max(max, `Use at most ${max} characters.`)
const thing = z.object({
  thing: text(80).min(1, 'Name the thing.'),
  party: z.enum(responsibleParties),
  partyName: text(120),
  evidence: text(300).min(1, 'Say what it rests on.'),
  evidenceOn: z.iso.date('Choose the date of it.'),
})
const loose = z.string().max(5_000)
const formBody = z.object({
  thing: loose,
  party: z.enum(responsibleParties),
  party_name: loose.default(''),
  evidence: loose,
  evidence_on: loose,
})

export const responsibilities = new Elysia({ name: 'developer/responsibilities' })
  .use(access)
  .get('/developer/responsibilities', ({ staff, query }) => page(staff, query, EMPTY, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/responsibilities',
    async ({ staff, query, body, request, set }) => {
      const { party_name: partyName, evidence_on: evidenceOn, ...rest } = body
      const values = { ...rest, partyName, evidenceOn }
      const parsed = thing.safeParse(values)
      if (parsed.success && query.development) {
        const told = { ...parsed.data, partyName: parsed.data.partyName || null }
        await recordResponsibility(staff.scope, { developmentId: query.development, ...told })
        return seeOther(
          request,
          paths.developer.responsibilities({ development: query.development, done: 'saved' }),
        )
      }
      set.status = 422
      const issues = parsed.error?.issues ?? []
      const errors = Object.fromEntries(issues.map((issue) => [String(issue.path[0]), issue.message]))
      return page(staff, query, values, errors)
    },
    { forStaff: 'developer', query: listQuery, body: formBody, detail: { hide: true } },
  )
  .post(
    '/developer/responsibilities/:id/removal',
    async ({ staff, params, request }) => {
      const { developmentId } = await removeResponsibility(staff.scope, params.id)
      return seeOther(
        request,
        paths.developer.responsibilities({ development: developmentId, done: 'removed' }),
      )
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

async function page(
  staff: StaffCaller,
  query: z.infer<typeof listQuery>,
  values: ThingValues,
  errors: StaffResponsibilitiesProps['errors'],
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const rows = await responsibilitiesIn(staff.scope, developmentId)
  return StaffResponsibilitiesPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    values,
    errors,
    things: rows.map((row) => ({ ...row, evidenceOn: new Date(`${row.evidenceOn}T12:00:00Z`) })),
    message: query.done && MESSAGES[query.done],
  })
}
