// A job's progress as server-sent events: its state at once, then every change, and an end when it is over.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import type { ApiClientCaller } from '../../access/caller.ts'
import { recordError } from '../../errors.ts'
import { Failure, failure } from '../../failure.ts'
import { shutdownSignal } from '../../http/shutdown.ts'
import { type Send, sseResponse } from '../../http/sse.ts'
import { followJob, isOver } from '../../jobs.ts'
import { jobBody } from './job-body.ts'
import { describe, responses } from './operations.ts'
import { itemParams } from './schemas/envelopes.ts'
import { job } from './schemas/jobs.ts'

/** Streams that one key may have open in this process; more is a program that forgets to close them. */
const STREAMS_A_KEY_MAX = 50
const RETRY_AFTER_S = 10

const openStreams = new Map<string, number>()

export const jobEvents = new Elysia({ name: 'api/job-events' }).use(access).get(
  '/:id/events',
  async ({ client, params, request, server }) => {
    const close = openStream(client)
    try {
      const follow = await followJob(client.scope, params.id)
      return sseResponse(request, server, (send, signal) => tell(follow, send, signal).finally(close), {
        shutdown: shutdownSignal(),
        onError: (error) => report(client, params.id, error),
      })
    } catch (error) {
      close()
      throw error
    }
  },
  {
    forApiClient: 'jobs:read',
    params: itemParams,
    response: responses({ 200: job }),
    detail: describe('Jobs', 'followJob', 'Follow a job: an event `job` for each change, `done` at the end', {
      'x-stream': true,
    }),
  },
)

async function tell(
  follow: Awaited<ReturnType<typeof followJob>>,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const row of follow(signal)) {
      await send(JSON.stringify(jobBody(row)), 'job')
      if (isOver(row.state)) await send(row.state, 'done')
    }
  } catch (error) {
    // Pruned, or its document's development was taken away from the key: the reader asks again and is told so.
    if (!(error instanceof Failure)) throw error
  }
}

function openStream(client: ApiClientCaller): () => void {
  const count = openStreams.get(client.keyId) ?? 0
  if (count >= STREAMS_A_KEY_MAX) throw failure('too_many_requests', { retryAfterS: RETRY_AFTER_S })
  openStreams.set(client.keyId, count + 1)
  return () => {
    const left = (openStreams.get(client.keyId) ?? 1) - 1
    if (left > 0) openStreams.set(client.keyId, left)
    else openStreams.delete(client.keyId)
  }
}

const report = (client: ApiClientCaller, jobId: string, error: unknown): void =>
  recordError({
    source: 'stream',
    error,
    requestId: client.scope.requestId,
    tenantId: client.scope.tenantId,
    context: { jobId },
  })
