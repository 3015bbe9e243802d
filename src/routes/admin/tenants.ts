// The operator's builders: the list, a new one, one with its staff, suspending it, and looking as somebody of it.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { TenantPage, TenantStaff } from '#views/admin/tenant.tsx'
import { TenantCreatedPage, TenantList, TenantsPage } from '#views/admin/tenants.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { cookiePolicy } from '../../access/cookies.ts'
import {
  IMPERSONATION_MINUTES_MAX,
  REASON_CHARS_MIN,
  startImpersonation,
  stopImpersonation,
} from '../../access/impersonation.ts'
import { config } from '../../config.ts'
import { Failure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { createTenant, openTenant, setTenantSuspended, staffOfTenant, tenantsPage } from '../../tenants.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const one = z.object({ id: z.uuid() })
const newTenant = z.object({
  name: z.string().trim().min(1, 'The builder needs a name.').max(100),
  slug: z
    .string()
    .trim()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'The short name is small letters, digits and hyphens.'),
  admin_name: z.string().trim().min(1, 'The admin needs a name.').max(100),
  admin_email: z.email('That is not an e-mail address.').max(254),
})
const looking = z.object({
  staff_id: z.preprocess(emptyIsNone, z.uuid().optional()),
  home: z.preprocess(emptyIsNone, z.string().trim().max(200).optional()),
  reason: z.string().trim().max(500),
  minutes: z.coerce.number().int().min(1).max(IMPERSONATION_MINUTES_MAX).default(15),
})

export const tenants = new Elysia({ name: 'admin/tenants', prefix: '/admin' })
  .use(access)
  .get(
    '/tenants',
    async ({ superAdmin, query, request }) => {
      const [shell, list] = await Promise.all([
        shellFor(superAdmin),
        panel(request, 'The list of builders', () => listOf(superAdmin, query.cursor)),
      ])
      return TenantsPage({ shell, tenants: list })
    },
    { ...hidden, query: z.object({ cursor: z.string().max(500).optional() }) },
  )
  .post(
    '/tenants',
    async ({ superAdmin, body }) => {
      const { name, slug, admin_name: adminName, admin_email: adminEmail } = body
      const { tenantId, token } = await createTenant(superAdmin.scope, { name, slug, adminName, adminEmail })
      const link = config().publicUrl + paths.developer.staffLink(token)
      return TenantCreatedPage({ shell: await shellFor(superAdmin), tenantId, name, adminName, link })
    },
    { ...hidden, body: newTenant },
  )
  .get('/tenants/:id', ({ superAdmin, params, request }) => page(superAdmin, params.id, request), {
    ...hidden,
    params: one,
  })
  .post(
    '/tenants/:id/suspension',
    async ({ superAdmin, params, request }) => {
      await setTenantSuspended(superAdmin.scope, params.id, true)
      return seeOther(request, paths.admin.tenant(params.id))
    },
    { ...hidden, params: one },
  )
  .post(
    '/tenants/:id/resumption',
    async ({ superAdmin, params, request }) => {
      await setTenantSuspended(superAdmin.scope, params.id, false)
      return seeOther(request, paths.admin.tenant(params.id))
    },
    { ...hidden, params: one },
  )
  .post(
    '/tenants/:id/impersonation',
    async ({ superAdmin, params, body, request, set }) => {
      const { staff_id: staffId = null, home = null, reason, minutes } = body
      const refuse = async (sentence: string) => {
        set.status = 422
        return page(superAdmin, params.id, request, { reason, home: home ?? '', sentence })
      }
      if (reason.length < REASON_CHARS_MIN)
        return refuse(`Give a reason of at least ${REASON_CHARS_MIN} characters.`)
      if (!staffId && !home) return refuse('Choose a member of staff, or name a home.')
      const wanted = { tenantId: params.id, staffId, home: staffId ? null : home, reason, minutes }
      try {
        const policy = cookiePolicy(request, config().publicUrl)
        const { target, setCookie } = await startImpersonation(superAdmin.scope, wanted, policy)
        return seeOther(request, target.type === 'staff' ? paths.developer.today() : paths.home(), [
          setCookie,
        ])
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'not_found') throw error
        return refuse('There is no such person or home of this builder.')
      }
    },
    { ...hidden, params: one, body: looking },
  )
  .post(
    '/impersonation/stop',
    async ({ superAdmin, request }) => {
      const cookie = await stopImpersonation(superAdmin.scope, cookiePolicy(request, config().publicUrl))
      return seeOther(request, paths.admin.tenants(), [cookie])
    },
    hidden,
  )

async function listOf({ scope }: SuperAdminCaller, cursor: string | undefined) {
  const page = await tenantsPage(scope, { cursor, limit: ROWS_A_PAGE })
  return TenantList({
    tenants: page.rows,
    nextUrl: page.nextCursor ? paths.admin.tenants({ cursor: page.nextCursor }) : undefined,
    firstUrl: cursor ? paths.admin.tenants() : undefined,
  })
}

async function page(
  superAdmin: SuperAdminCaller,
  id: string,
  request: Request,
  refused: { reason: string; home: string; sentence: string } | null = null,
) {
  const { scope } = superAdmin
  const [shell, { tenant, storage }] = await Promise.all([shellFor(superAdmin), openTenant(scope, id)])
  const minutesMax = IMPERSONATION_MINUTES_MAX
  const staff = await panel(request, 'Staff', async () =>
    TenantStaff({ tenant, staff: await staffOfTenant(scope, id), refused, minutesMax }),
  )
  return TenantPage({ shell, tenant, storage, staff })
}
