// A language model at a given pace: so long until its first word, so long between the words. Embeds as well.
import { embeddingsPeer } from '../../test/support/doubles/embeddings.ts'
import { GOOD_WORDS } from '../model/peer.ts'

export type Pace = { firstWordMs: number; wordMs: number }

export type PacedPeer = {
  url: string
  /** What it was sent to answer so far. */
  asked(): { calls: number; promptCharacters: number }
  stop(): Promise<void>
}

export function pacedPeer(pace: Pace): PacedPeer {
  const embeddings = embeddingsPeer()
  let [calls, promptCharacters] = [0, 0]
  const router = Bun.serve({
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname
      const body = await request.text()
      if (path.includes('/models'))
        return Response.json({ data: [{ id: 'test-chat' }, { id: 'test-embedding' }] })
      if (!path.endsWith('/embeddings')) {
        calls++
        const { messages = [] } = JSON.parse(body) as { messages?: { content: string }[] }
        promptCharacters += messages.reduce((sum, { content }) => sum + content.length, 0)
        return new Response(words(pace), { headers: STREAM })
      }
      const headers = { 'content-type': 'application/json' }
      return fetch(`${embeddings.url}${path.replace('/v1', '')}`, { method: 'POST', body, headers })
    },
  })
  return {
    url: `http://127.0.0.1:${router.port}/v1`,
    asked: () => ({ calls, promptCharacters }),
    stop: async () => {
      await router.stop(true)
      await embeddings.stop()
    },
  }
}

const STREAM = { 'content-type': 'text/event-stream' }
const encoder = new TextEncoder()

function words({ firstWordMs, wordMs }: Pace): ReadableStream<Uint8Array> {
  const event = (choice: object, more = {}) =>
    encoder.encode(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'test-chat', choices: [{ index: 0, ...choice }], ...more })}\n\n`,
    )
  return new ReadableStream({
    async start(stream) {
      if (firstWordMs > 0) await Bun.sleep(firstWordMs)
      for (const content of GOOD_WORDS) {
        stream.enqueue(event({ delta: { content }, finish_reason: null }))
        if (wordMs > 0) await Bun.sleep(wordMs)
      }
      const usage = { prompt_tokens: 900, completion_tokens: 12, total_tokens: 912 }
      stream.enqueue(event({ delta: {}, finish_reason: 'stop' }, { usage }))
      stream.enqueue(encoder.encode('data: [DONE]\n\n'))
      stream.close()
    },
  })
}
