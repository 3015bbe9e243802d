// The W3C traceparent of outbound calls: whoever is called can find our request again.
import { createHash, randomBytes } from 'node:crypto'

const TRACE_ID = /^(?!0{32}$)[0-9a-f]{32}$/

/** https://www.w3.org/TR/trace-context/: the request's id is the trace; jobs with ids of another form get one made of it. */
export function traceparentOf(requestId: string): string {
  const bare = requestId.replaceAll('-', '').toLowerCase()
  const trace = TRACE_ID.test(bare) ? bare : createHash('sha256').update(requestId).digest('hex').slice(0, 32)
  return `00-${trace}-${randomBytes(8).toString('hex')}-01`
}
