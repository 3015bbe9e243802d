// The operator's incidents, and how the alert rules stand.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { Alerts } from '#views/admin/alerts.tsx'
import { IncidentList, IncidentPage, IncidentsPage } from '#views/admin/incidents.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { readAlerts } from '../../alerts.ts'
import { seeOther } from '../../http/redirect.ts'
import {
  acknowledgeIncident,
  incidentsPage,
  NOTE_CHARS_MAX,
  noteOnIncident,
  openIncident,
  reportIncident,
  resolveIncident,
  TITLE_CHARS_MAX,
} from '../../incidents.ts'
import { panel } from './panel.ts'
import { hidden, shellFor } from './present.ts'

const ROWS_A_PAGE = 50
const one = z.object({ id: z.uuid() })
const note = z.string().trim().max(NOTE_CHARS_MAX)

export const alertsPanel = (superAdmin: SuperAdminCaller, request: Request) =>
  panel(request, 'Alerts and incidents', async () => Alerts(await readAlerts(superAdmin.scope)))

export const incidents = new Elysia({ name: 'admin/incidents', prefix: '/admin' })
  .use(access)
  .get('/alerts', ({ superAdmin, request }) => alertsPanel(superAdmin, request), hidden)
  .get(
    '/incidents',
    async ({ superAdmin, query, request }) => {
      const [shell, alerts, list] = await Promise.all([
        shellFor(superAdmin),
        alertsPanel(superAdmin, request),
        panel(request, 'The list of incidents', () => listOf(superAdmin, query.cursor)),
      ])
      return IncidentsPage({ shell, alerts, incidents: list })
    },
    { ...hidden, query: z.object({ cursor: z.string().max(500).optional() }) },
  )
  .post(
    '/incidents',
    async ({ superAdmin, body, request }) =>
      seeOther(request, paths.admin.incident(await reportIncident(superAdmin.scope, body.title, body.note))),
    {
      ...hidden,
      body: z.object({
        title: z.string().trim().min(1, 'Say what is wrong.').max(TITLE_CHARS_MAX),
        note: note.default(''),
      }),
    },
  )
  .get(
    '/incidents/:id',
    async ({ superAdmin, params }) => {
      const [shell, opened] = await Promise.all([
        shellFor(superAdmin),
        openIncident(superAdmin.scope, params.id),
      ])
      return IncidentPage({ shell, ...opened })
    },
    { ...hidden, params: one },
  )
  .post(
    '/incidents/:id/acknowledgement',
    async ({ superAdmin, params, request }) => {
      await acknowledgeIncident(superAdmin.scope, params.id)
      return seeOther(request, paths.admin.incident(params.id))
    },
    { ...hidden, params: one },
  )
  .post(
    '/incidents/:id/notes',
    async ({ superAdmin, params, body, request }) => {
      await noteOnIncident(superAdmin.scope, params.id, body.note)
      return seeOther(request, paths.admin.incident(params.id))
    },
    { ...hidden, params: one, body: z.object({ note: note.min(1, 'The note is empty.') }) },
  )
  .post(
    '/incidents/:id/resolution',
    async ({ superAdmin, params, body, request }) => {
      await resolveIncident(superAdmin.scope, params.id, body.note)
      return seeOther(request, paths.admin.incident(params.id))
    },
    { ...hidden, params: one, body: z.object({ note: note.default('') }) },
  )

async function listOf({ scope }: SuperAdminCaller, cursor: string | undefined) {
  const page = await incidentsPage(scope, { cursor, limit: ROWS_A_PAGE })
  return IncidentList({
    incidents: page.rows,
    nextUrl: page.nextCursor ? paths.admin.incidents({ cursor: page.nextCursor }) : undefined,
    firstUrl: cursor ? paths.admin.incidents() : undefined,
  })
}
