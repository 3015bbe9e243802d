// Settings: how a builder looks.
import type { Readable } from 'node:stream'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { BrandingPage } from '#views/developer/settings/branding.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { changeBranding, logoPicture, readBranding, receiveLogo } from '../../../branding.ts'
import { type Failure, type FailureCode, failure, failures, isFailure } from '../../../failure.ts'
import { logoResponse } from '../../../http/photos.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import type { Photo } from '../../../snags/photo.ts'
import { readForm } from '../../../uploads/form.ts'
import { shellOf } from '../present.ts'
import { type Problems, problemsOf, sayingOf } from './refused.ts'

const LOGOS = {
  receive: (stream: Readable) => receiveLogo(stream),
  discard: (logo: Photo) => logo.discard(),
  filesMax: 1,
}

export const brandingSettings = new Elysia({ name: 'developer/settings/branding' })
  .use(access)
  .get('/developer/settings/branding', ({ staff, query }) => page(staff, { isSaved: query.done }), {
    forStaff: 'admin',
    query: z.object({ done: z.literal('saved').optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/settings/branding',
    async ({ staff, request, set }) => {
      const { fields, files } = await readForm(request, LOGOS)
      const accent = fields.get('accent')?.[0] ?? ''
      const removesLogo = fields.has('removes_logo')
      const received = files.map(({ file }) => file)
      const refused = received.find((file) => 'refused' in file)
      const logos = received.filter((file): file is Photo => !('refused' in file))
      try {
        if (refused) throw refusal(refused.refused)
        await changeBranding(staff.scope, { accent, removesLogo, logo: logos[0] ?? null })
        return seeOther(request, paths.developer.branding({ done: 'saved' }))
      } catch (error) {
        const isFull = isFailure(error, 'storage_full')
        set.status = isFull ? error.status : 422
        const problems = isFull ? noRoom(error) : problemsOf(error)
        return await page(staff, { accent, problems })
      } finally {
        for (const logo of logos) await logo.discard()
      }
    },
    { forStaff: 'admin', detail: { hide: true } },
  )
  .get(
    '/developer/logo/:id',
    async ({ staff, params }) => logoResponse(await logoPicture(staff.scope, params.id)),
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

const refusal = (code: FailureCode) =>
  failure('invalid', {
    fields: [
      {
        path: 'logo',
        message: code === 'too_large' ? 'The picture is larger than 10 MB.' : failures[code][1],
      },
    ],
  })

/** With the figures, where the picture was chosen. */
const noRoom = ({ details, sentence }: Failure): Problems => [
  { path: 'logo', message: details.fields?.[0]?.message ?? sentence },
]

async function page(
  staff: StaffCaller,
  said: { accent?: string; problems?: Problems; isSaved?: 'saved' | undefined },
) {
  const [place, branding] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    readBranding(staff.scope),
  ])
  return BrandingPage({
    shell: shellOf(place),
    accent: said.accent ?? branding.accent ?? '',
    logoUrl: branding.logoId && paths.developer.logo(branding.logoId),
    problem: sayingOf(said.problems),
    message: said.isSaved && 'Saved. Everybody sees it with the next page.',
  })
}
