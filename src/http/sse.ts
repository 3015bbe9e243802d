// Server-sent events: newline-safe frames, heartbeats, back-pressure, an end when the reader leaves or we stop.
import { noteStream } from '../traffic.ts'

const HEARTBEAT_MS = 10_000
const QUEUED_FRAMES_MAX = 64

const encoder = new TextEncoder()

/** One event. Every line of `data` gets its own `data:`, so no text can forge a frame. */
function frame(data: string, event?: string): string {
  const name = event ? `event: ${event.replace(/[\r\n]/g, '')}\n` : ''
  return `${name}${data
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}`)
    .join('\n')}\n\n`
}

export type Send = (data: string, event?: string) => Promise<void>

type IdleServer = { timeout(request: Request, seconds: number): void } | null

/** Streams what `run` sends. `run` gets a signal that fires when the reader leaves or the server drains. */
export function sseResponse(
  request: Request,
  server: IdleServer,
  run: (send: Send, signal: AbortSignal) => Promise<void>,
  options: { shutdown: AbortSignal; onError: (error: unknown) => void; headers?: HeadersInit },
): Response {
  server?.timeout(request, 0)
  const left = new AbortController()
  const signal = AbortSignal.any([left.signal, request.signal, options.shutdown])
  let heartbeat: Timer | undefined
  const noteEnd = noteStream()
  let drained: (() => void) | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          if (!signal.aborted) controller.enqueue(encoder.encode(text))
        }
        write(': ok\n\n')
        heartbeat = setInterval(() => write(': beat\n\n'), HEARTBEAT_MS)
        const end = () => {
          noteEnd()
          clearInterval(heartbeat)
          drained?.()
          try {
            controller.close()
          } catch {
            // Already closed by the reader's leaving.
          }
        }
        const send: Send = async (data, event) => {
          signal.throwIfAborted()
          write(frame(data, event))
          if ((controller.desiredSize ?? 1) > 0) return
          await new Promise<void>((resolve) => {
            drained = resolve
          })
        }
        signal.addEventListener('abort', end, { once: true })
        run(send, signal)
          .catch((error) => {
            if (!signal.aborted) options.onError(error)
          })
          .finally(end)
      },
      pull() {
        drained?.()
        drained = undefined
      },
      cancel() {
        left.abort(new DOMException('the reader left', 'AbortError'))
      },
    },
    { highWaterMark: QUEUED_FRAMES_MAX },
  )
  const headers = new Headers(options.headers)
  headers.set('content-type', 'text/event-stream; charset=utf-8')
  headers.set('cache-control', 'no-store, no-transform')
  headers.set('x-accel-buffering', 'no')
  return new Response(stream, { headers })
}
