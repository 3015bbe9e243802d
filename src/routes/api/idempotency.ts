// `Idempotency-Key` on every POST of the API: claimed before the handler, kept after it, given back if it fails.
import type { ApiClientCaller } from '../../access/caller.ts'
import { requestContext } from '../../http/request-context.ts'
import { type Claimed, claimRequest } from '../../idempotency.ts'

type Hook = {
  request: Request
  body: unknown
  caller?: ApiClientCaller
  set: { status?: number | string; headers: Record<string, unknown> }
}

const claims = new WeakMap<Request, Claimed>()

export async function claimIdempotent(context: unknown): Promise<unknown> {
  const { request, body, caller, set } = context as Hook
  const key = request.headers.get('idempotency-key')
  if (request.method !== 'POST' || key === null || !caller) return undefined
  const { pathname, search } = new URL(request.url)
  const outcome = await claimRequest(caller.scope, {
    route: `${request.method} ${pathname}`,
    key,
    content: `${search}\n${contentOf(request, body)}`,
  })
  if ('first' in outcome) {
    set.status = outcome.first.status
    set.headers['idempotency-replayed'] = 'true'
    return outcome.first.body
  }
  claims.set(request, outcome.claimed)
  requestContext(request).whenFailed = outcome.claimed.giveBack
  return undefined
}

export async function keepIdempotent(context: unknown): Promise<void> {
  const { request, set, responseValue } = context as Hook & { responseValue: unknown }
  const claimed = claims.get(request)
  if (!claimed) return
  claims.delete(request)
  await claimed.keep({ status: Number(set.status ?? 200), body: responseValue })
}

/** A file is read once, by its route; until then its type and length stand for it. */
function contentOf(request: Request, body: unknown): string {
  if (body !== null && body !== undefined) return JSON.stringify(body)
  return `${request.headers.get('content-type') ?? ''} ${request.headers.get('content-length') ?? ''}`
}
