// An OpenAI-compatible server over HTTP that answers as told: well, wrongly, slowly, half or not at all.
import type { Server } from 'bun'

export type Behaviour =
  | { kind: 'answer'; words: string[] }
  | { kind: 'status'; status: number; body: unknown; headers?: Record<string, string> }
  | { kind: 'html'; status: number }
  | { kind: 'silence' }
  | { kind: 'held'; until: (inFlight: number) => Promise<void> }
  | { kind: 'stall'; words: string[] }
  | { kind: 'cut'; words: string[] }
  | { kind: 'finish'; words: string[]; reason: string }
  | { kind: 'bad_chunk' }
  | { kind: 'error_event'; words: string[] }
  | { kind: 'embeddings'; rows: (count: number) => unknown }

export type FaultyProvider = {
  url: string
  /** Used up in order; the last one stays. */
  behaves(...behaviours: Behaviour[]): void
  requests(): { path: string; body: Record<string, unknown>; aborted: Promise<void> }[]
  /** The most requests that were unanswered at one time. */
  inFlightMax(): number
  stop(): Promise<void>
}

export function faultyProvider(): FaultyProvider {
  let behaviours: Behaviour[] = []
  let inFlight = 0
  let inFlightMax = 0
  const seen: { path: string; body: Record<string, unknown>; aborted: Promise<void> }[] = []
  const server: Server<undefined> = Bun.serve({
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const { promise, resolve } = Promise.withResolvers<void>()
      request.signal.addEventListener('abort', () => resolve())
      const text = await request.text()
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
      seen.push({ path: new URL(request.url).pathname, body, aborted: promise })
      const behaviour = behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!
      if (behaviour.kind !== 'held') return respond(behaviour, body)
      inFlight++
      inFlightMax = Math.max(inFlightMax, inFlight)
      await behaviour.until(inFlight)
      inFlight--
      return respond({ kind: 'answer', words: ['Yes.'] }, body)
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}/v1`,
    behaves: (...next) => {
      behaviours = next
      seen.length = 0
    },
    requests: () => seen,
    inFlightMax: () => inFlightMax,
    stop: () => server.stop(true),
  }
}

function respond(
  behaviour: Exclude<Behaviour, { kind: 'held' }>,
  body: Record<string, unknown>,
): Response | Promise<Response> {
  switch (behaviour.kind) {
    case 'status':
      return Response.json(behaviour.body, { status: behaviour.status, headers: behaviour.headers ?? {} })
    case 'html':
      return new Response('<html><body>Bad gateway</body></html>', {
        status: behaviour.status,
        headers: { 'content-type': 'text/html' },
      })
    case 'silence':
      return new Promise(() => {})
    case 'embeddings':
      return Response.json({
        object: 'list',
        model: body.model,
        data: behaviour.rows((body.input as string[]).length),
        usage: { prompt_tokens: 3, total_tokens: 3 },
      })
    default:
      return events(behaviour)
  }
}

function events(
  behaviour: Exclude<Behaviour, { kind: 'status' | 'html' | 'silence' | 'held' | 'embeddings' }>,
): Response {
  const encoder = new TextEncoder()
  const words = behaviour.kind === 'bad_chunk' ? [] : behaviour.words
  const stream = new ReadableStream({
    async start(controller) {
      const send = (line: string) => controller.enqueue(encoder.encode(`data: ${line}\n\n`))
      send(JSON.stringify(chunk({ role: 'assistant', content: '' }, null)))
      for (const word of words) send(JSON.stringify(chunk({ content: word }, null)))
      if (behaviour.kind === 'stall') return
      if (behaviour.kind === 'cut') {
        controller.close()
        return
      }
      if (behaviour.kind === 'bad_chunk') send('{"choices": [')
      else if (behaviour.kind === 'error_event')
        send(JSON.stringify({ error: { message: 'overloaded', code: 'server_error', type: 'server_error' } }))
      else send(JSON.stringify(chunk({}, behaviour.kind === 'finish' ? behaviour.reason : 'stop')))
      send(
        JSON.stringify({
          ...chunk({}, null),
          choices: [],
          usage: { prompt_tokens: 11, completion_tokens: words.length, total_tokens: 11 + words.length },
        }),
      )
      send('[DONE]')
      controller.close()
    },
  })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
}

/** A server whose connection is dropped in the middle of a chunk, which no HTTP framework lets one do. */
export function droppingProvider(words: string[]): { url: string; drop(): void; stop(): void } {
  let open: { end(): void } | undefined
  const body = words.map((word) => `data: ${JSON.stringify(chunk({ content: word }, null))}\n\n`).join('')
  const listener = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data(socket) {
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
        )
        socket.write(`${body.length.toString(16)}\r\n${body}\r\nff\r\ndata: {"id`)
        open = socket
      },
    },
  })
  return {
    url: `http://127.0.0.1:${listener.port}/v1`,
    drop: () => open?.end(),
    stop: () => listener.stop(true),
  }
}

const chunk = (delta: Record<string, unknown>, finishReason: string | null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'test-model',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
})
