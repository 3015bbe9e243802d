// The operator's errors: the groups, one with its occurrences, and marking it as dealt with.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ErrorGroupPage, ErrorGroupsPage } from '#views/admin/errors.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { errorGroupsPage, errorSources, openErrorGroup, resolveError } from '../../error-groups.ts'
import { seeOther } from '../../http/redirect.ts'
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
    async ({ superAdmin, query }) => {
      const { source, status } = query
      const [shell, page] = await Promise.all([
        shellFor(superAdmin),
        errorGroupsPage(superAdmin.scope, { ...query, limit: ROWS_A_PAGE }),
      ])
      const chosen = { source, status }
      return ErrorGroupsPage({
        shell,
        groups: page.rows,
        filter: chosen,
        nextUrl: page.nextCursor ? paths.admin.errors({ ...chosen, cursor: page.nextCursor }) : undefined,
        firstUrl: query.cursor ? paths.admin.errors(chosen) : undefined,
      })
    },
    { ...hidden, query: listQuery },
  )
  .get(
    '/:fingerprint',
    async ({ superAdmin, params, query }) => {
      const page = { cursor: query.cursor, limit: OCCURRENCES_A_PAGE }
      const [shell, { group, occurrences }] = await Promise.all([
        shellFor(superAdmin),
        openErrorGroup(superAdmin.scope, params.fingerprint, page),
      ])
      const next = occurrences.nextCursor
      return ErrorGroupPage({
        ...{ shell, group, occurrences: occurrences.rows },
        nextUrl: next ? paths.admin.error(group.fingerprint, { cursor: next }) : undefined,
        firstUrl: query.cursor ? paths.admin.error(group.fingerprint) : undefined,
      })
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
