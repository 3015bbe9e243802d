// The builder's notices: what was written, writing one, withdrawing one.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type NoticeFormValues, StaffNoticesPage, type StaffNoticesProps } from '#views/developer/notices.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { dublinTime } from '#views/format.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { houseTypeOptions, phasesOf } from '../../estate-summary.ts'
import { isFailure } from '../../failure.ts'
import { formHashOf } from '../../form-hash.ts'
import { seeOther } from '../../http/redirect.ts'
import {
  NOTICE_BODY_CHARS_MAX,
  NOTICE_PHASES_MAX,
  NOTICE_TITLE_CHARS_MAX,
  noticeCategories,
  noticesPage,
  withdrawNotice,
  writeNotice,
} from '../../notices.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 25
const EMPTY: NoticeFormValues = {
  title: '',
  body: '',
  category: 'general',
  publishAt: '',
  houseTypes: [],
  phases: [],
}
const MESSAGES = { written: 'Written. Homes see it from the time you chose.', withdrawn: 'Withdrawn.' }

const listQuery = z.object({
  development: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
  done: z.enum(['written', 'withdrawn']).optional(),
})
/** One box that is ticked comes as a text, none at all as nothing. */
const several = (max: number) =>
  z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.string().trim().min(1).max(50)).max(max),
  )

/** Wider than the rules, which say in a sentence what is wrong. */
const formBody = z.object({
  title: z.string().max(10_000),
  body: z.string().max(50_000),
  category: z.enum(noticeCategories),
  publish_at: z.string().max(50).default(''),
  form_key: z.string().max(100).default(''),
  house_types: several(100),
  phases: several(NOTICE_PHASES_MAX),
})

export const notices = new Elysia({ name: 'developer/notices' })
  .use(access)
  .get('/developer/notices', ({ staff, query }) => page(staff, query, EMPTY, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/notices',
    async ({ staff, query, body, request, set }) => {
      const errors = errorsOf(body)
      if (Object.keys(errors).length === 0 && query.development) {
        const refused = await write(staff, query.development, body)
        if (!refused)
          return seeOther(
            request,
            paths.developer.notices({ development: query.development, done: 'written' }),
          )
        Object.assign(errors, refused)
      }
      set.status = 422
      const { title, category, publish_at: publishAt, house_types: houseTypes, phases } = body
      return page(staff, query, { title, body: body.body, category, publishAt, houseTypes, phases }, errors)
    },
    { forStaff: 'developer', query: listQuery, body: formBody, detail: { hide: true } },
  )
  .post(
    '/developer/notices/:id/withdrawal',
    async ({ staff, params, request }) => {
      const { developmentId } = await withdrawNotice(staff.scope, params.id)
      return seeOther(request, paths.developer.notices({ development: developmentId, done: 'withdrawn' }))
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

function errorsOf({ title, body, publish_at }: z.infer<typeof formBody>): StaffNoticesProps['errors'] {
  const errors: StaffNoticesProps['errors'] = {}
  if (!title.trim()) errors.title = 'Give it a title.'
  if (title.trim().length > NOTICE_TITLE_CHARS_MAX)
    errors.title = `Use at most ${NOTICE_TITLE_CHARS_MAX} characters.`
  if (!body.trim()) errors.body = 'Say what there is to tell.'
  if (body.trim().length > NOTICE_BODY_CHARS_MAX)
    errors.body = `Use at most ${NOTICE_BODY_CHARS_MAX} characters.`
  if (publish_at && !dublinTime(publish_at)) errors.publishAt = 'Choose a day and a time.'
  return errors
}

/** What is wrong with the homes that it names, if it is. */
async function write(
  staff: StaffCaller,
  developmentId: string,
  body: z.infer<typeof formBody>,
): Promise<StaffNoticesProps['errors'] | null> {
  const { category, house_types: houseTypeCodes, phases } = body
  const texts = { title: body.title.trim(), body: body.body.trim() }
  const publishAt = body.publish_at ? dublinTime(body.publish_at) : null
  const told = { category, houseTypeCodes, phases, publishAt, ...texts }
  const notice = { developmentId, ...told, formHash: formHashOf(body.form_key, told) }
  try {
    await writeNotice(staff.scope, staff.name, notice)
    return null
  } catch (error) {
    if (isFailure(error, 'unknown_house_type')) return { houseTypes: error.sentence }
    const [field] = (isFailure(error, 'invalid') && error.details.fields) || []
    if (field?.path.startsWith('phases.')) return { phases: `One of the phases ${field.message}.` }
    throw error
  }
}

async function page(
  staff: StaffCaller,
  query: z.infer<typeof listQuery>,
  values: NoticeFormValues,
  errors: StaffNoticesProps['errors'],
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const [{ rows, nextCursor }, houseTypes, phases] = await Promise.all([
    noticesPage(staff.scope, { developmentId, cursor: query.cursor, limit: ROWS_A_PAGE }),
    houseTypeOptions(staff.scope, developmentId),
    phasesOf(staff.scope, developmentId),
  ])
  const url = (more: { cursor?: string } = {}) =>
    paths.developer.notices({ development: developmentId, ...more })
  return StaffNoticesPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    houseTypes,
    phases,
    values,
    errors,
    formKey: crypto.randomUUID(),
    message: query.done && MESSAGES[query.done],
    notices: rows,
    now: new Date(),
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  })
}
