// The builder's links for contractors: making one for chosen snags, and withdrawing it.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ContractorLinkFormPage } from '#views/developer/contractor-link-form.tsx'
import {
  type ContractorFormProps,
  type ContractorLinkView,
  NewContractorLinkPage,
} from '#views/developer/contractor-links.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import {
  LINK_DAYS,
  makeContractorLink,
  type SnagLink,
  withdrawContractorLink,
} from '../../contractor-links.ts'
import { Failure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const DAYS_CHOSEN = 14
const dayValues = LINK_DAYS.map(String)
const linkBody = z.object({
  contractor: z.string().max(1_000).default(''),
  days: z
    .string()
    .refine((value) => dayValues.includes(value))
    .transform((value) => Number(value) as (typeof LINK_DAYS)[number]),
  snags: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.uuid()).max(100)),
})

export const EMPTY_CONTRACTOR_FORM: ContractorFormProps = {
  days: LINK_DAYS,
  values: { contractor: '', days: DAYS_CHOSEN },
  errors: {},
}

export const linkView = (link: SnagLink): ContractorLinkView => ({
  id: link.id,
  contractor: link.contractor,
  expiresAt: link.expiresAt,
  doneAt: link.doneAt,
  state: link.withdrawnAt ? 'withdrawn' : link.expiresAt.getTime() < Date.now() ? 'expired' : 'live',
})

export const contractorLinks = new Elysia({ name: 'developer/contractor-links' })
  .use(access)
  .post(
    '/developer/contractor-links',
    async ({ staff, query: { development: developmentId }, body, set }) => {
      const { contractor, days, snags: snagIds } = body
      const place = await portalPlace(staff.scope, staff.staffId, developmentId)
      const shell = shellOf(place)
      try {
        const link = await makeContractorLink(staff.scope, developmentId, { contractor, days, snagIds })
        return NewContractorLinkPage({ shell, developmentId, link })
      } catch (error) {
        if (!(error instanceof Failure && error.code === 'invalid')) throw error
        set.status = 422
        const errorOf = (path: string) => error.details.fields?.find((field) => field.path === path)?.message
        return ContractorLinkFormPage({
          shell,
          developmentId,
          snagIds,
          form: {
            days: LINK_DAYS,
            values: { contractor, days },
            errors: { contractor: errorOf('contractor'), snags: errorOf('snags') },
          },
        })
      }
    },
    {
      forStaff: 'developer',
      query: z.object({ development: z.uuid() }),
      body: linkBody,
      detail: { hide: true },
    },
  )
  .post(
    '/developer/contractor-links/:id/withdrawal',
    async ({ staff, params, request }) => {
      const { developmentId } = await withdrawContractorLink(staff.scope, params.id)
      return seeOther(request, paths.developer.snags({ development: developmentId }))
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )
