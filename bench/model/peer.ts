// One OpenAI-compatible address for both halves: embeddings from the double, chat as told, with its first token timed.
import { type Behaviour, faultyProvider } from '../../test/clients/faulty-provider.ts'
import { embeddingsPeer } from '../../test/support/doubles/embeddings.ts'

export type Peer = {
  url: string
  /** The next chat call behaves so, the ones after it too until told otherwise. */
  behaves(behaviour: Behaviour): void
  /** Embedding calls answer with this instead of vectors; null: with vectors again. */
  embedsAs(reply: (() => Response) | null): void
  /** What the chat endpoint was asked since the last `behaves`. */
  chatCalls(): number
  stop(): Promise<void>
}

/** Grounded words, so that the answer is verified and shown: each names the first passage. */
export const GOOD_WORDS = [
  'Clean',
  ' the',
  ' ventilation',
  ' filters',
  ' every',
  ' three',
  ' months',
  ' [1].',
]

export function modelPeer(): Peer {
  const chat = faultyProvider()
  const embeddings = embeddingsPeer()
  chat.behaves({ kind: 'answer', words: GOOD_WORDS })
  let embedReply: (() => Response) | null = null
  const router = Bun.serve({
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname
      const body = await request.text()
      if (path.endsWith('/models'))
        return Response.json({ data: [{ id: 'test-chat' }, { id: 'test-embedding' }] })
      const isEmbedding = path.endsWith('/embeddings')
      if (isEmbedding && embedReply) return embedReply()
      const target = isEmbedding ? embeddings.url : chat.url
      return fetch(`${target}${path.replace('/v1', '')}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
        signal: request.signal,
      })
    },
  })
  return {
    url: `http://127.0.0.1:${router.port}/v1`,
    behaves: (behaviour) => chat.behaves(behaviour),
    embedsAs: (reply) => {
      embedReply = reply
    },
    chatCalls: () => chat.requests().length,
    stop: async () => {
      await router.stop(true)
      await chat.stop()
      await embeddings.stop()
    },
  }
}
