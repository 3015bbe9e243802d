// The operator's errors: the groups, one with its occurrences, and marking it as dealt with.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ErrorGroupPage, ErrorGroupsPage, ErrorGroupTable, Occurrences } from '#views/admin/errors.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import {
  errorGroupsPage,
  errorSources,
  occurrencesPage,
  openErrorGroup,
  resolveError,
} from '../../error-groups.ts'
import { seeOther } from '../../http/redirect.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const OCCURRENCES_A_PAGE = 20
const fingerprint = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{32}$/) })
const cursor = z.string().max(500).optional()
const listQuery = z.object({
  source: z.preprocess(emptyIsNone, z.enum(errorSources).optional()),
  status: z.preprocess(emptyIsNone, z.enum(['open', 'resolved', 'all']).default('open')),
  cursor,
})

export const errors = new Elysia({ name: 'admin/errors', prefix: '/admin/errors' })
  .use(access)
  .get(
    '',
    async ({ superAdmin, query, request }) => {
      const [shell, groups] = await Promise.all([
        shellFor(superAdmin),
        panel(request, 'The list of errors', () => groupsOf(superAdmin, query)),
      ])
      return ErrorGroupsPage({ shell, groups, filter: { source: query.source, status: query.status } })
    },
    { ...hidden, query: listQuery },
  )
  .get(
    '/:fingerprint',
    async ({ superAdmin, params: { fingerprint: of }, query, request }) => {
      const [shell, group, occurrences] = await Promise.all([
        shellFor(superAdmin),
        openErrorGroup(superAdmin.scope, of),
        panel(request, 'Occurrences', () => occurrencesOf(superAdmin, of, query.cursor)),
      ])
      return ErrorGroupPage({ shell, group, occurrences })
    },
    { ...hidden, params: fingerprint, query: z.object({ cursor }) },
  )
  .post(
    '/:fingerprint/resolution',
    async ({ superAdmin, params, request }) => {
      await resolveError(superAdmin.scope, params.fingerprint)
      return seeOther(request, paths.admin.error(params.fingerprint))
    },
    { ...hidden, params: fingerprint },
  )

async function groupsOf({ scope }: SuperAdminCaller, query: z.infer<typeof listQuery>) {
  const page = await errorGroupsPage(scope, { ...query, limit: ROWS_A_PAGE })
  const chosen = { source: query.source, status: query.status }
  return ErrorGroupTable({
    groups: page.rows,
    nextUrl: page.nextCursor ? paths.admin.errors({ ...chosen, cursor: page.nextCursor }) : undefined,
    firstUrl: query.cursor ? paths.admin.errors(chosen) : undefined,
  })
}

async function occurrencesOf({ scope }: SuperAdminCaller, of: string, after: string | undefined) {
  const page = await occurrencesPage(scope, of, { cursor: after, limit: OCCURRENCES_A_PAGE })
  return Occurrences({
    occurrences: page.rows,
    nextUrl: page.nextCursor ? paths.admin.error(of, { cursor: page.nextCursor }) : undefined,
    firstUrl: after ? paths.admin.error(of) : undefined,
  })
}
