// The operator's announcements and release notes.
import { Elysia } from 'elysia'
import { z } from 'zod'
import {
  type AnnouncementFormValues,
  AnnouncementsPage,
  type AnnouncementsProps,
  ReleaseNotesPage,
} from '#views/admin/announcements.tsx'
import { dublinTime } from '#views/format.ts'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import {
  announceToAll,
  listAnnouncements,
  listReleaseNotes,
  MESSAGE_CHARS_MAX,
  NOTE_BODY_CHARS_MAX,
  NOTE_TITLE_CHARS_MAX,
  withdrawAnnouncement,
  withdrawReleaseNote,
  writeReleaseNote,
} from '../../announcements.ts'
import { seeOther } from '../../http/redirect.ts'
import { hidden, shellFor } from './present.ts'

const one = z.object({ id: z.uuid() })
const query = z.object({ done: z.enum(['made', 'withdrawn']).optional() })
const MESSAGES = { made: 'It is out.', withdrawn: 'Withdrawn.' }
const EMPTY: AnnouncementFormValues = {
  message: '',
  audience: 'everyone',
  tone: 'plain',
  startsAt: '',
  endsAt: '',
  dismissable: 'yes',
}

/** Wider than the rules, which say in a sentence what is wrong. */
const newAnnouncement = z.object({
  message: z.string().max(10_000),
  audience: z.enum(['everyone', 'staff', 'purchasers']),
  tone: z.enum(['plain', 'warning']),
  starts_at: z.string().max(50).default(''),
  ends_at: z.string().max(50).default(''),
  dismissable: z.enum(['yes', 'no']),
})

export const announcements = new Elysia({ name: 'admin/announcements', prefix: '/admin' })
  .use(access)
  .get('/announcements', ({ superAdmin, query: { done } }) => page(superAdmin, EMPTY, {}, done), {
    ...hidden,
    query,
  })
  .post(
    '/announcements',
    async ({ superAdmin, body, request, set }) => {
      const { audience, tone, starts_at: startsText, ends_at: endsText, dismissable } = body
      const message = body.message.trim()
      const startsAt = startsText ? dublinTime(startsText) : new Date()
      const endsAt = dublinTime(endsText)
      const errors = errorsOf(message, startsAt, endsAt)
      if (!startsAt || !endsAt || Object.keys(errors).length > 0) {
        set.status = 422
        const values = { message: body.message, audience, tone, startsAt: startsText, endsAt: endsText }
        return page(superAdmin, { ...values, dismissable }, errors)
      }
      const isDismissable = dismissable === 'yes'
      await announceToAll(superAdmin.scope, { message, audience, tone, startsAt, endsAt, isDismissable })
      return seeOther(request, paths.admin.announcements({ done: 'made' }))
    },
    { ...hidden, body: newAnnouncement },
  )
  .post(
    '/announcements/:id/withdrawal',
    async ({ superAdmin, params, request }) => {
      await withdrawAnnouncement(superAdmin.scope, params.id)
      return seeOther(request, paths.admin.announcements({ done: 'withdrawn' }))
    },
    { ...hidden, params: one },
  )
  .get(
    '/release-notes',
    async ({ superAdmin, query: { done } }) => {
      const [shell, notes] = await Promise.all([shellFor(superAdmin), listReleaseNotes(superAdmin.scope)])
      return ReleaseNotesPage({ shell, notes, message: done && MESSAGES[done] })
    },
    { ...hidden, query },
  )
  .post(
    '/release-notes',
    async ({ superAdmin, body, request }) => {
      await writeReleaseNote(superAdmin.scope, body.title, body.body)
      return seeOther(request, paths.admin.releaseNotes({ done: 'made' }))
    },
    {
      ...hidden,
      body: z.object({
        title: z.string().trim().min(1, 'The note needs a title.').max(NOTE_TITLE_CHARS_MAX),
        body: z.string().trim().min(1, 'The note is empty.').max(NOTE_BODY_CHARS_MAX),
      }),
    },
  )
  .post(
    '/release-notes/:id/withdrawal',
    async ({ superAdmin, params, request }) => {
      await withdrawReleaseNote(superAdmin.scope, params.id)
      return seeOther(request, paths.admin.releaseNotes({ done: 'withdrawn' }))
    },
    { ...hidden, params: one },
  )

function errorsOf(message: string, startsAt: Date | null, endsAt: Date | null): AnnouncementsProps['errors'] {
  const errors: AnnouncementsProps['errors'] = {}
  if (message === '') errors.message = 'Say what there is to tell.'
  if (message.length > MESSAGE_CHARS_MAX) errors.message = `Use at most ${MESSAGE_CHARS_MAX} characters.`
  if (!startsAt) errors.startsAt = 'Choose a day and a time.'
  if (!endsAt) errors.endsAt = 'Choose a day and a time.'
  else if (endsAt <= (startsAt ?? new Date())) errors.endsAt = 'It must end after it begins.'
  else if (endsAt <= new Date()) errors.endsAt = 'That is over already.'
  return errors
}

async function page(
  superAdmin: SuperAdminCaller,
  values: AnnouncementFormValues,
  errors: AnnouncementsProps['errors'],
  done?: keyof typeof MESSAGES,
) {
  const [shell, rows] = await Promise.all([shellFor(superAdmin), listAnnouncements(superAdmin.scope)])
  const message = done && MESSAGES[done]
  return AnnouncementsPage({ shell, announcements: rows, now: new Date(), values, errors, message })
}
