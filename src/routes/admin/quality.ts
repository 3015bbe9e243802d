// The quality of builders' data.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { CheckPage, Findings, QualityPage } from '#views/admin/quality.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { COUNTED_MAX, checkNames, findingsPage, readFindings } from '../../quality.ts'
import { panel } from './panel.ts'
import { hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50

export const quality = new Elysia({ name: 'admin/quality', prefix: '/admin/quality' })
  .use(access)
  .get(
    '',
    async ({ superAdmin, request }) => {
      const [shell, findings] = await Promise.all([
        shellFor(superAdmin),
        panel(request, 'Checks', async () =>
          Findings({ findings: await readFindings(superAdmin.scope), countedMax: COUNTED_MAX }),
        ),
      ])
      return QualityPage({ shell, findings })
    },
    hidden,
  )
  .get(
    '/:check',
    async ({ superAdmin, params: { check }, query: { cursor } }) => {
      const [shell, page] = await Promise.all([
        shellFor(superAdmin),
        findingsPage(superAdmin.scope, check, { cursor, limit: ROWS_A_PAGE }),
      ])
      return CheckPage({
        shell,
        check,
        rows: page.rows,
        nextUrl: page.nextCursor ? paths.admin.qualityCheck(check, { cursor: page.nextCursor }) : undefined,
        firstUrl: cursor ? paths.admin.qualityCheck(check) : undefined,
      })
    },
    {
      ...hidden,
      params: z.object({ check: z.enum(checkNames) }),
      query: z.object({ cursor: z.string().max(500).optional() }),
    },
  )
