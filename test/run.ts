// Runs every test over one throw-away PostgreSQL: the quick files in one process, the browser's in another.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SHARED_SERVER, startTestServer } from './support/database.ts'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FILE_TIMEOUT_MS = 120_000
const SLOWEST_SHOWN = 10
const STOP_MS_MAX = 5_000

/** Everything a run leaves on the disk goes with it, some gigabytes after all of it. */
const folder = mkdtempSync(join(tmpdir(), 'openhouse-run-'))
chmodSync(folder, 0o755)
process.env.TMPDIR = folder
const children = new Set<Bun.Subprocess>()
const server = await startTestServer()
const started = performance.now()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void endBefore(signal))
try {
  const files = [...new Bun.Glob('test/**/*.test.ts').scanSync('.')].sort()
  const isBrowser = (file: string) => file.startsWith('test/browser/')
  const browser = BROWSERS.find((path) => existsSync(path))
  if (!browser && process.env.REQUIRE_BROWSER === '1')
    throw new Error('REQUIRE_BROWSER is set, but no Chromium is installed')
  const shards = [files.filter((file) => !isBrowser(file)), files.filter(isBrowser)].filter(
    (shard) => shard.length > 0,
  )
  const results = await Promise.all(shards.map(run))
  report(results)
  process.exitCode = results.every(({ exitCode }) => exitCode === 0) ? 0 : 1
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Ctrl-C, or a runner that has waited long enough: no server of a test may outlive its run. */
async function endBefore(signal: NodeJS.Signals): Promise<void> {
  for (const child of children) child.kill(signal)
  const ended = Promise.all([...children].map(({ exited }) => exited))
  await Promise.race([ended, Bun.sleep(STOP_MS_MAX)])
  // What drives a browser closes it at a signal, and goes on with the next test.
  for (const child of children) child.kill('SIGKILL')
  await ended
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  process.exit(1)
}

type Case = { name: string; file: string; seconds: number; outcome: 'passed' | 'failed' | 'skipped' }

async function run(files: string[]): Promise<{ exitCode: number; cases: Case[] }> {
  const junit = join(mkdtempSync(join(tmpdir(), 'openhouse-junit-')), 'report.xml')
  const child = Bun.spawn(
    [
      process.execPath,
      'test',
      '--timeout',
      String(FILE_TIMEOUT_MS),
      '--reporter=junit',
      `--reporter-outfile=${junit}`,
      ...files.map((file) => `./${file}`),
    ],
    { env: { ...process.env, [SHARED_SERVER]: server.superuserUrl }, stdout: 'inherit', stderr: 'inherit' },
  )
  children.add(child)
  const exitCode = await child.exited
  children.delete(child)
  return { exitCode, cases: existsSync(junit) ? casesOf(readFileSync(junit, 'utf8')) : [] }
}

function casesOf(xml: string): Case[] {
  const pattern =
    /<testcase name="([^"]*)"[^>]*?time="([^"]*)"[^>]*?file="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g
  return [...xml.matchAll(pattern)].map(([, name = '', time = '0', file = '', inner = '']) => ({
    name: name
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
    file,
    seconds: Number(time),
    outcome:
      inner.includes('<failure') || inner.includes('<error')
        ? 'failed'
        : inner.includes('<skipped')
          ? 'skipped'
          : 'passed',
  }))
}

function report(results: { exitCode: number; cases: Case[] }[]): void {
  const cases = results.flatMap((result) => result.cases)
  const count = (outcome: Case['outcome']) => cases.filter((each) => each.outcome === outcome).length
  // A file that dies while loading has no cases, yet it must not vanish from the count.
  const died = results.filter(
    ({ exitCode, cases }) => exitCode !== 0 && !cases.some((each) => each.outcome === 'failed'),
  ).length
  console.log(`\nSlowest tests (${Math.round((performance.now() - started) / 1_000)} s in all)`)
  for (const each of [...cases].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_SHOWN))
    console.log(`  ${each.seconds.toFixed(1).padStart(6)} s  ${each.name}`)
  for (const each of cases.filter(({ outcome }) => outcome === 'skipped'))
    console.log(`skipped: ${each.name} (${each.file})`)
  for (const each of cases.filter(({ outcome }) => outcome === 'failed'))
    console.log(`failed: ${each.name} (${each.file})`)
  console.log(`${count('passed')} passed, ${count('failed') + died} failed, ${count('skipped')} skipped`)
}
