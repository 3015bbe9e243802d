// Runs the tests of the API through Prism as a validating proxy and counts what breaks the contract: `bun run contract`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SHARED_SERVER, startTestServer } from '../test/support/database.ts'
import { CONTRACT_LOG, type Outcome } from '../test/support/proxy.ts'

const FILE_TIMEOUT_MS = 120_000

const folder = mkdtempSync(join(tmpdir(), 'openhouse-contract-'))
const log = join(folder, 'requests.jsonl')
await Bun.write(log, '')
const server = await startTestServer()
try {
  const files = [...new Bun.Glob('test/routes/api/*.test.ts').scanSync('.')].sort()
  const run = Bun.spawn([process.execPath, 'test', '--timeout', String(FILE_TIMEOUT_MS), ...files], {
    env: { ...process.env, [SHARED_SERVER]: server.superuserUrl, [CONTRACT_LOG]: log },
    stdout: 'inherit',
    stderr: 'inherit',
  })
  const exitCode = await run.exited
  const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean)
  const requests = lines.map((line) => JSON.parse(line) as { outcome: Outcome; what: string })
  const counts = Map.groupBy(requests, ({ outcome }) => outcome)
  console.log(`\n${requests.length} requests of ${files.length} files`)
  for (const [outcome, those] of counts) console.log(`${String(those.length).padStart(6)}  ${outcome}`)
  for (const { what } of counts.get('violation') ?? []) console.log(`violation: ${what}`)
  console.log(`${counts.get('violation')?.length ?? 0} contract violations`)
  process.exitCode = exitCode === 0 && !counts.has('violation') ? 0 : 1
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}
