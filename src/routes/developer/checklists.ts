// The checklists of a development, kept by its staff.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type ChecklistValues, StaffChecklistsPage } from '#views/developer/checklists.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import {
  addChecklistItem,
  CHECKLIST_NOTE_CHARS_MAX,
  CHECKLIST_TITLE_CHARS_MAX,
  type ChecklistItem,
  type ChecklistWords,
  changeChecklistItem,
  checklistItemsOf,
  checklistKeys,
  findChecklistItem,
  raiseChecklistItem,
  retireChecklistItem,
} from '../../checklists.ts'
import { failure, isFailure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const DONE = {
  added: 'Added. Homes see it at once.',
  changed: 'Changed. Homes see it at once.',
  removed: 'Removed. No home sees it any more.',
} as const
const EMPTY: ChecklistValues = { checklist: 'handover', title: '', note: '' }

const listQuery = z.object({
  development: z.uuid().optional(),
  edit: z.uuid().optional(),
  done: z.enum(['added', 'changed', 'removed']).optional(),
})
const loose = z.string().max(5_000).default('')
const words = z.object({
  title: z.string().trim().min(1, 'Say what to check.').max(CHECKLIST_TITLE_CHARS_MAX, 'Use fewer words.'),
  note: z
    .string()
    .trim()
    .max(CHECKLIST_NOTE_CHARS_MAX, `Use at most ${CHECKLIST_NOTE_CHARS_MAX} characters.`),
})
const itemGate = {
  forStaff: 'developer',
  params: z.object({ id: z.uuid() }),
  detail: { hide: true },
} as const

export const checklists = new Elysia({ name: 'developer/checklists' })
  .use(access)
  .get('/developer/checklists', ({ staff, query }) => page(staff, query, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/checklists',
    async ({ staff, query, body, request, set }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      const refused = await tried(body, (said) =>
        addChecklistItem(staff.scope, chosen.id, body.checklist, said),
      )
      if (!refused)
        return seeOther(request, paths.developer.checklists({ development: chosen.id, done: 'added' }))
      set.status = 422
      return page(staff, query, refused)
    },
    {
      forStaff: 'developer',
      query: listQuery,
      body: z.object({ checklist: z.enum(checklistKeys), title: loose, note: loose }),
      detail: { hide: true },
    },
  )
  .post(
    '/developer/checklists/:id',
    async ({ staff, params, body, request, set }) => {
      let development = ''
      const refused = await tried({ checklist: '', ...body }, async (said) => {
        development = (await changeChecklistItem(staff.scope, params.id, said)).developmentId
      })
      if (!refused) return seeOther(request, paths.developer.checklists({ development, done: 'changed' }))
      set.status = 422
      return page(staff, { edit: params.id }, refused)
    },
    { ...itemGate, body: z.object({ title: loose, note: loose }) },
  )
  .post(
    '/developer/checklists/:id/removal',
    async ({ staff, params, request }) => {
      const { developmentId: development } = await retireChecklistItem(staff.scope, params.id)
      return seeOther(request, paths.developer.checklists({ development, done: 'removed' }))
    },
    itemGate,
  )
  .post(
    '/developer/checklists/:id/raising',
    async ({ staff, params, request }) => {
      const { developmentId: development } = await raiseChecklistItem(staff.scope, params.id)
      return seeOther(request, paths.developer.checklists({ development }))
    },
    itemGate,
  )

type Refused = { values?: ChecklistValues; errors?: Record<string, string> }

/** What was wrong with the form, or null when the work was done. */
async function tried(
  values: ChecklistValues,
  work: (said: ChecklistWords) => Promise<unknown>,
): Promise<Refused | null> {
  const parsed = words.safeParse(values)
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message])
    return { values, errors: Object.fromEntries(errors) }
  }
  try {
    await work({ title: parsed.data.title, note: parsed.data.note || null })
    return null
  } catch (error) {
    if (!isFailure(error, 'invalid')) throw error
    return { values, errors: { title: error.details.fields?.[0]?.message ?? error.sentence } }
  }
}

async function page(staff: StaffCaller, query: z.infer<typeof listQuery>, said: Refused) {
  const development = query.development ?? (await developmentOfEdited(staff, query.edit))
  const place = await portalPlace(staff.scope, staff.staffId, development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const items = await checklistItemsOf(staff.scope, developmentId)
  const edited = items.find(({ id }) => id === query.edit) ?? null
  if (query.edit && !edited) throw failure('not_found')
  return StaffChecklistsPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    items,
    edited,
    values: said.values ?? (edited ? valuesOf(edited) : EMPTY),
    errors: said.errors ?? {},
    message: query.done && DONE[query.done],
  })
}

/** A form that is refused names the item only. */
async function developmentOfEdited(staff: StaffCaller, id: string | undefined): Promise<string | undefined> {
  return id ? (await findChecklistItem(staff.scope, id)).developmentId : undefined
}

const valuesOf = (item: ChecklistItem): ChecklistValues => ({
  checklist: item.checklist,
  title: item.title,
  note: item.note ?? '',
})
