// The structure of the house: no way round, nothing that nobody uses, nothing too long to be read at once.
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { type Source, sources } from './support/source.ts'
import { deadExports, functionsOf, importCircles } from './support/structure.ts'

const all = sources()
const product = all.filter(({ path }) => /^(?:src|db|jobs|views|public)\//.test(path))

test('no file imports itself by a detour', () => {
  expect(importCircles(product)).toEqual([])
})

test('a detour is found, and one of types alone is not taken for one', () => {
  const a = { path: 'src/a.ts', text: "import { b } from './b.ts'\nexport const a = b" }
  const b = { path: 'src/b.ts', text: "import { a } from './a.ts'\nexport const b = a" }
  expect(importCircles([a, b])).toEqual([['src/a.ts', 'src/b.ts']])
  expect(importCircles([a, { ...b, text: "import type { A } from './a.ts'" }])).toEqual([])
  expect(importCircles([a, { ...b, text: "import type { A } from './a.ts'" }], true)).toHaveLength(1)
})

/** Called by what the compiler writes, by name in a worker, or from outside the tree. */
const CALLED_BY_NAME = /^(?:views\/jsx-runtime\.ts: |db\/schema\/|jobs\/[a-z-]+\.ts: run$)/

test('nothing is exported that nobody uses, here or elsewhere', () => {
  expect(deadExports(product, all).filter((each) => !CALLED_BY_NAME.test(each))).toEqual([])
})

test('what nobody uses is found', () => {
  const planted: Source = { path: 'src/x.ts', text: 'export const used = 1\nexport const unused = used' }
  expect(deadExports([planted], [planted])).toEqual(['src/x.ts: unused'])
})

const FUNCTION_LINES_MAX = 70
/** Longer ones, each with its reason. Pages of a booklet and of the portals are read from top to bottom, like the page. */
const LONG: Record<string, string> = {
  'src/demo/booklets/boiler-guide.ts': 'the pages of a printed guide, in order',
  'src/demo/booklets/certificates.ts': 'one certificate, as it is printed',
  'src/demo/booklets/warranties.ts': 'two contracts, clause by clause',
  'src/demo/booklets/waste-guide.ts': 'the pages of a printed guide, in order',
  'src/http/front.ts': 'what happens to every request, in the order in which it happens',
  'src/server.ts': 'what happens at start, in the order in which it happens',
  'views/admin/announcements.tsx': 'one page: a form and its list',
  'views/admin/load-charts.tsx': 'one chart after the other',
  'views/developer/document-version.tsx': 'one page',
  'views/developer/insights/engagement.tsx': 'one page: figures and tables',
  'views/developer/today.tsx': 'one row of figures',
  'views/developer/upload-form.tsx': 'one form',
}

test('a function is short enough to be seen at once, or says why not', () => {
  const long = product.flatMap(functionsOf).filter(({ lines }) => lines > FUNCTION_LINES_MAX)
  expect(long.filter(({ path }) => !(path in LONG)).map((each) => `${each.path} ${each.name}`)).toEqual([])
  expect(Object.keys(LONG).filter((path) => !long.some((each) => each.path === path))).toEqual([])
})

test('every file that the documents for newcomers name is there', () => {
  const named = ['README.md', 'CONTRIBUTING.md', 'docs/reader-test.md', 'docs/architecture.md']
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/`([\w./-]+\.(?:ts|tsx|sql|md|css|example))`/g),
    ])
    .map((match) => match[1] as string)
    .filter((path) => path.includes('/'))
  expect(named.length).toBeGreaterThan(30)
  expect([...new Set(named)].filter((path) => [...new Bun.Glob(path).scanSync('.')].length === 0)).toEqual([])
})
