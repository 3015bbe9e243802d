// What a person wants to be told, and in which language.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { isLanguage } from '#views/languages/languages.ts'
import { paths } from '#views/paths.ts'
import { PreferencesPage } from '#views/purchaser/preferences.tsx'
import { access } from '../../access/access.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { personOf } from '../../people.ts'
import { choosePreferences, notifications, readPreferences } from '../../preferences.ts'
import { shellOf } from './present.ts'

const CHOICES_MAX = 10
const ticked = z
  .union([z.string().transform((one) => [one]), z.array(z.string()).max(CHOICES_MAX)])
  .default([])
  .pipe(z.array(z.enum(notifications)))

export const preferences = new Elysia({ name: 'purchaser/preferences' })
  .use(access)
  .get(
    '/preferences',
    async ({ purchaser: { scope, purchaserId }, query }) => {
      const [home, chosen] = await Promise.all([
        homeOf(scope),
        readPreferences(scope, personOf(scope, purchaserId)),
      ])
      return PreferencesPage({
        shell: shellOf(home),
        email: chosen.email,
        wanted: notifications.filter((each) => !chosen.muted.includes(each)),
        language: chosen.language ?? 'en',
        isSaved: query.done === 'saved',
      })
    },
    {
      forPurchaser: true,
      query: z.object({ done: z.enum(['saved']).optional() }),
      detail: { hide: true },
    },
  )
  .post(
    '/preferences',
    async ({ purchaser: { scope, purchaserId }, body, request }) => {
      await choosePreferences(scope, personOf(scope, purchaserId), {
        wanted: [...body.mail, ...body.app],
        language: body.language,
      })
      return seeOther(request, paths.preferences({ done: 'saved' }))
    },
    {
      forPurchaser: true,
      body: z.object({
        mail: ticked,
        app: ticked,
        language: z.string().refine(isLanguage, 'That language is not known here.'),
      }),
      detail: { hide: true },
    },
  )
