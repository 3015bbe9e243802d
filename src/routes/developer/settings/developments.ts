// Settings: the developments of a builder: adding one, and whether homes are sold or let.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { blankDevelopment, type NewDevelopmentView } from '#views/developer/new-development.tsx'
import { DevelopmentsPage } from '#views/developer/settings/developments.tsx'
import { paths } from '#views/paths.ts'
import { TENURES, type TenureKey } from '#views/tenure-words.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { Failure } from '../../../failure.ts'
import { seeOther } from '../../../http/redirect.ts'
import { addDevelopment, changeTenure } from '../../../new-developments.ts'
import { portalPlace } from '../../../portal.ts'
import { shellOf } from '../present.ts'
import { type Problems, problemsOf, sayingOf } from './refused.ts'

const typed = z.string().trim().max(1_000).default('')
const tenure = z.enum(TENURES as [TenureKey, ...TenureKey[]])
const developmentBody = z.object({
  name: typed,
  address_line: typed,
  locality: typed,
  county: typed,
  eircode: typed,
  tenure: tenure.default('sale'),
})
type Typed = z.infer<typeof developmentBody>

const FIELDS = {
  name: ['Give the scheme a name.', 120],
  address_line: ['Name the street it is on.', 300],
  locality: ['Name the town or the area.', 120],
  county: ['Name the county.', 60],
} as const

export const developmentSettings = new Elysia({ name: 'developer/settings/developments' })
  .use(access)
  .get('/developer/settings/developments', ({ staff, query }) => page(staff, { isSaved: query.done }), {
    forStaff: 'admin',
    query: z.object({ done: z.literal('saved').optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/settings/developments',
    async ({ staff, body, request, set }) => {
      const problems = problemsIn(body)
      if (problems.length === 0) {
        const found = await add(staff, body)
        if (typeof found === 'string') return seeOther(request, paths.developer.today({ development: found }))
        problems.push(...found)
      }
      set.status = 422
      return page(staff, { typed: body, problems })
    },
    { forStaff: 'admin', body: developmentBody, detail: { hide: true } },
  )
  .post(
    '/developer/settings/developments/:id/tenure',
    async ({ staff, params, body, request }) => {
      await changeTenure(staff.scope, params.id, body.tenure)
      return seeOther(request, paths.developer.developments({ done: 'saved' }))
    },
    {
      forStaff: 'admin',
      params: z.object({ id: z.uuid() }),
      body: z.object({ tenure }),
      detail: { hide: true },
    },
  )

function problemsIn(body: Typed): Problems {
  return (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).flatMap((path) => {
    const [missing, charsMax] = FIELDS[path]
    if (body[path] === '') return [{ path, message: missing }]
    return body[path].length > charsMax ? [{ path, message: `Use at most ${charsMax} characters.` }] : []
  })
}

/** The id of the new development, or what stands in the way. */
async function add(staff: StaffCaller, body: Typed): Promise<string | Problems> {
  const { address_line: addressLine, eircode, ...names } = body
  try {
    const pin = { latitude: null, longitude: null }
    const added = await addDevelopment(staff.scope, {
      ...names,
      ...pin,
      addressLine,
      eircode: eircode || null,
    })
    return added.id
  } catch (error) {
    if (error instanceof Failure && error.code === 'development_exists')
      return [{ path: 'name', message: error.sentence }]
    return problemsOf(error).map(({ path, message }) => ({ path, message: `This ${message}.` }))
  }
}

async function page(
  staff: StaffCaller,
  said: { typed?: Typed; problems?: Problems; isSaved?: 'saved' | undefined },
) {
  const place = await portalPlace(staff.scope, staff.staffId, undefined)
  const form: NewDevelopmentView = said.typed
    ? { values: said.typed, problem: sayingOf(said.problems) }
    : blankDevelopment
  return DevelopmentsPage({
    shell: shellOf(place),
    developments: place.developments.map(({ id, name, addressLine, locality, tenure: of }) => ({
      id,
      name,
      tenure: of,
      address: `${addressLine}, ${locality}`,
    })),
    form,
    message: said.isSaved && 'Saved. Words change with the next page, here and in the app.',
  })
}
