// What the operator's documents name is there: commands, files, pages, settings; and what can run here is run.
import { expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { alertRules } from '#src/alerts/rules.ts'
import { settings } from '#src/config.ts'
import { logNames } from '#src/logs.ts'
import { RETENTION_DAYS } from '#src/retention.ts'

const ROOT = join(import.meta.dir, '../..')
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const DOCUMENTS = [
  'architecture',
  'runbook',
  'incidents',
  'onboarding-a-tenant',
  'data-protection',
  'release-checklist',
  'upgrade',
  'deploy',
  'databases',
  'backup',
].map((name) => `docs/${name}.md`)
/** Everything that is written for people, these among it: every command and file in it must be there. */
const ALL_DOCUMENTS = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...new Bun.Glob('docs/**/*.md').scanSync({ cwd: ROOT }),
].sort()
const scripts = Object.keys(JSON.parse(text('package.json')).scripts)
const routes = text('docs/routes.md')
/** Of Cloudflare, Caddy, compose, PostgreSQL and the tests, no settings of ours. */
const FOREIGN = new Set(['ANALYZE', 'UPDATE_GOLDEN', 'OPENHOUSE_ENV'])

/** As a route, the beginning of one, or one of the logs. */
const isServed = (page: string) =>
  routes.includes(`\`${page}\``) ||
  routes.includes(`\`${page}/`) ||
  logNames.some((name) => page === `/admin/logs/${name}`)

/** Not in the repository: whoever follows the document makes them. */
const MADE_BY_RUNNING = new Set(['deploy/.env', 'bench/results', 'checklist.md'])

/** A decision may be named by its number alone. */
const isPresent = (name: string) =>
  existsSync(join(ROOT, name)) ||
  (/^docs\/decisions\/\d{3}$/.test(name) &&
    new Bun.Glob(`${name}-*.md`).scanSync({ cwd: ROOT }).next().done === false)

test.each(ALL_DOCUMENTS)('every command in %s is there, and every file it names', (path) => {
  const words = text(path)
  for (const [, script = ''] of words.matchAll(/\bbun run ([\w:-]*\w)/g)) expect(scripts).toContain(script)
  for (const [, script = ''] of words.matchAll(/as-openhouse\.sh ([\w-]+)(?![\w/-])/g))
    expect(scripts).toContain(script)
  for (const [, file = ''] of words.matchAll(/\bbun ((?:src|deploy|test|bench|client)\/[\w/.-]+)/g))
    expect(existsSync(join(ROOT, file)), file).toBe(true)
  for (const [, name = ''] of words.matchAll(
    /(?<![\w/.:-])((?:src|db|jobs|views|public|bench|deploy|docs|test|examples|\.ci|\.github)\/[\w/.@-]*\w)/g,
  ))
    if (!MADE_BY_RUNNING.has(name)) expect(isPresent(name), name).toBe(true)
})

test.each(ALL_DOCUMENTS)(
  'every link in %s leads to a file that is there, and none to this machine',
  (path) => {
    const words = text(path)
    for (const [, target = ''] of words.matchAll(/\]\((?!https?:|mailto:|#|\/)([^)\s#]+)[^)]*\)/g))
      expect(existsSync(join(ROOT, dirname(path), target)), target).toBe(true)
    expect(words.match(/(?<![\w.])(?:\/(?:home|root|work|Users)\/[\w.-]+|file:\/\/)/g) ?? []).toEqual([])
    const beside = (name: string) => [name, join(dirname(path), name), join('docs', name)]
    for (const [, name = ''] of words.matchAll(/(?<![\w/.-])([\w-]+\.md)\b/g))
      if (!MADE_BY_RUNNING.has(name)) expect(beside(name).some(isPresent), name).toBe(true)
  },
)

test('every document of docs is named by another one, or by the readme', () => {
  const pages = ALL_DOCUMENTS.filter((path) => /^docs\/[\w-]+\.md$/.test(path))
  const lonely = pages.filter((page) => {
    const named = new RegExp(`(?<![\\w-])${page.slice('docs/'.length)}`)
    return !ALL_DOCUMENTS.some((path) => path !== page && named.test(text(path)))
  })
  expect(lonely).toEqual([])
})

test.each(DOCUMENTS)('%s names only pages and settings that are there', (path) => {
  const words = text(path)
  for (const [, page = ''] of words.matchAll(/`(\/(?:admin|developer|my-data|readyz)[\w/-]*)`/g))
    expect(isServed(page), page).toBe(true)
  for (const [, name = ''] of words.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?:=[^`]*)?`/g))
    if (name.includes('_') && !FOREIGN.has(name)) expect(Object.keys(settings.shape)).toContain(name)
})

test('every alert has its section in the runbook, and every section its alert', () => {
  const sections = [...text('docs/runbook.md').matchAll(/^## (\w+) — (.+)$/gm)].map(([, name, title]) => ({
    name,
    title,
  }))
  expect(sections).toEqual(alertRules.map(({ name, title }) => ({ name, title })))
})

test('the periods in the notes on data protection are those that are enforced', () => {
  const told = text('docs/data-protection.md')
  const { raw_addresses, request_log, error_log, rag_log, qr_scans, data_access_log } = RETENTION_DAYS
  for (const [line, days] of [
    ['addresses (IP) in full', raw_addresses],
    ['requests, ended sessions', request_log],
    ['errors', error_log],
    ['questions and answers', rag_log],
    ['scans of QR codes', qr_scans],
    ['who looked at whose data', data_access_log],
  ] as const)
    expect(told).toMatch(new RegExp(`^\\| ${line.replace(/[()]/g, '\\$&')} .*\\b${days} days`, 'm'))
})

test('the plan of Cloudflare runs as the documents say', () => {
  const { status, stdout } = spawnSync(process.execPath, ['deploy/cloudflare/plan.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  expect(stdout).toContain('Nothing was sent to Cloudflare.')
})
