// Warranties and maintenance of the home: the timeline, saying what is done, one's own items.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { MaintenancePage } from '#views/purchaser/maintenance.tsx'
import type { OwnItemView } from '#views/purchaser/maintenance-forms.tsx'
import { access } from '../../access/access.ts'
import { endFeed, makeFeed } from '../../access/calendar-feeds.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { config } from '../../config.ts'
import { isFailure } from '../../failure.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { chooseReminders, remindersOf } from '../../maintenance/choices.ts'
import {
  addOwnItem,
  MAINTENANCE_NOTE_CHARS_MAX,
  MAINTENANCE_TITLE_CHARS_MAX,
  maintenanceOf,
  markDone,
  removeOwnItem,
  takeBackDone,
} from '../../maintenance.ts'
import { personOf } from '../../people.ts'
import { shellOf } from './present.ts'

const MESSAGES = {
  done: 'Noted. The next date follows from it.',
  taken_back: 'It is open again.',
  added: 'Added. Everybody of your household sees it.',
  removed: 'Removed.',
  reminders: 'Your choice is kept.',
  calendar_ended: 'The calendar address is gone.',
} as const
const FIRST_DUE_MAX = '2099-12-31'

const itemParams = z.object({ id: z.uuid() })
const hidden = { hide: true }
const loose = z.string().max(5_000).default('')
const ownBody = z.object({ title: loose, note: loose, first_due_on: loose, months: loose })
const ownItem = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Say what is to be done.')
    .max(MAINTENANCE_TITLE_CHARS_MAX, 'Use fewer words.'),
  note: z
    .string()
    .trim()
    .max(MAINTENANCE_NOTE_CHARS_MAX, `Use at most ${MAINTENANCE_NOTE_CHARS_MAX} characters.`),
  firstDueOn: z.iso
    .date('Choose a day.')
    .pipe(z.string().refine((day) => day >= '2000' && day <= FIRST_DUE_MAX, 'Choose a day of this century.')),
  months: z.enum(['', '1', '3', '6', '12', '24', '60'], 'Choose how often.'),
})
const EMPTY: OwnItemView = { values: { title: '', note: '', firstDueOn: '', months: '' }, errors: {} }

export const maintenance = new Elysia({ name: 'purchaser/maintenance' })
  .use(access)
  .get(
    '/maintenance',
    ({ purchaser, query }) => page(purchaser, { message: query.done && MESSAGES[query.done] }),
    {
      forPurchaser: true,
      query: z.object({ done: z.enum(Object.keys(MESSAGES) as (keyof typeof MESSAGES)[]).optional() }),
      detail: hidden,
    },
  )
  .post(
    '/maintenance',
    async ({ purchaser, body, request, set }) => {
      const values = {
        title: body.title,
        note: body.note,
        firstDueOn: body.first_due_on,
        months: body.months,
      }
      const parsed = ownItem.safeParse(values)
      const issues = parsed.error?.issues ?? []
      let errors = Object.fromEntries(issues.map((issue) => [String(issue.path[0]), issue.message]))
      if (parsed.success) {
        const { title, note, firstDueOn, months } = parsed.data
        const item = { title, note: note || null, firstDueOn, months: months ? Number(months) : null }
        try {
          await addOwnItem(purchaser.scope, purchaser.purchaserId, item)
          return seeOther(request, paths.maintenance({ done: 'added' }))
        } catch (error) {
          if (!isFailure(error, 'invalid')) throw error
          errors = { title: error.details.fields?.[0]?.message ?? error.sentence }
        }
      }
      set.status = 422
      return page(purchaser, { own: { values, errors } })
    },
    { forPurchaser: true, body: ownBody, detail: hidden },
  )
  .post(
    '/maintenance/:id/done',
    async ({ purchaser, params, body, request, set }) => {
      const said = { dueOn: body.due_on, doneOn: body.done_on ?? null }
      try {
        await markDone(purchaser.scope, purchaser.purchaserId, params.id, said)
      } catch (error) {
        if (!isFailure(error, 'invalid') && !isFailure(error, 'conflict')) throw error
        set.status = error.status
        return page(purchaser, { error: error.details.fields?.[0]?.message ?? error.sentence })
      }
      return seeOther(request, paths.maintenance({ done: 'done' }))
    },
    {
      forPurchaser: true,
      params: itemParams,
      body: z.object({ due_on: z.iso.date(), done_on: z.iso.date('Choose a day.').optional() }),
      detail: hidden,
    },
  )
  .post(
    '/maintenance/done/:id/removal',
    async ({ purchaser, params, request }) => {
      await takeBackDone(purchaser.scope, params.id)
      return seeOther(request, paths.maintenance({ done: 'taken_back' }))
    },
    { forPurchaser: true, params: itemParams, detail: hidden },
  )
  .post(
    '/maintenance/:id/removal',
    async ({ purchaser, params, request }) => {
      await removeOwnItem(purchaser.scope, params.id)
      return seeOther(request, paths.maintenance({ done: 'removed' }))
    },
    { forPurchaser: true, params: itemParams, detail: hidden },
  )
  .post(
    '/maintenance/reminders',
    async ({ purchaser, body, request }) => {
      await chooseReminders(purchaser.scope, person(purchaser), body.by_mail === 'yes')
      return seeOther(request, paths.maintenance({ done: 'reminders' }))
    },
    { forPurchaser: true, body: z.object({ by_mail: z.enum(['yes', 'no']) }), detail: hidden },
  )
  .post(
    '/maintenance/calendar',
    async ({ purchaser }) => {
      const token = await makeFeed(purchaser.scope, person(purchaser))
      return page(purchaser, { address: `${config().publicUrl}${paths.calendarFeed(token)}` })
    },
    { forPurchaser: true, detail: hidden },
  )
  .post(
    '/maintenance/calendar/removal',
    async ({ purchaser, request }) => {
      await endFeed(purchaser.scope, person(purchaser))
      return seeOther(request, paths.maintenance({ done: 'calendar_ended' }))
    },
    { forPurchaser: true, detail: hidden },
  )

const person = ({ scope, purchaserId }: PurchaserCaller) => personOf(scope, purchaserId)

type Said = { message?: string | undefined; error?: string; own?: OwnItemView; address?: string }

async function page(purchaser: PurchaserCaller, said: Said) {
  const [home, found, choices] = await Promise.all([
    homeOf(purchaser.scope),
    maintenanceOf(purchaser.scope),
    remindersOf(purchaser.scope, person(purchaser)),
  ])
  const { overdue, soon, later, running, ended, undated } = found.timeline
  return MaintenancePage({
    shell: shellOf(home),
    handedOverOn: found.handedOverOn,
    today: found.today,
    done: found.done,
    overdue,
    coming: [...soon, ...later],
    running,
    ended,
    undated,
    own: said.own ?? EMPTY,
    calendar: { ...choices, address: said.address ?? null },
    message: said.message,
    error: said.error,
  })
}
