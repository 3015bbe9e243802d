// Snags of the home: the list, one of them with its picture, and reporting.
import type { Readable } from 'node:stream'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { formatDateTime } from '#views/format.ts'
import { paths } from '#views/paths.ts'
import { SnagFormPage, type SnagFormProps, SnagPage, SnagsPage } from '#views/purchaser/snags.tsx'
import { access } from '../../access/access.ts'
import { type FailureCode, failure, failures, isFailure } from '../../failure.ts'
import { formHashOf } from '../../form-hash.ts'
import { homeOf } from '../../homes.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { photoResponse } from '../../http/photos.ts'
import { seeOther } from '../../http/redirect.ts'
import { type Photo, receivePhoto } from '../../snags/photo.ts'
import {
  nextPhotoAt,
  openOwnSnag,
  reportSnag,
  SNAG_DESCRIPTION_CHARS_MAX,
  SNAG_DESCRIPTION_CHARS_MIN,
  SNAG_PHOTOS_A_DAY_MAX,
  SNAG_ROOM_CHARS_MAX,
  type SnagRow,
  secondsUntil,
  snagCategories,
  snagPhoto,
  snagsOf,
} from '../../snags.ts'
import { readForm } from '../../uploads/form.ts'
import { snagView } from '../snag-view.ts'
import { shellOf } from './present.ts'

const itemParams = z.object({ id: z.uuid() })
const hidden = { hide: true }
const photosOf = (nextAt: Date | null) => ({
  receive: async (stream: Readable) => {
    // Before it is decoded: that is what a picture costs.
    if (nextAt) throw failure('too_many_photos')
    return receivePhoto(stream)
  },
  discard: (photo: Photo) => photo.discard(),
  filesMax: 1,
})

const newSnag = z.object({
  room: z.string().trim().min(1, 'Choose where it is.').max(SNAG_ROOM_CHARS_MAX),
  category: z.enum(snagCategories, 'Choose what it is about.'),
  description: z
    .string()
    .trim()
    .min(SNAG_DESCRIPTION_CHARS_MIN, 'Say in a few words what is wrong.')
    .max(SNAG_DESCRIPTION_CHARS_MAX, `Use at most ${SNAG_DESCRIPTION_CHARS_MAX} characters.`),
})

export const snags = new Elysia({ name: 'purchaser/snags' })
  .use(access)
  .get(
    '/snags',
    async ({ purchaser, query }) => {
      const [home, rows] = await Promise.all([homeOf(purchaser.scope), snagsOf(purchaser.scope)])
      const isReported = query.done === 'reported'
      return SnagsPage({ shell: shellOf(home), snags: rows.map(viewOf), now: new Date(), isReported })
    },
    { forPurchaser: true, query: z.object({ done: z.literal('reported').optional() }), detail: hidden },
  )
  .get(
    '/snags/new',
    async ({ purchaser }) => {
      const values = { room: '', category: '', description: '' }
      const formKey = crypto.randomUUID()
      return SnagFormPage({ shell: shellOf(await homeOf(purchaser.scope)), values, errors: {}, formKey })
    },
    { forPurchaser: true, detail: hidden },
  )
  .post(
    '/snags',
    async ({ purchaser, request, set }) => {
      limitOrThrow({ request, set }, policies.snags, purchaser.scope.actor.id)
      const { scope, purchaserId } = purchaser
      let nextAt = await nextPhotoAt(scope)
      const { fields, files } = await readForm(request, photosOf(nextAt))
      const value = (name: string) => fields.get(name)?.[0] ?? ''
      const values = { room: value('room'), category: value('category'), description: value('description') }
      const formKey = value('form_key')
      const photos = files.map(({ file }) => file)
      let refused = photos.find((file) => 'refused' in file)?.refused
      const parsed = newSnag.safeParse(values)
      const kept = photos.filter((file): file is Photo => !('refused' in file))
      try {
        if (parsed.success && !refused) {
          const hash = formHashOf(formKey, parsed.data)
          await reportSnag(scope, purchaserId, parsed.data, kept[0] ?? null, hash)
          return seeOther(request, paths.snags({ done: 'reported' }))
        }
      } catch (error) {
        if (!isFailure(error, 'too_many_photos')) throw error
        refused = error.code
        nextAt = new Date(Date.now() + (error.details.retryAfterS ?? 0) * 1_000)
      } finally {
        for (const photo of kept) await photo.discard()
      }
      const isTooMany = refused === 'too_many_photos' && nextAt
      set.status = isTooMany ? 429 : 422
      if (isTooMany) set.headers['retry-after'] = String(secondsUntil(isTooMany))
      const errors = errorsOf(parsed.error?.issues ?? [], refused, { hadPhoto: kept.length > 0, nextAt })
      return SnagFormPage({ shell: shellOf(await homeOf(scope)), values, errors, formKey })
    },
    { forPurchaser: true, detail: hidden },
  )
  .get(
    '/snags/:id',
    async ({ purchaser, params }) => {
      const [home, { snag, changes }] = await Promise.all([
        homeOf(purchaser.scope),
        openOwnSnag(purchaser.scope, params.id),
      ])
      return SnagPage({ shell: shellOf(home), snag: viewOf(snag), steps: changes, now: new Date() })
    },
    { forPurchaser: true, params: itemParams, detail: hidden },
  )
  .get(
    '/snags/:id/photo',
    async ({ purchaser, params }) => {
      const { snag } = await openOwnSnag(purchaser.scope, params.id)
      return photoResponse(await snagPhoto(purchaser.scope, snag))
    },
    { forPurchaser: true, params: itemParams, detail: hidden },
  )

const viewOf = (snag: SnagRow) => ({
  ...snagView(snag),
  photoUrl: snag.photoId ? paths.snagPhoto(snag.id) : null,
})

/** The browser sends a chosen photo only once; whoever has to correct the rest is told so. */
function errorsOf(
  issues: readonly z.core.$ZodIssue[],
  refused: FailureCode | undefined,
  { hadPhoto, nextAt }: { hadPhoto: boolean; nextAt: Date | null },
): SnagFormProps['errors'] {
  const errors = Object.fromEntries(issues.map((issue) => [String(issue.path[0]), issue.message]))
  if (refused === 'too_many_photos' && nextAt) return { ...errors, photo: dayIsFull(nextAt) }
  if (refused)
    return {
      ...errors,
      photo: refused === 'too_large' ? 'The photo is larger than 10 MB.' : failures[refused][1],
    }
  return hadPhoto ? { ...errors, photo: 'Please choose the photo once more.' } : errors
}

const dayIsFull = (nextAt: Date) =>
  `Your home has sent ${SNAG_PHOTOS_A_DAY_MAX} photos in 24 hours, which is as many as are kept. The next can be sent from ${formatDateTime(nextAt)}. Without a photo your report can be sent now.`
