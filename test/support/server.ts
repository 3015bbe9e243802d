// The real server as a child process, with a data folder and a port of its own: to be asked, killed, started again.
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

const READY_MS_MAX = 180_000
const READY_POLL_MS = 50
const ROOT = join(import.meta.dir, '../..')

export type Server = {
  url: string
  dataDir: string
  pid: number
  exited: Promise<number>
  /** What it has printed so far. */
  output(): string
  /** Asks as the API client of the demonstration's first tenant, unless another key is given. */
  api(path: string, init?: RequestInit, key?: string): Promise<Response>
  demo(): DemoFile
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number>
}

export type DemoFile = {
  api_keys: { tenant: string; key: string }[]
  admins: { tenant: string; email: string; password: string }[]
  homes: {
    tenant: string
    unit_id: string
    development_id: string
    house_type: string
    url: string
    access_code: string
  }[]
}

export type ServerOptions = { dataDir?: string; port?: number; env?: Record<string, string> }

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'openhouse-server-'))

/** Starts it and returns at once; `untilReady` waits. */
export async function spawnServer(options: ServerOptions = {}): Promise<Server> {
  const dataDir = options.dataDir ?? freshFolder()
  const port = options.port ?? (await freePort())
  const { PATH = '', HOME = '' } = process.env
  const child = Bun.spawn([process.execPath, 'src/server.ts'], {
    cwd: ROOT,
    env: { PATH, HOME, ...options.env, DATA_DIR: dataDir, PORT: String(port) },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  let output = ''
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    for await (const bytes of stream) output += decoder.decode(bytes, { stream: true })
  }
  const collected = Promise.all([collect(child.stdout), collect(child.stderr)])
  const url = `http://localhost:${port}`
  const demo = () => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoFile
  return {
    url,
    dataDir,
    pid: child.pid,
    exited: child.exited.then(async (code) => {
      await collected
      return code
    }),
    output: () => output,
    api: (path, init = {}, key = demo().api_keys[0]?.key ?? '') => {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${key}`)
      return fetch(`${url}/api/v1/${path}`, { ...init, headers })
    },
    demo,
    kill: (signal) => {
      child.kill(signal)
      return child.exited
    },
  }
}

/** @throws when it ends, or is not ready in time */
export async function untilReady(server: Server): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX
  let hasEnded = false
  void server.exited.then(() => {
    hasEnded = true
  })
  while (!(await isReady(server.url))) {
    if (hasEnded || performance.now() > deadline) throw new Error(`not ready: ${server.output()}`)
    await Bun.sleep(READY_POLL_MS)
  }
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const server = await spawnServer(options)
  await untilReady(server)
  return server
}

/** The embedded server's process and port, from its own file; null when it is stopped. */
export function postgresOf(dataDir: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return null
  }
}

/** Looks into the embedded database as its superuser, past every policy. */
export async function lookInto<T>(dataDir: string, look: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const password = readFileSync(join(dataDir, 'pg-password'), 'utf8').trim()
  const { port } = postgresOf(dataDir) ?? { port: 0 }
  const sql = postgres(`postgres://postgres:${password}@127.0.0.1:${port}/openhouse`, { max: 1 })
  try {
    return await look(sql)
  } finally {
    await sql.end()
  }
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  )

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}
