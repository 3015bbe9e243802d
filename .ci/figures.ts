// `bun .ci/figures.ts`: the size and shape of the house as the rows of docs/house.md. `--lists` names what it counted.
import { readFileSync } from 'node:fs'
import { sources } from '../test/support/source.ts'
import { functionsOf, importCircles, repeatedRuns, unusedExports } from '../test/support/structure.ts'

const LISTED_MAX = 200
const KIBI = 1024

const all = sources()
const isProduct = (path: string) => !/^(?:test|bench|examples|client)\//.test(path)
const product = all.filter(({ path }) => isProduct(path))
const tests = all.filter(({ path }) => path.startsWith('test/'))

const linesOf = (text: string) => text.split('\n').length
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
const at = (share: number, numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))] ?? 0
const spread = (numbers: number[]) => `${at(0.5, numbers)} / ${at(0.95, numbers)} / ${Math.max(...numbers)}`

const functions = product.flatMap(functionsOf)
const testFunctions = tests.flatMap(functionsOf)
const circles = importCircles(product)
const circlesOfTypes = importCircles(product, true)
const runs = repeatedRuns(product)
const testRuns = repeatedRuns(tests)
const unused = unusedExports(product, all)
const onlyTests = unusedExports(product, product).filter((each) => !unused.includes(each))
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const installed = Bun.spawnSync(['du', '-sk', 'node_modules']).stdout.toString()

const rows: [what: string, figure: string | number][] = [
  ['files of the product', product.length],
  ['lines of the product', sum(product.map(({ text }) => linesOf(text)))],
  ['files and lines of the tests', `${tests.length}, ${sum(tests.map(({ text }) => linesOf(text)))}`],
  ['length of a file: median / p95 / longest', spread(product.map(({ text }) => linesOf(text)))],
  ['length of a function: median / p95 / longest', spread(functions.map(({ lines }) => lines))],
  ['functions over 70 lines', functions.filter(({ lines }) => lines > 70).length],
  ['length of a test file: median / p95 / longest', spread(tests.map(({ text }) => linesOf(text)))],
  ['length of a function in the tests', spread(testFunctions.map(({ lines }) => lines))],
  ['pairs of product files sharing six lines to the letter', runs.length],
  ['pairs of test files sharing six lines to the letter', testRuns.length],
  ['import circles (with imports of types)', `${circles.length} (${circlesOfTypes.length})`],
  ['exports that nobody imports (that only tests import)', `${unused.length} (${onlyTests.length})`],
  [
    'dependencies, and for development',
    `${Object.keys(manifest.dependencies).length}, ${Object.keys(manifest.devDependencies).length}`,
  ],
  ['installed, MiB', Math.round(Number(installed.split('\t')[0]) / KIBI)],
]
const out = (line: string) => process.stdout.write(`${line}\n`)
for (const [what, figure] of rows) out(`| ${what} | ${figure} |`)

if (process.argv.includes('--lists')) {
  const list = (title: string, lines: string[]) => {
    out(`\n${title}`)
    for (const line of lines.slice(0, LISTED_MAX)) out(`  ${line}`)
  }
  list(
    'Functions over 70 lines',
    functions
      .filter(({ lines }) => lines > 70)
      .map(({ path, line, name, lines }) => `${path}:${line} ${name}: ${lines}`),
  )
  list(
    'Import circles',
    circles.map((each) => each.join(' → ')),
  )
  list(
    'Import circles with types',
    circlesOfTypes.map((each) => each.join(' → ')),
  )
  list('Exports that nobody imports', unused)
  list('Exports that only tests import', onlyTests)
  list(
    'Pairs of the product',
    runs.map((pair) => pair.join(' ~ ')),
  )
  list(
    'Pairs of the tests',
    testRuns.map((pair) => pair.join(' ~ ')),
  )
}
