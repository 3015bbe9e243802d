// How the system is doing; the same address answers the live part alone when the page asks for it again.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { DatabaseCard } from '#views/admin/database-load.tsx'
import { LoadCharts } from '#views/admin/load-charts.tsx'
import {
  CacheTable,
  LossCard,
  ModelCard,
  ProcessCard,
  QueueCard,
  SystemLoad,
  SystemPage,
  type SystemParts,
} from '#views/admin/system.tsx'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { readLoadHistory, type Span } from '../../load-samples.ts'
import {
  cacheFigures,
  readDatabaseLoad,
  readLlmLoad,
  readLosses,
  readProcessLoad,
  readQueueLoad,
} from '../../system-load.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const query = z.object({ span: z.preprocess(emptyIsNone, z.enum(['1h', '24h']).default('1h')) })

export const system = new Elysia({ name: 'admin/system' })
  .use(access)
  .get(
    '/admin/system',
    async ({ superAdmin, request, query: { span } }) => {
      if (request.headers.get('hx-request-type') === 'partial')
        return SystemLoad({ parts: await partsOf(superAdmin, request) })
      const [shell, parts, charts] = await Promise.all([
        shellFor(superAdmin),
        partsOf(superAdmin, request),
        chartsOf(superAdmin, request, span),
      ])
      return SystemPage({ shell, parts, charts })
    },
    { ...hidden, query },
  )
  .get(
    '/admin/system/charts',
    ({ superAdmin, request, query: { span } }) => chartsOf(superAdmin, request, span),
    { ...hidden, query },
  )

async function partsOf({ scope }: SuperAdminCaller, request: Request): Promise<SystemParts> {
  const [process, queue, database, caches, model, losses] = await Promise.all([
    panel(request, 'Process', async () => ProcessCard({ load: await readProcessLoad() })),
    panel(request, 'Queue', async () => QueueCard({ load: await readQueueLoad(scope) })),
    panel(request, 'Database', async () => DatabaseCard({ load: await readDatabaseLoad(scope) })),
    panel(request, 'Caches', async () => CacheTable({ caches: cacheFigures() })),
    panel(request, 'Language model', async () => ModelCard({ load: await readLlmLoad(scope) })),
    panel(request, 'Lost on the way', async () => LossCard({ losses: readLosses() })),
  ])
  return { process, queue, database, caches, model, losses }
}

const chartsOf = ({ scope }: SuperAdminCaller, request: Request, span: Span) =>
  panel(request, 'Charts', async () => LoadCharts(await readLoadHistory(scope, span)))
