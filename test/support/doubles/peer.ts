// What the doubles of outside systems share: an HTTP server that answers well until it is told to misbehave.
import type { Server } from 'bun'

export type Fault =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'json'; body: unknown; status?: number }
  | { kind: 'silence' }
  | { kind: 'cut' }
  | { kind: 'huge'; bytes: number }
  | { kind: 'redirect'; to: string }

export type Received = { atMs: number; url: URL; headers: Headers; body: string }

export type Double = {
  origin: string
  /** Misbehaves so, once each and in this order, then well again. */
  fails(...faults: Fault[]): void
  /** Everything that was asked since the last `forget`. */
  requests(): readonly Received[]
  forget(): void
  stop(): Promise<void>
}

export const HTML_502: Fault = {
  kind: 'status',
  status: 502,
  body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
  headers: { 'content-type': 'text/html' },
}

export const limitedFor = (seconds: number): Fault => ({
  kind: 'status',
  status: 429,
  body: 'Too Many Requests',
  headers: { 'retry-after': String(seconds) },
})

export function startDouble(answer: (received: Received) => Response): Double {
  let faults: Fault[] = []
  let received: Received[] = []
  const server: Server<undefined> = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const atMs = performance.now()
      const body = await request.text()
      const asked = { atMs, url: new URL(request.url), headers: request.headers, body }
      received.push(asked)
      const fault = faults.shift()
      return fault ? misbehave(fault) : answer(asked)
    },
  })
  return {
    origin: `http://127.0.0.1:${server.port}`,
    fails: (...next) => {
      faults = next
    },
    requests: () => received,
    forget: () => {
      received = []
      faults = []
    },
    stop: () => server.stop(true),
  }
}

function misbehave(fault: Fault): Response | Promise<Response> {
  switch (fault.kind) {
    case 'status':
      return new Response(fault.body ?? '', { status: fault.status, headers: fault.headers ?? {} })
    case 'json':
      return Response.json(fault.body, { status: fault.status ?? 200 })
    case 'silence':
      return new Promise(() => {})
    case 'cut':
      return new Response(cutStream(), { headers: { 'content-type': 'application/json' } })
    case 'huge':
      return new Response(`["${'x'.repeat(fault.bytes)}"]`, {
        headers: { 'content-type': 'application/json' },
      })
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: fault.to } })
  }
}

function cutStream(): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(new TextEncoder().encode('[{"lat": "51.9'))
      await Bun.sleep(1)
      controller.error(new Error('cut'))
    },
  })
}
