// What a buyer sees, and what is recorded, when the model fails in each known way.
import { lookInto, type Server } from '../../test/support/server.ts'
import { askHome, unitsOf } from '../answers/ask.ts'
import { GOOD_WORDS, type Peer } from './peer.ts'

type Fault = { name: string; set(peer: Peer): void }

const status = (code: number, error: object, headers?: Record<string, string>) => (peer: Peer) =>
  peer.behaves({ kind: 'status', status: code, body: { error }, ...(headers ? { headers } : {}) })

const FAULTS: readonly Fault[] = [
  {
    name: '429 without Retry-After',
    set: status(429, { message: 'slow down', code: 'rate_limit_exceeded' }),
  },
  {
    name: '429 with Retry-After: 1',
    set: status(429, { message: 'slow down', code: 'rate_limit_exceeded' }, { 'retry-after': '1' }),
  },
  { name: '429 quota used up', set: status(429, { message: 'quota', code: 'insufficient_quota' }) },
  { name: '401 wrong key', set: status(401, { message: 'Incorrect API key', code: 'invalid_api_key' }) },
  { name: '500', set: status(500, { message: 'internal' }) },
  { name: '502 with HTML', set: (peer) => peer.behaves({ kind: 'html', status: 502 }) },
  { name: '200 with HTML', set: (peer) => peer.behaves({ kind: 'html', status: 200 }) },
  { name: 'no answer at all', set: (peer) => peer.behaves({ kind: 'silence' }) },
  { name: 'stall mid-stream', set: (peer) => peer.behaves({ kind: 'stall', words: GOOD_WORDS.slice(0, 4) }) },
  { name: 'cut mid-stream', set: (peer) => peer.behaves({ kind: 'cut', words: GOOD_WORDS.slice(0, 4) }) },
  {
    name: 'error event mid-stream',
    set: (peer) => peer.behaves({ kind: 'error_event', words: GOOD_WORDS.slice(0, 4) }),
  },
  {
    name: 'invented number and no citation',
    set: (peer) => peer.behaves({ kind: 'answer', words: ['Ring', ' 021', ' 999', ' 4711', ' now.'] }),
  },
  {
    name: 'embeddings: 500',
    set: (peer) => peer.embedsAs(() => Response.json({ error: {} }, { status: 500 })),
  },
  {
    name: 'embeddings: too few',
    set: (peer) => peer.embedsAs(() => Response.json({ data: [], usage: { prompt_tokens: 1 } })),
  },
  {
    name: 'embeddings: wrong size',
    set: (peer) =>
      peer.embedsAs(() =>
        Response.json({ data: [{ index: 0, embedding: [1, 2, 3] }], usage: { prompt_tokens: 1 } }),
      ),
  },
]

export type Seen = {
  fault: string
  ms: number
  stage: string
  mode: string
  citations: number
  shown: string
  logged: string
}

/** Each fault meets a server of its own, so that no cache and no open circuit stands before it. */
export async function meetFaults(start: () => Promise<Server>, peer: Peer): Promise<Seen[]> {
  const seen: Seen[] = []
  for (const { name, set } of FAULTS) {
    peer.behaves({ kind: 'answer', words: GOOD_WORDS })
    peer.embedsAs(null)
    const server = await start()
    try {
      const [home] = await unitsOf(server)
      const before = await failuresOf(server)
      set(peer)
      const started = performance.now()
      const reply = await askHome(server, home!, 'How often should I clean the ventilation filters?')
      const ms = Math.round(performance.now() - started)
      const after = await failuresOf(server)
      seen.push({
        fault: name,
        ms,
        stage: reply.stage,
        mode: reply.mode,
        citations: reply.citations.length,
        shown: reply.answer.replaceAll(/\s+/g, ' ').slice(0, 90),
        logged: after.slice(before.length).join(', ') || 'none',
      })
    } finally {
      await server.kill('SIGTERM')
    }
  }
  return seen
}

const failuresOf = async (server: Server): Promise<string[]> => {
  // Rows are written after the answer is on its way.
  await Bun.sleep(300)
  return lookInto(server.dataDir, async (sql) => {
    const rows = await sql<
      { code: string; attempt: number }[]
    >`select code, attempt from llm_error_log order by created_at, id`
    return rows.map(({ code, attempt }) => `${code} (attempt ${attempt})`)
  })
}
