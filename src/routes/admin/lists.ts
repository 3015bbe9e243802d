// Developments and people of all builders.
import { Elysia } from 'elysia'
import { z } from 'zod'
import {
  DevelopmentList,
  DevelopmentsPage,
  PeoplePage,
  PersonList,
  TenantSelect,
} from '#views/admin/lists.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { logTenants } from '../../logs.ts'
import { allDevelopmentsPage, allPeoplePage } from '../../operator-lists.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const filter = {
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
  cursor: z.string().max(500).optional(),
}
const developmentsQuery = z.object(filter)
const peopleQuery = z.object({
  ...filter,
  q: z.preprocess(emptyIsNone, z.string().trim().max(100).optional()),
})

export const lists = new Elysia({ name: 'admin/lists', prefix: '/admin' })
  .use(access)
  .get(
    '/developments',
    async ({ superAdmin, query, request }) => {
      const [shell, choice, developments] = await Promise.all([
        shellFor(superAdmin),
        choiceOf(superAdmin, request, query.tenant),
        panel(request, 'The list of developments', () => developmentsOf(superAdmin, query)),
      ])
      return DevelopmentsPage({ shell, choice, developments })
    },
    { ...hidden, query: developmentsQuery },
  )
  .get(
    '/people',
    async ({ superAdmin, query, request }) => {
      const [shell, choice, people] = await Promise.all([
        shellFor(superAdmin),
        choiceOf(superAdmin, request, query.tenant),
        panel(request, 'The list of people', () => peopleOf(superAdmin, query)),
      ])
      return PeoplePage({ shell, choice, words: query.q, people })
    },
    { ...hidden, query: peopleQuery },
  )

const choiceOf = ({ scope }: SuperAdminCaller, request: Request, tenant: string | undefined) =>
  panel(request, 'Builders to choose from', async () =>
    TenantSelect({ tenant, tenants: await logTenants(scope) }),
  )

async function developmentsOf({ scope }: SuperAdminCaller, query: z.infer<typeof developmentsQuery>) {
  const { tenant, cursor } = query
  const page = await allDevelopmentsPage(scope, { tenantId: tenant, cursor, limit: ROWS_A_PAGE })
  const url = (more: { cursor?: string }) => paths.admin.developments({ tenant, ...more })
  return DevelopmentList({
    developments: page.rows,
    nextUrl: page.nextCursor ? url({ cursor: page.nextCursor }) : undefined,
    firstUrl: cursor ? url({}) : undefined,
  })
}

async function peopleOf({ scope }: SuperAdminCaller, query: z.infer<typeof peopleQuery>) {
  const { tenant, q, cursor } = query
  const page = await allPeoplePage(scope, { tenantId: tenant, words: q, cursor, limit: ROWS_A_PAGE })
  const url = (more: { cursor?: string }) => paths.admin.people({ tenant, q, ...more })
  return PersonList({
    people: page.rows,
    nextUrl: page.nextCursor ? url({ cursor: page.nextCursor }) : undefined,
    firstUrl: cursor ? url({}) : undefined,
  })
}
