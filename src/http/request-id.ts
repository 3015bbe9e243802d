// Request ids: taken from a W3C traceparent when one is sent, else made; bounded and charset-checked.
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

export function requestIdOf(request: Request): string {
  const trace = TRACEPARENT.exec(request.headers.get('traceparent') ?? '')?.[1]
  return trace && !/^0+$/.test(trace) ? trace : Bun.randomUUIDv7().replaceAll('-', '')
}
