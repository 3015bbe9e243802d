// The house rules that can be checked: who may import whom, what is banned, what must be written down.
import { expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { kinds } from '#jobs/kinds.ts'
import { settings } from '#src/config.ts'
import { failures } from '#src/failure.ts'
import { importsOf, type Source, sources } from './support/source.ts'

const all = sources()
const product = all.filter(({ path }) => !path.startsWith('test/') && !path.startsWith('bench/'))

type Rule = { why: string; applies(path: string): boolean; forbids(path: string, imported: string): boolean }

const isIn =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`))
const isNoun = (path: string) =>
  path.startsWith('src/') && !isIn('src/routes', 'src/http', 'src/access')(path) && !COMPOSITION.has(path)
const COMPOSITION = new Set([
  'src/app.ts',
  'src/server.ts',
  'src/startup-state.ts',
  'src/runtime.ts',
  'src/create-super-admin.ts',
  'src/reset-second-factor.ts',
  'src/run-backup.ts',
  'src/run-doctor.ts',
  'src/run-restore.ts',
])
const isClient = (imported: string) => imported === 'db/client.ts'

const RULES: Record<string, Rule> = {
  'views import only views': {
    why: 'a view fetches nothing',
    applies: isIn('views'),
    forbids: (_, imported) => !imported.startsWith('views/'),
  },
  'routes speak to nouns, not to tables or the queue': {
    why: 'a rule in a route is a rule twice',
    applies: isIn('src/routes'),
    forbids: (_, imported) =>
      (isIn('db')(imported) && imported !== 'db/document-kinds.ts') || isIn('jobs')(imported),
  },
  'nouns know nothing of HTTP, pages or routes': {
    why: 'jobs and the API use them as well',
    applies: isNoun,
    forbids: (_, imported) =>
      imported === 'elysia' ||
      isIn('src/routes', 'views', 'src/http')(imported) ||
      imported.startsWith('@elysiajs/'),
  },
  'the database layer imports only itself and the settings': {
    why: 'imports run one way',
    applies: isIn('db'),
    forbids: (_, imported) =>
      isIn('src', 'views', 'jobs', 'public')(imported) && imported !== 'src/config.ts',
  },
  'jobs never reach for routes or pages': {
    why: 'they run where there is no request',
    applies: isIn('jobs'),
    forbids: (_, imported) => isIn('src/routes', 'views', 'src/http')(imported),
  },
  'the raw client stays behind the doors': {
    why: 'a query outside a door has no tenant',
    applies: (path) =>
      !isIn('db')(path) &&
      !COMPOSITION.has(path) &&
      !['jobs/runner.ts', 'jobs/thread.ts', 'jobs/crew.ts'].includes(path),
    forbids: (_, imported) => isClient(imported),
  },
  'tokens are signed and read in one place': {
    why: 'every verification pins everything',
    applies: (path) => path !== 'src/access/tokens.ts',
    forbids: (_, imported) => imported === 'jose',
  },
  'outside systems are called from clients only': {
    why: 'deadline, retry class and codes live there',
    applies: (path) => !path.startsWith('src/clients/'),
    forbids: (_, imported) => imported === 'openai',
  },
  'the browser gets nothing of the server': {
    why: 'it would be shipped to strangers',
    applies: isIn('public'),
    forbids: (_, imported) => isIn('src', 'db', 'jobs', 'views')(imported),
  },
}

function violations(rule: Rule, files: Source[]): string[] {
  return files
    .filter(({ path }) => rule.applies(path))
    .flatMap((file) =>
      importsOf(file)
        .filter((imported) => rule.forbids(file.path, imported))
        .map((imported) => `${file.path} imports ${imported}: ${rule.why}`),
    )
}

test.each(Object.entries(RULES))('%s', (_, rule) => {
  expect(violations(rule, product)).toEqual([])
})

test.each([
  ['views import only views', { path: 'views/x.tsx', text: "import { y } from '#src/documents.ts'\ny()" }],
  [
    'routes speak to nouns, not to tables or the queue',
    { path: 'src/routes/x.ts', text: "import { y } from '#db/documents.ts'\ny()" },
  ],
  [
    'nouns know nothing of HTTP, pages or routes',
    { path: 'src/documents.ts', text: "import { Elysia } from 'elysia'\nnew Elysia()" },
  ],
  [
    'the database layer imports only itself and the settings',
    { path: 'db/x.ts', text: "import { y } from '../src/documents.ts'\ny()" },
  ],
  [
    'jobs never reach for routes or pages',
    { path: 'jobs/x.ts', text: "import { y } from '#views/paths.ts'\ny()" },
  ],
  [
    'the raw client stays behind the doors',
    { path: 'src/documents.ts', text: "import { current } from '#db/client.ts'\ncurrent()" },
  ],
  [
    'tokens are signed and read in one place',
    { path: 'src/downloads.ts', text: "import { SignJWT } from 'jose'\nnew SignJWT()" },
  ],
  [
    'outside systems are called from clients only',
    { path: 'src/chat.ts', text: "import OpenAI from 'openai'\nnew OpenAI()" },
  ],
  [
    'the browser gets nothing of the server',
    { path: 'public/x.ts', text: "import { y } from '#src/config.ts'\ny()" },
  ],
])('a planted breach of "%s" is found', (name, planted) => {
  expect(violations(RULES[name] as Rule, [planted])).toHaveLength(1)
})

test('only access mints a scope', () => {
  const mints = product.filter(
    ({ path, text }) =>
      !path.startsWith('src/access/') && path !== 'db/scope.ts' && /\bmint(?:Home|Admin)?Scope\b/.test(text),
  )
  expect(mints.map(({ path }) => path)).toEqual([])
})

/** Who may use what reaches past one person's tenant. A file joins its line with a reason that a reviewer accepts. */
const WIDE_DOORS: Record<string, readonly string[]> = {
  systemScope: ['src/demo/credentials.ts', 'src/demo/seed.ts'],
  platformScope: ['src/create-super-admin.ts', 'src/demo/credentials.ts', 'src/demo/seed.ts'],
  scopeOfJob: ['jobs/run-job.ts'],
  operatorScope: ['src/provisioning.ts'],
  throughDoor: [
    'src/access/api-keys.ts',
    'src/access/calendar-feeds.ts',
    'src/access/claim.ts',
    'src/access/contractor-links.ts',
    'src/access/impersonation.ts',
    'src/access/own-password.ts',
    'src/access/own-sessions.ts',
    'src/access/second-factor.ts',
    'src/access/sessions.ts',
    'src/access/staff-links.ts',
    'src/access/staff-sign-in.ts',
    'src/announcements.ts',
    'src/clients/models.ts',
    'src/errors.ts',
    'src/flags.ts',
    'src/http/limiting.ts',
    'src/impersonations.ts',
    'src/request-log.ts',
    'src/reset-second-factor.ts',
  ],
  throughQueue: [
    'jobs/context.ts',
    'jobs/cron.ts',
    'src/clients/outbound-pace.ts',
    'src/load-samples.ts',
    'src/reindexing.ts',
  ],
  throughKeeper: ['src/alerts.ts', 'src/audit.ts', 'src/audit/verification.ts', 'src/retention.ts'],
  acrossTenants: [
    'src/access/impersonation.ts',
    'src/alerts.ts',
    'src/announcements.ts',
    'src/anomalies.ts',
    'src/create-super-admin.ts',
    'src/data-access.ts',
    'src/demo/credentials.ts',
    'src/demo/seed.ts',
    'src/denials.ts',
    'src/error-groups.ts',
    'src/flags.ts',
    'src/incidents.ts',
    'src/job-monitor.ts',
    'src/load-samples.ts',
    'src/logs.ts',
    'src/operator-analytics.ts',
    'src/operator-lists.ts',
    'src/portal.ts',
    'src/provisioning.ts',
    'src/quality.ts',
    'src/request-log.ts',
    'src/system-load.ts',
    'src/tenants.ts',
  ],
}
const DOORS_STAND_IN = new Set([
  'db/scope.ts',
  'src/access/system-scope.ts',
  'src/access/job-scope.ts',
  'src/access/operator-scope.ts',
])

const usersOf = (door: string, files: Source[]) =>
  files
    .filter(
      ({ path, text }) =>
        !DOORS_STAND_IN.has(path) &&
        new RegExp(`\\b${door}\\b`).test(text.replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '')),
    )
    .map(({ path }) => path)

test.each(Object.entries(WIDE_DOORS))(
  '%s is used by those who were let in, and nobody else',
  (door, users) => {
    expect(usersOf(door, product)).toEqual([...users])
  },
)

test('a file that takes a wide door by another name is found', () => {
  const planted = { path: 'src/planted.ts', text: "import { acrossTenants as all } from '#db/scope.ts'" }
  expect(usersOf('acrossTenants', [planted])).toEqual(['src/planted.ts'])
  expect(usersOf('acrossTenants', [{ ...planted, text: '// acrossTenants is not used here.' }])).toEqual([])
})

const BANNED: [what: string, pattern: RegExp, files: Source[]][] = [
  ['any', /(?:[\w\])]\??:|\bas) any(?:\[\])?\s*(?:[,;)=]|$)|<any[>,]/m, all],
  ['a silenced type error', /@ts-(?:ignore|nocheck)/, all],
  ['unfinished work', /\b(?:TODO|FIXME|XXX)\b/, all],
  ['SQL glued from strings', /\bsql\.(?:raw|unsafe)\(/, product],
  ['a buffered upload', /\.formData\(\)/, product],
  ['a default export', /^export default/m, all],
  // One key a line instead: what an object holds is read from top to bottom.
  ['an object spread where it is written', /(?:^|[\s{,])\.\.\.\{/m, product],
  ['an inline style', /\bstyle=/, product.filter(({ path }) => path.startsWith('views/'))],
]

test.each(BANNED)('nobody writes %s', (_, pattern, files) => {
  const own = files.filter(({ path }) => path !== 'test/tidy.test.ts')
  expect(own.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([])
})

test('every file says in its first line what it is for', () => {
  const silent = all.filter(({ text }) => !/^\/[/*]/.test(text.replace(/^#!.*\n/, '')))
  expect(silent.map(({ path }) => path)).toEqual([])
})

const ERRORS_HEAD = `# Error codes

Every error of the API is \`{"error": {"code", "message", "request_id"}}\`; \`fields\` says which fields of the request are
meant. The codes are a closed set, kept in \`src/failure.ts\`.`

test('no folder is named by kind', () => {
  expect(
    all
      .filter(({ path }) => /(?:^|\/)(?:utils?|lib|helpers?|services?|managers?)\//.test(path))
      .map(({ path }) => path),
  ).toEqual([])
})

const LINES_MAX = { source: 300, test: 450 }
/** Files that are one table of words, longer than a reader minds. */
const TABLES = /(?:hazards|wordings|refusals|glossary|schema|truths|profile|longview|harbour|rathard)/

test('files stay short enough to be read', () => {
  const long = all.filter(
    ({ path, text }) =>
      !TABLES.test(path) &&
      text.split('\n').length > (path.startsWith('test/') ? LINES_MAX.test : LINES_MAX.source),
  )
  expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([])
})

test('every setting is documented in .env.example, and nothing else is', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(
    (match) => match[1] as string,
  )
  expect(documented.sort()).toEqual(Object.keys(settings.shape).sort())
})

test('every kind of job has its file and stands in docs/jobs.md', () => {
  const docs = readFileSync('docs/jobs.md', 'utf8')
  for (const kind of Object.keys(kinds)) {
    expect(existsSync(`jobs/${kind}.ts`), kind).toBe(true)
    expect(docs, kind).toContain(`\`${kind}\``)
  }
})

test('docs/errors.md lists every error code as the code has it', () => {
  const rows = Object.entries(failures).map(
    ([code, [status, sentence]]) => `| \`${code}\` | ${status} | ${sentence} |`,
  )
  const page = `${ERRORS_HEAD}\n\n| code | status | message |\n|---|---|---|\n${rows.join('\n')}\n`
  if (process.env.UPDATE_GOLDEN) writeFileSync('docs/errors.md', page)
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(page)
})

test('every table is exported from the schema index', () => {
  const index = readFileSync('db/schema/index.ts', 'utf8')
  const files = [...new Bun.Glob('db/schema/*.ts').scanSync('.')]
    .map((path) => path.replace('db/schema/', './'))
    .filter((name) => !['./index.ts', './columns.ts'].includes(name))
  expect(files.filter((name) => !index.includes(`'${name}'`))).toEqual([])
})

test('the README fits on a screen', () => {
  expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(60)
})
