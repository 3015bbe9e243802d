// The W3C traceparent of outbound calls: whoever is called can find our request again.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'

const TRACE_ID = /^(?!0{32}$)[0-9a-f]{32}$/
const SPAN_BYTES = 8

const current = new AsyncLocalStorage<string>()

/** Whatever `work` calls outside, it calls on behalf of this request. */
export const onBehalfOf = <T>(requestId: string | null, work: () => T): T =>
  requestId === null ? work() : current.run(requestId, work)

/** https://www.w3.org/TR/trace-context/: the request's id is the trace; one of another form gets a trace made of it. */
export function traceparentOf(requestId: string): string {
  const bare = requestId.replaceAll('-', '').toLowerCase()
  const trace = TRACE_ID.test(bare) ? bare : createHash('sha256').update(requestId).digest('hex').slice(0, 32)
  return `00-${trace}-${randomBytes(SPAN_BYTES).toString('hex')}-01`
}

/** The header of a call, or none where nobody is known to have asked for it. */
export function traceHeaders(requestId: string | null | undefined = current.getStore()): {
  traceparent?: string
} {
  return requestId ? { traceparent: traceparentOf(requestId) } : {}
}
