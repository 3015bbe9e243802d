// What the doubles of outside systems share: an HTTP server that answers well until it is told to misbehave.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Fault =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'json'; body: unknown; status?: number }
  | { kind: 'silence' }
  | { kind: 'cut' }
  | { kind: 'huge'; bytes: number }
  | { kind: 'redirect'; to: string }

export type Received = { atMs: number; method: string; url: URL; headers: Headers; body: string }

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
  // Node's server, because it can drop a connection in the middle of an answer.
  const server = createServer(async (request, response) => {
    const atMs = performance.now()
    const asked = {
      atMs,
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', 'http://double.example'),
      headers: new Headers(request.headers as Record<string, string>),
      body: await bodyOf(request),
    }
    received.push(asked)
    const fault = faults.shift()
    if (fault) misbehave(fault, response)
    else await send(answer(asked), response)
  })
  server.listen(0, '127.0.0.1')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fails: (...next) => {
      faults = next
    },
    requests: () => received,
    forget: () => {
      received = []
      faults = []
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function misbehave(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '')
      return
    case 'json':
      response
        .writeHead(fault.status ?? 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(fault.body))
      return
    case 'silence':
      return
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
      response.write('[{"lat": "51.9', () => response.destroy())
      return
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' }).end(`["${'x'.repeat(fault.bytes)}"]`)
      return
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end()
  }
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const body = await answer.text()
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
