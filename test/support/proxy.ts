// Sends the requests of the API's tests through Prism, which holds both sides against the published contract.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestApp } from './app.ts'
import { freePort } from './server.ts'

/** Where `bun run contract` wants to be told what became of each request; unset, nothing is sent through Prism. */
export const CONTRACT_LOG = 'CONTRACT_LOG'

const PRISM = join(import.meta.dir, '../../node_modules/.bin/prism')
const READY_MS_MAX = 180_000
const READY_POLL_MS = 100
/** Prism does not survive the longest bodies that our own limits are tested with. */
const BODY_CHARS_MAX = 50_000
const OWN_ERRORS = 'https://stoplight.io/prism/errors#'

export type Outcome = 'agreed' | 'refused by both' | 'not sent through' | 'violation'

/**
 * The same application, behind the proxy. Prism answers itself what breaks the contract: an answer of ours that does is
 * a violation; a request that does must be refused by us as well. It reads bodies as text and whole, so files,
 * streams and bodies made to break a server pass beside it.
 */
export async function throughPrism(app: TestApp): Promise<TestApp> {
  const log = process.env[CONTRACT_LOG]
  if (!log) return app
  const upstream = app.listen()
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-prism-'))
  const file = join(folder, 'openapi.json')
  const published = await (await app.call('/openapi.json')).json()
  await Bun.write(file, JSON.stringify({ ...published, servers: [{ url: upstream }] }))
  const port = await freePort()
  const options = ['--errors', '--port', String(port), '--host', '127.0.0.1', '--verboseLevel', 'error']
  const prism = Bun.spawn(['node', PRISM, 'proxy', file, upstream, ...options], { stdout: 'ignore' })
  await untilListening(port)
  const note = (outcome: Outcome, what: string) =>
    appendFileSync(log, `${JSON.stringify({ outcome, what })}\n`)
  const call: TestApp['call'] = async (path, init = {}) => {
    const method = init.method ?? 'GET'
    const what = `${method} ${path}`
    if (!path.startsWith('/api/v1/')) return app.call(path, init)
    if (!canPass(method, path, init, published.paths)) {
      note('not sent through', what)
      return app.call(path, init)
    }
    const headers = new Headers(init.headers)
    // Prism hands on what the client can unpack, and cannot unpack all of it itself.
    headers.set('accept-encoding', 'identity')
    const answered = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers, redirect: 'manual' })
    const own = await problemOf(answered)
    if (own === null) {
      note('agreed', what)
      return answered
    }
    if (!own.type.endsWith('#VIOLATIONS')) {
      const direct = await app.call(path, init)
      if (direct.status >= 400) {
        note('refused by both', what)
        return direct
      }
    }
    note('violation', `${what}: ${JSON.stringify(own)}`)
    throw new Error(`${what} breaks the contract: ${JSON.stringify(own)}`)
  }
  return {
    ...app,
    call,
    stop: async () => {
      prism.kill()
      await prism.exited
      rmSync(folder, { recursive: true })
      await app.stop()
    },
  }
}

type Paths = Record<string, Record<string, { requestBody?: unknown }>>

function canPass(method: string, path: string, init: RequestInit, paths: Paths): boolean {
  const { pathname } = new URL(path, 'http://localhost')
  const template = Object.keys(paths).find((each) =>
    new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
  if (template === undefined || ['HEAD', 'OPTIONS'].includes(method)) return false
  if (/\/jobs\/[^/]+\/events$/.test(pathname)) return false
  return init.body === undefined || bodyCanPass(init, paths[template]?.[method.toLowerCase()]?.requestBody)
}

/**
 * Prism ends at a body that is no JSON, and waits for one that is said to be packed and is not. A body where none is
 * described is ignored by us and refused by it.
 */
function bodyCanPass({ body, headers }: RequestInit, described: unknown): boolean {
  if (typeof body !== 'string' || body.length > BODY_CHARS_MAX || !described) return false
  const sent = new Headers(headers)
  if (sent.has('content-encoding')) return false
  return sent.get('content-type') !== 'application/json' || isJson(body)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What Prism says itself, null for an answer of ours. */
async function problemOf(response: Response): Promise<{ type: string } | null> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null
  const problem = (await response.clone().json()) as { type?: string }
  return problem.type?.startsWith(OWN_ERRORS) ? { ...problem, type: problem.type } : null
}

async function untilListening(port: number): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (isUp) return
    if (performance.now() > deadline) throw new Error('Prism does not start')
    await Bun.sleep(READY_POLL_MS)
  }
}
