// The builder's plan of warranties and maintenance of a development.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type PlanValues, StaffMaintenancePage } from '#views/developer/maintenance.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { listDocuments } from '../../documents.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { failure, isFailure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import {
  changePlan,
  findPlanItem,
  homesWithoutHandover,
  MAINTENANCE_MONTHS_MAX,
  MAINTENANCE_NOTE_CHARS_MAX,
  MAINTENANCE_TITLE_CHARS_MAX,
  maintenanceKinds,
  type NewPlanItem,
  planMaintenance,
  planOf,
  retirePlanItem,
} from '../../maintenance.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const DOCUMENTS_OFFERED_MAX = 500
const MONTHS_SENTENCE = `Give whole months, from 1 to ${MAINTENANCE_MONTHS_MAX}.`
const DONE = {
  added: 'Added. Homes see it at once.',
  changed: 'Changed. Homes see it at once.',
  removed: 'Removed. No home sees it any more; what was done stays on record.',
} as const
const EMPTY: PlanValues = { kind: 'task', title: '', note: '', months: '12', houseType: '', document: '' }

const listQuery = z.object({
  development: z.uuid().optional(),
  edit: z.uuid().optional(),
  done: z.enum(['added', 'changed', 'removed']).optional(),
})
const loose = z.string().max(5_000).default('')
const formBody = z.object({
  kind: z.enum(maintenanceKinds),
  title: loose,
  note: loose,
  months: loose,
  house_type: loose,
  document: z.union([z.uuid(), z.literal('')]).default(''),
})
const planItem = z.object({
  kind: z.enum(maintenanceKinds),
  title: z.string().trim().min(1, 'Name it.').max(MAINTENANCE_TITLE_CHARS_MAX, 'Use fewer words.'),
  note: z
    .string()
    .trim()
    .max(MAINTENANCE_NOTE_CHARS_MAX, `Use at most ${MAINTENANCE_NOTE_CHARS_MAX} characters.`),
  months: z
    .string()
    .trim()
    .regex(/^[0-9]{1,3}$/, MONTHS_SENTENCE)
    .transform(Number)
    .pipe(z.number().min(1, MONTHS_SENTENCE).max(MAINTENANCE_MONTHS_MAX, MONTHS_SENTENCE)),
  houseType: z.string().max(40),
  document: z.string(),
})
const itemParams = z.object({ id: z.uuid() })

export const maintenance = new Elysia({ name: 'developer/maintenance' })
  .use(access)
  .get('/developer/maintenance', ({ staff, query }) => page(staff, query, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/maintenance',
    async ({ staff, query, body, request, set }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      const refused = await tried(body, (item) => planMaintenance(staff.scope, chosen.id, item))
      if (!refused)
        return seeOther(request, paths.developer.maintenance({ development: chosen.id, done: 'added' }))
      set.status = 422
      return page(staff, query, refused)
    },
    { forStaff: 'developer', query: listQuery, body: formBody, detail: { hide: true } },
  )
  .post(
    '/developer/maintenance/:id',
    async ({ staff, params, body, request, set }) => {
      let development = ''
      const refused = await tried(body, async (item) => {
        development = (await changePlan(staff.scope, params.id, item)).developmentId
      })
      if (!refused) return seeOther(request, paths.developer.maintenance({ development, done: 'changed' }))
      set.status = 422
      return page(staff, { edit: params.id }, refused)
    },
    { forStaff: 'developer', params: itemParams, body: formBody, detail: { hide: true } },
  )
  .post(
    '/developer/maintenance/:id/removal',
    async ({ staff, params, request }) => {
      const { developmentId: development } = await retirePlanItem(staff.scope, params.id)
      return seeOther(request, paths.developer.maintenance({ development, done: 'removed' }))
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )

type Refused = { values?: PlanValues; errors?: Record<string, string> }

/** What was wrong with the form, or null when the work was done. */
async function tried(
  { house_type: houseType, ...body }: z.infer<typeof formBody>,
  work: (item: NewPlanItem) => Promise<unknown>,
): Promise<Refused | null> {
  const values = { ...body, houseType }
  const parsed = planItem.safeParse(values)
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message])
    return { values, errors: Object.fromEntries(errors) }
  }
  const { note, houseType: code, document, ...item } = parsed.data
  try {
    await work({ ...item, note: note || null, houseTypeCode: code || null, documentId: document || null })
    return null
  } catch (error) {
    if (isFailure(error, 'unknown_house_type')) return { values, errors: { houseType: error.sentence } }
    if (!isFailure(error, 'invalid')) throw error
    return { values, errors: { title: error.details.fields?.[0]?.message ?? error.sentence } }
  }
}

async function page(staff: StaffCaller, query: z.infer<typeof listQuery>, said: Refused) {
  // A form that is refused names the item only.
  const asked = query.edit && !query.development ? await findPlanItem(staff.scope, query.edit) : null
  const development = query.development ?? asked?.developmentId
  const place = await portalPlace(staff.scope, staff.staffId, development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const [items, houseTypes, documents, without] = await Promise.all([
    planOf(staff.scope, developmentId),
    houseTypeOptions(staff.scope, developmentId),
    listDocuments(staff.scope, { developmentId, limit: DOCUMENTS_OFFERED_MAX }),
    homesWithoutHandover(staff.scope, developmentId),
  ])
  const edited = items.find(({ id }) => id === query.edit) ?? null
  if (query.edit && !edited) throw failure('not_found')
  return StaffMaintenancePage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    items,
    edited,
    homesWithoutHandover: without,
    houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
    documents: documents.rows.map(({ id, title }) => ({ value: id, label: title })),
    values: said.values ?? (edited ? valuesOf(edited) : EMPTY),
    errors: said.errors ?? {},
    message: query.done && DONE[query.done],
  })
}

const valuesOf = (item: Awaited<ReturnType<typeof planOf>>[number]): PlanValues => ({
  kind: item.kind,
  title: item.title,
  note: item.note ?? '',
  months: String(item.months ?? ''),
  houseType: item.houseTypeCode ?? '',
  document: item.documentId ?? '',
})
