// Receives the events of a webhook: verifies who sent them and that they are new, and hands them on.
import { createHmac, timingSafeEqual } from 'node:crypto'

const TOLERANCE_S = 300

export type Event = {
  id: string
  type: string
  created_at: string
  data: Record<string, string | number | null>
}

export type Receiver = {
  /** Tells the receiver the secret, once the webhook is made. */
  trust(secret: string): void
  events: Event[]
  /** Deliveries whose signature was wrong. */
  refused: number
  /** The next event of a type, or the one that has come already. */
  waitFor(type: string, timeoutMs: number): Promise<Event>
  stop(): Promise<void>
}

export function receiveWebhooks(port: number): Receiver & { port: number } {
  let secret = ''
  const waiting = new Set<() => void>()
  const server = Bun.serve({ port, fetch: (request) => receive(request) })
  const receiver: Receiver & { port: number } = {
    port: server.port ?? port,
    trust: (given) => {
      secret = given
    },
    events: [],
    refused: 0,
    waitFor: (type, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${type} within ${timeoutMs} ms`)), timeoutMs)
        const look = () => {
          const event = receiver.events.find((each) => each.type === type)
          if (!event) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(event)
        }
        waiting.add(look)
        look()
      }),
    stop: () => server.stop(true),
  }
  async function receive(request: Request): Promise<Response> {
    const body = await request.text()
    if (!isFromOpenHouse(secret, request.headers.get('openhouse-signature') ?? '', body)) {
      receiver.refused += 1
      return new Response(null, { status: 401 })
    }
    const event = JSON.parse(body) as Event
    // An event is delivered at least once: the same id again is the same event.
    if (!receiver.events.some(({ id }) => id === event.id)) receiver.events.push(event)
    for (const look of [...waiting]) look()
    return new Response(null, { status: 204 })
  }
  return receiver
}

/** Verified over the raw body, before anything in it is believed. */
export function isFromOpenHouse(
  secret: string,
  header: string,
  rawBody: string,
  nowS = Date.now() / 1_000,
): boolean {
  const [, seconds, signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (!seconds || !signature || Math.abs(nowS - Number(seconds)) > TOLERANCE_S) return false
  const expected = createHmac('sha256', secret).update(`${seconds}.${rawBody}`).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}
