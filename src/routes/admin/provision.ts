// Setting up a builder in one go.
import type { Readable } from 'node:stream'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ProvisionedPage, ProvisionPage, ProvisionState } from '#views/admin/provision.tsx'
import { CardsPage } from '#views/developer/home-cards.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { config } from '../../config.ts'
import { Failure, failures } from '../../failure.ts'
import { CARDS_A_PRINT_MAX } from '../../home-cards.ts'
import { seeOther } from '../../http/redirect.ts'
import { receiveTable } from '../../imports.ts'
import {
  cardsOfDevelopment,
  confirmHomes,
  importHomes,
  provisionTenant,
  readProvisioned,
} from '../../provisioning.ts'
import { readForm } from '../../uploads/form.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const text = (sentence: string, max: number) => z.string().trim().min(1, sentence).max(max)
const setUp = z.object({
  name: text('The builder needs a name.', 100),
  slug: z
    .string()
    .trim()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'The short name is small letters, digits and hyphens.'),
  admin_name: text('The admin needs a name.', 100),
  admin_email: z.email('That is not an e-mail address.').max(254),
  development: text('The development needs a name.', 100),
  address: text('The development needs an address.', 200),
  locality: text('The development needs a locality.', 100),
  county: text('The development needs a county.', 100),
  eircode: z.preprocess(emptyIsNone, z.string().trim().max(10).optional()),
  tenure: z.enum(['sale', 'rent', 'mixed']).default('sale'),
})
/** Wider than the rules, so that what was typed is not lost when one of them refuses it. */
const asTyped = z.record(z.string().max(50), z.string().max(500))
const one = z.object({ tenant: z.uuid(), development: z.uuid() })

export const provision = new Elysia({ name: 'admin/provision', prefix: '/admin/provision' })
  .use(access)
  .get(
    '',
    async ({ superAdmin }) => ProvisionPage({ shell: await shellFor(superAdmin), values: {}, refused: null }),
    hidden,
  )
  .post(
    '',
    async ({ superAdmin, body, set }) => {
      const parsed = setUp.safeParse(body)
      const refuse = async (status: number, refused: string) => {
        set.status = status
        return ProvisionPage({ shell: await shellFor(superAdmin), values: body, refused })
      }
      if (!parsed.success) return refuse(422, parsed.error.issues[0]?.message ?? 'Something is missing.')
      const {
        name,
        slug,
        admin_name: adminName,
        admin_email: adminEmail,
        eircode = null,
        ...site
      } = parsed.data
      try {
        const { tenantId, developmentId, token } = await provisionTenant(
          superAdmin.scope,
          { name, slug, adminName, adminEmail },
          {
            name: site.development,
            addressLine: site.address,
            locality: site.locality,
            county: site.county,
            eircode,
            latitude: null,
            longitude: null,
            tenure: site.tenure,
          },
        )
        const link = config().publicUrl + paths.developer.staffLink(token)
        return state(superAdmin, { tenant: tenantId, development: developmentId }, { link })
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        if (error.code === 'conflict') return refuse(409, 'The short name or the address is taken already.')
        return refuse(error.status, error.sentence)
      }
    },
    { ...hidden, body: asTyped },
  )
  .get(
    '/:tenant/:development',
    async ({ superAdmin, params, request }) => {
      if (request.headers.get('hx-request-type') !== 'partial') return state(superAdmin, params)
      return ProvisionState(await propsOf(superAdmin, params))
    },
    { ...hidden, params: one },
  )
  .post(
    '/:tenant/:development/import',
    async ({ superAdmin, params, request, set }) => {
      await readProvisioned(superAdmin.scope, params.tenant, params.development)
      const { files } = await readForm(request, TABLES)
      const [chosen] = files
      if (!chosen || 'refused' in chosen.file) {
        const code = chosen && 'refused' in chosen.file ? chosen.file.refused : null
        set.status = code ? failures[code][0] : 422
        return state(superAdmin, params, { refused: code ? failures[code][1] : 'Choose a file first.' })
      }
      const of = { tenantId: params.tenant, developmentId: params.development, fileName: chosen.fileName }
      await importHomes(superAdmin.scope, of, chosen.file)
      return seeOther(request, paths.admin.provisioned(params.tenant, params.development))
    },
    { ...hidden, params: one },
  )
  .post(
    '/:tenant/:development/confirmation',
    async ({ superAdmin, params, body, request }) => {
      await confirmHomes(superAdmin.scope, params.tenant, params.development, body.import)
      return seeOther(request, paths.admin.provisioned(params.tenant, params.development))
    },
    { ...hidden, params: one, body: z.object({ import: z.uuid() }) },
  )
  .post(
    '/:tenant/:development/cards',
    async ({ superAdmin, params: { tenant, development } }) => {
      const { cards, isWhole } = await cardsOfDevelopment(superAdmin.scope, tenant, development)
      const backUrl = paths.admin.provisioned(tenant, development)
      return CardsPage({ cards, backUrl, cardsMax: isWhole ? null : CARDS_A_PRINT_MAX })
    },
    { ...hidden, params: one },
  )

const TABLES = {
  receive: (stream: Readable) => receiveTable(stream, null),
  discard: async () => {},
}

type Of = z.infer<typeof one>
type Said = { link?: string; refused?: string }

const state = async (superAdmin: SuperAdminCaller, of: Of, said: Said = {}) =>
  ProvisionedPage(await propsOf(superAdmin, of, said))

async function propsOf(superAdmin: SuperAdminCaller, of: Of, { link, refused }: Said = {}) {
  const [shell, found] = await Promise.all([
    shellFor(superAdmin),
    readProvisioned(superAdmin.scope, of.tenant, of.development),
  ])
  const ids = { tenantId: of.tenant, developmentId: of.development }
  return { shell, ...ids, ...found, link: link ?? null, refused: refused ?? null }
}
