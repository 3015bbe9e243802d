// An OpenAI-compatible provider that can only read aloud: it answers with the first sentence of the first excerpt it is given.
import type { Server } from 'bun'

const WORD = /\S+\s*/g
const NO_ANSWER = 'NO_ANSWER'

export function startModelPeer(models: { chat: string; embedding: string }): {
  url: string
  stop(): Promise<void>
} {
  const server: Server<undefined> = Bun.serve({
    ...{ port: 0, hostname: '127.0.0.1' },
    async fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname.startsWith('/v1/models')) return listed(pathname, Object.values(models))
      const body = (await request.json()) as Record<string, unknown>
      if (pathname === '/v1/embeddings') return embedded(body as EmbeddingBody)
      if (pathname === '/v1/chat/completions') return streamed(body as ChatBody)
      return Response.json({ error: { message: 'not found' } }, { status: 404 })
    },
  })
  return { url: `http://127.0.0.1:${server.port}/v1`, stop: () => server.stop(true) }
}

function listed(pathname: string, models: string[]): Response {
  const named = decodeURIComponent(pathname.slice('/v1/models/'.length))
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'rehearsal' }))
  if (named === '') return Response.json({ object: 'list', data })
  const found = data.find(({ id }) => id === named)
  return Response.json(found ?? { error: { message: 'no such model' } }, { status: found ? 200 : 404 })
}

type EmbeddingBody = { model: string; input: string | string[]; dimensions: number; encoding_format?: string }

function embedded({ model, input, dimensions, encoding_format: format }: EmbeddingBody): Response {
  const texts = [input].flat()
  const data = texts.map((text, index) => {
    const vector = vectorOf(text, dimensions)
    const embedding = format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector]
    return { object: 'embedding', index, embedding }
  })
  const tokens = texts.join(' ').length >> 2
  return Response.json({
    object: 'list',
    model,
    data,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  })
}

/** A bag of hashed words: texts that share words are near each other. */
function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const word of text.toLowerCase().match(/[a-z0-9]+/g) ?? []) {
    const at = Number(Bun.hash(word) % BigInt(dimensions))
    vector[at] = (vector[at] ?? 0) + 1
  }
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

type ChatBody = { model: string; messages: { role: string; content: string }[] }

function streamed({ model, messages }: ChatBody): Response {
  const words = spokenFor(messages.at(-1)?.content ?? '').match(WORD) ?? []
  const base = { id: 'rehearsal', object: 'chat.completion.chunk', created: 0, model }
  const chunks = [
    ...words.map((content) => ({
      ...base,
      choices: [{ index: 0, delta: { content }, finish_reason: null }],
    })),
    { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    {
      ...base,
      choices: [],
      usage: { prompt_tokens: 100, completion_tokens: words.length, total_tokens: 100 + words.length },
    },
  ]
  const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((line) => `data: ${line}\n\n`)
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } })
}

function spokenFor(prompt: string): string {
  const excerpt = /\n(=====\w+=====)\n([\s\S]*?)\n\1/.exec(prompt)?.[2]
  if (excerpt === undefined) return prompt.includes('Question:') ? NO_ANSWER : 'ready'
  const [sentence = ''] = /[^.]{20,300}\./.exec(excerpt.replace(/\s+/g, ' ')) ?? []
  return sentence ? `${sentence.trim().replace(/\.$/, '')} [1].` : NO_ANSWER
}
