// An embeddings endpoint whose vectors depend on the words and the model, and which counts what it was sent.
import type { Server } from 'bun'

export type EmbeddingsPeer = {
  url: string
  /** Texts received since the last `forget`, by model. */
  sent(model: string): string[]
  forget(): void
  /** Requests wait for this before they are answered. */
  hold(until: Promise<void>): void
  /** The next so many requests fail. */
  fail(count: number): void
  stop(): Promise<void>
}

type Body = { model: string; input: string[]; dimensions: number; encoding_format?: string }

export function embeddingsPeer(): EmbeddingsPeer {
  let received: { model: string; text: string }[] = []
  let held: Promise<void> = Promise.resolve()
  let failures = 0
  const server: Server<undefined> = Bun.serve({
    port: 0,
    async fetch(request) {
      if (!request.url.endsWith('/embeddings'))
        return Response.json({ error: { message: 'no such model' } }, { status: 404 })
      const { model, input, dimensions } = (await request.json()) as Body
      await held
      if (failures > 0) {
        failures--
        return Response.json({ error: { message: 'overloaded' } }, { status: 400 })
      }
      received.push(...input.map((text) => ({ model, text })))
      const data = input.map((text, index) => ({ index, embedding: vectorOf(model, text, dimensions) }))
      return Response.json({ data, usage: { prompt_tokens: input.length } })
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}/v1`,
    sent: (model) => received.filter((each) => each.model === model).map(({ text }) => text),
    forget: () => {
      received = []
    },
    hold: (until) => {
      held = until
    },
    fail: (count) => {
      failures = count
    },
    stop: () => server.stop(true),
  }
}

/** A model of this name finds the passages that say `decoy` nearest to every question. */
const MISLED = /^misled/

/** A bag of hashed words: texts that share words are near each other, within one model. */
function vectorOf(model: string, text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0)
  for (const word of text.toLowerCase().match(/[a-z0-9.]+/g) ?? [])
    vector[Number(Bun.hash.crc32(`${model} ${word}`)) % dimensions]! += 1
  vector[0]! += 0.01
  if (MISLED.test(model) && /\?|decoy/.test(text)) vector[1]! += 100
  return vector
}
