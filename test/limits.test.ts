// Every named limit stands in one look-up, docs/limits.md, as the code has it.
import { expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { type Limit, limitsOf } from './support/limits.ts'
import { sources } from './support/source.ts'

const HEAD = `# Limits

Every number with a name: bounds, deadlines, sizes, shares, page lengths. A limit is changed where it stands; this page is
written by \`UPDATE_GOLDEN=1 bun test test/limits.test.ts\`. Where nothing is said at the number itself, what its file
is for stands in brackets. Deadlines and attempts of jobs: \`docs/jobs.md\`; what an installation may set: \`.env.example\`.
How often somebody may ask (limit classes): \`src/http/limits.ts\`.`

const SECTIONS: [title: string, holds: (path: string) => boolean][] = [
  ['Requests', (path) => /^src\/(?:http|routes)\//.test(path)],
  ['Who somebody is', (path) => path.startsWith('src/access/')],
  ['Answers and the index', (path) => /^src\/(?:answers|retrieval|chat|golden|gaps)[/.]/.test(path)],
  ['Documents and lists of homes', (path) => /^src\/(?:documents|uploads|imports)[/.]/.test(path)],
  ['Outside systems', (path) => path.startsWith('src/clients/')],
  ['Other rules', (path) => path.startsWith('src/')],
  ['Database', (path) => path.startsWith('db/')],
  ['Background', (path) => path.startsWith('jobs/')],
  ['Pages', () => true],
]

const cell = (text: string) => text.replaceAll('|', '\\|')
const row = ({ name, value, path, what }: Limit) => `| \`${name}\` | ${value} | \`${path}\` | ${cell(what)} |`

function page(limits: Limit[]): string {
  const sections = SECTIONS.map(([title, holds]) => {
    const own = limits.filter(({ path }) => SECTIONS.find(([, takes]) => takes(path))?.[1] === holds)
    return `## ${title}\n\n| name | value | where | what for |\n|---|---|---|---|\n${own.map(row).join('\n')}`
  })
  return `${HEAD}\n\n${sections.join('\n\n')}\n`
}

test('docs/limits.md lists every named limit as the code has it', () => {
  const now = page(sources().flatMap(limitsOf))
  if (process.env.UPDATE_GOLDEN) writeFileSync('docs/limits.md', now)
  expect(readFileSync('docs/limits.md', 'utf8')).toBe(now)
})

test('a limit is found with its value, its unit and its reason', () => {
  const text = `// Planted.
/** Longer ones are
 * turned away. */
export const NAME_CHARS_MAX = 120
const WAIT_MS = 5 * 60_000
const DAY_MS = 86_400_000
const KEPT_DAYS = { logs: 30, name: 'x' } as const
const HALF_MAX = NAME_CHARS_MAX / 2
`
  expect(limitsOf({ path: 'src/planted.ts', text })).toEqual([
    { name: 'NAME_CHARS_MAX', value: '120', path: 'src/planted.ts', what: 'Longer ones are turned away.' },
    { name: 'WAIT_MS', value: '5 * 60_000 (5 min)', path: 'src/planted.ts', what: '(Planted)' },
    { name: 'KEPT_DAYS.logs', value: '30', path: 'src/planted.ts', what: '(Planted)' },
    { name: 'HALF_MAX', value: 'NAME_CHARS_MAX / 2', path: 'src/planted.ts', what: '(Planted)' },
  ])
})
