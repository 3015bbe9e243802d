// A log as it is written, and any log as a file.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { TailPage, tailRows } from '#views/admin/tail.tsx'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { recordError } from '../../errors.ts'
import { failure } from '../../failure.ts'
import { shutdownSignal } from '../../http/shutdown.ts'
import { sseResponse } from '../../http/sse.ts'
import { logCsv, logNames, logTenants, tailOf } from '../../logs.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const EVERY_MS = 1_000
/** Each asks the database once a second. */
const STREAMS_MAX = 10
const RETRY_AFTER_S = 10
let open = 0

const filter = {
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
  kind: z.preprocess(emptyIsNone, z.string().trim().max(200).optional()),
}
const followed = z.object({
  log: z.preprocess(emptyIsNone, z.enum(logNames as [(typeof logNames)[number]]).default('requests')),
  ...filter,
})

export const tail = new Elysia({ name: 'admin/tail', prefix: '/admin' })
  .use(access)
  .get(
    '/tail',
    async ({ superAdmin, query: { log, tenant, kind } }) => {
      const [shell, tenants] = await Promise.all([shellFor(superAdmin), logTenants(superAdmin.scope)])
      return TailPage({ shell, log, tenant, kind, tenants })
    },
    { ...hidden, query: followed },
  )
  .get(
    '/tail/stream',
    ({ superAdmin, query, request, server }) => {
      if (open >= STREAMS_MAX) throw failure('too_many_requests', { retryAfterS: RETRY_AFTER_S })
      open++
      return sseResponse(
        request,
        server,
        async (send, signal) => {
          try {
            await follow(superAdmin, query, send, signal)
          } finally {
            open--
          }
        },
        { shutdown: shutdownSignal(), onError: (error) => report(superAdmin, error) },
      )
    },
    { ...hidden, query: followed },
  )
  .get(
    '/log-files/:name',
    ({ superAdmin, params: { name }, query: { tenant, request, kind } }) =>
      new Response(streamOf(logCsv(superAdmin.scope, name, { tenantId: tenant, requestId: request, kind })), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}.csv"`,
          'cache-control': 'private, no-store',
        },
      }),
    {
      ...hidden,
      params: z.object({ name: z.enum(logNames as [(typeof logNames)[number]]) }),
      query: z.object({ ...filter, request: z.preprocess(emptyIsNone, z.string().max(64).optional()) }),
    },
  )

const encoder = new TextEncoder()

/** Reads on only as fast as whoever takes it away. */
const streamOf = (lines: AsyncGenerator<string>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })

async function follow(
  { scope }: SuperAdminCaller,
  { log, tenant, kind }: z.infer<typeof followed>,
  send: (data: string, event?: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const pause = () => pausedOrAborted(EVERY_MS, signal)
  for await (const rows of tailOf(scope, log, { tenantId: tenant, kind }, pause))
    await send(tailRows(log, rows).markup, 'rows')
}

/** @throws the signal's reason */
async function pausedOrAborted(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearTimeout(timer)
  signal.throwIfAborted()
}

const report = ({ scope }: SuperAdminCaller, error: unknown) =>
  recordError({
    source: 'stream',
    error,
    requestId: scope.requestId,
    tenantId: null,
    context: { stream: 'tail' },
  })
