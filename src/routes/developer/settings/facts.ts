// Settings: facts of a development or a house type. Developers keep those of their own developments.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type FactFormView, FactsPage, type FactView } from '#views/developer/settings/facts.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { type FactsQuery, paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { houseTypeOptions } from '../../../estate-summary.ts'
import {
  addFact,
  correctFact,
  EMERGENCY_KEYS,
  FACT_CHARS_MAX,
  FACT_TOPICS,
  findSharedFact,
  type RecordedFact,
  removeFact,
  sharedFactsOf,
} from '../../../facts.ts'
import { failure } from '../../../failure.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import { shellOf } from '../present.ts'
import { type Problems, problemsOf, sayingOf } from './refused.ts'

const DONE = {
  recorded: 'Recorded. The app tells it from now on.',
  corrected: 'Corrected. The app tells it from now on.',
  removed: 'Removed. The app does not tell it any more.',
} as const

const listQuery = z.object({
  development: z.uuid().optional(),
  house_type: z.string().max(40).default(''),
  edit: z.uuid().optional(),
  done: z.enum(['recorded', 'corrected', 'removed']).optional(),
})
const typed = z.string().max(3_000)
const factBody = z.object({ label: typed, value: typed, source: typed })
const itemParams = z.object({ id: z.uuid() })

export const factSettings = new Elysia({ name: 'developer/settings/facts' })
  .use(access)
  .get('/developer/settings/facts', ({ staff, query }) => page(staff, query, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/settings/facts',
    async ({ staff, query, body, request, set }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      try {
        await addFact(staff.scope, chosen.id, { ...body, houseTypeCode: query.house_type || null })
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return page(staff, { ...query, edit: undefined }, { typed: body, problems })
      }
      return seeOther(request, listUrl({ development: chosen.id, house_type: query.house_type }, 'recorded'))
    },
    {
      forStaff: 'developer',
      query: listQuery,
      body: factBody.extend({ topic: z.enum(FACT_TOPICS) }),
      detail: { hide: true },
    },
  )
  .post(
    '/developer/settings/facts/:id',
    async ({ staff, params, body, request, set }) => {
      try {
        return seeOther(
          request,
          listUrl(listOf(await correctFact(staff.scope, params.id, body)), 'corrected'),
        )
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        const list = listOf(await findSharedFact(staff.scope, params.id))
        return page(staff, { ...list, edit: params.id }, { typed: { ...body, topic: '' }, problems })
      }
    },
    { forStaff: 'developer', params: itemParams, body: factBody, detail: { hide: true } },
  )
  .post(
    '/developer/settings/facts/:id/deletion',
    async ({ staff, params, request }) => {
      const list = listOf(await findSharedFact(staff.scope, params.id))
      await removeFact(staff.scope, params.id)
      return seeOther(request, listUrl(list, 'removed'))
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )

const listUrl = (list: FactsQuery, done: keyof typeof DONE) => paths.developer.facts({ ...list, done })

const listOf = (fact: RecordedFact) => ({
  development: fact.developmentId,
  house_type: fact.houseTypeCode ?? '',
})

async function page(
  staff: StaffCaller,
  query: {
    development?: string | undefined
    house_type: string
    edit?: string | undefined
    done?: keyof typeof DONE | undefined
  },
  said: { typed?: Omit<FactFormView, 'problem'>; problems?: Problems },
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: development, name } = place.chosen
  const [facts, houseTypes] = await Promise.all([
    sharedFactsOf(staff.scope, development, query.house_type || null),
    houseTypeOptions(staff.scope, development),
  ])
  const found = facts.find(({ id }) => id === query.edit)
  if (query.edit && !found) throw failure('not_found')
  const edited = found ? factView(found) : null
  const blank = { topic: FACT_TOPICS[0], label: '', value: '', source: '' }
  return FactsPage({
    shell: shellOf(place),
    developmentName: name,
    list: { development, house_type: query.house_type },
    houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
    topics: FACT_TOPICS,
    facts: facts.map(factView),
    edited,
    charsMax: FACT_CHARS_MAX,
    form: { ...(said.typed ?? edited ?? blank), problem: sayingOf(said.problems) },
    message: query.done && DONE[query.done],
  })
}

const factView = (fact: RecordedFact): FactView => ({
  id: fact.id,
  topic: fact.topic,
  label: fact.label,
  value: fact.value,
  source: fact.source,
  recordedOn: new Date(`${fact.recordedOn}T12:00:00Z`),
  isEmergency: EMERGENCY_KEYS.includes(fact.key),
})
