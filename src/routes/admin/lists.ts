// Developments and people of all builders.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { DevelopmentsPage, PeoplePage } from '#views/admin/lists.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { logTenants } from '../../logs.ts'
import { allDevelopmentsPage, allPeoplePage } from '../../operator-lists.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const filter = {
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
  cursor: z.string().max(500).optional(),
}

export const lists = new Elysia({ name: 'admin/lists', prefix: '/admin' })
  .use(access)
  .get(
    '/developments',
    async ({ superAdmin, query: { tenant, cursor } }) => {
      const [shell, tenants, page] = await Promise.all([
        shellFor(superAdmin),
        logTenants(superAdmin.scope),
        allDevelopmentsPage(superAdmin.scope, { tenantId: tenant, cursor, limit: ROWS_A_PAGE }),
      ])
      const url = (more: { cursor?: string }) => paths.admin.developments({ tenant, ...more })
      return DevelopmentsPage({
        ...{ shell, tenant, tenants, developments: page.rows },
        nextUrl: page.nextCursor ? url({ cursor: page.nextCursor }) : undefined,
        firstUrl: cursor ? url({}) : undefined,
      })
    },
    { ...hidden, query: z.object(filter) },
  )
  .get(
    '/people',
    async ({ superAdmin, query: { tenant, q, cursor } }) => {
      const asked = { tenantId: tenant, words: q, cursor, limit: ROWS_A_PAGE }
      const [shell, tenants, page] = await Promise.all([
        shellFor(superAdmin),
        logTenants(superAdmin.scope),
        allPeoplePage(superAdmin.scope, asked),
      ])
      const url = (more: { cursor?: string }) => paths.admin.people({ tenant, q, ...more })
      return PeoplePage({
        ...{ shell, tenant, tenants, words: q, people: page.rows },
        nextUrl: page.nextCursor ? url({ cursor: page.nextCursor }) : undefined,
        firstUrl: cursor ? url({}) : undefined,
      })
    },
    {
      ...hidden,
      query: z.object({ ...filter, q: z.preprocess(emptyIsNone, z.string().trim().max(100).optional()) }),
    },
  )
