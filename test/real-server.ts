// Runs what speaks to the database against PostgreSQL servers that are not the embedded one, as in production.
import { makeTemplate, POOLER_PORT, SHARED_SERVER } from './support/database.ts'
import { type RealServer, startRealServer, VERSIONS } from './support/real-server.ts'

const FILE_TIMEOUT_MS = 120_000
/** What depends on the server: roles, policies, plans, locks, the queue, notifications, and routes over all of it. */
const FILES = [
  'test/database',
  'test/tenancy.test.ts',
  'test/access.test.ts',
  'test/access',
  'test/jobs/queue.test.ts',
  'test/jobs/runner.test.ts',
  'test/jobs/leases.test.ts',
  'test/jobs/cron.test.ts',
  'test/jobs/prune.test.ts',
  'test/audit.test.ts',
  'test/people.test.ts',
  'test/retention.test.ts',
  'test/webhooks.test.ts',
  'test/id-swap.test.ts',
  'test/routes/api',
  'test/routes/developer',
]

const words = process.argv.slice(2)
const asked = words.filter((word) => VERSIONS.some((version) => version === word))
const versions = VERSIONS.filter((version) => (asked.length > 0 ? asked.includes(version) : version === '15'))
const files = words.filter((word) => word.includes('/'))
const known = new Set([...asked, ...files, '--pooler', '--all'])
const unknown = words.find((word) => !known.has(word))
if (unknown) {
  console.error(`${unknown}: expected versions (${VERSIONS.join(' ')}), --pooler, --all, or test files`)
  process.exit(2)
}

let running: RealServer | null = null
let tests: Bun.Subprocess | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    tests?.kill('SIGKILL')
    await running?.stop()
    process.exit(1)
  })

for (const version of versions) {
  const server = await startRealServer(version, words.includes('--pooler'))
  running = server
  try {
    await makeTemplate(server)
    if ((await run(server)) !== 0) process.exitCode = 1
  } finally {
    running = null
    await server.stop()
  }
}

/** All: every test but the browser's, to which the server is nothing new. */
function wanted(): string[] {
  if (!words.includes('--all')) return files.length > 0 ? files : FILES
  const found = [...new Bun.Glob('test/**/*.test.ts').scanSync('.')]
  return found.filter((file) => !file.startsWith('test/browser/')).sort()
}

async function run(server: RealServer): Promise<number> {
  const through = server.poolerPort ? ' through PgBouncer in transaction mode' : ''
  const name = `PostgreSQL ${server.version}${through}`
  console.log(`${name}:`)
  const started = performance.now()
  const child = Bun.spawn(
    [
      ...[process.execPath, 'test', '--timeout', `${FILE_TIMEOUT_MS}`, '--only-failures'],
      ...wanted().map((file) => `./${file}`),
    ],
    {
      env: {
        ...process.env,
        [SHARED_SERVER]: server.superuserUrl,
        [POOLER_PORT]: server.poolerPort ? `${server.poolerPort}` : '',
      },
      stdout: 'inherit',
      stderr: 'inherit',
    },
  )
  tests = child
  const code = await child.exited
  console.log(
    `${name}: ${code === 0 ? 'passed' : 'FAILED'} (${Math.round((performance.now() - started) / 1_000)} s)`,
  )
  return code
}
