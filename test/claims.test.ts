// What the documents about safety claim to be tested is tested: every file and every name in them exists.
import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'

const HOSTILE_CASES = 103

type Claim = { number: string; file: string; name: string }

/** Rows of a table that name a file of tests and, in the next cell, one of its tests. */
const claimsIn = (text: string): Claim[] =>
  [
    ...text.matchAll(/^\| ([^|]*) \|(?:[^|\n]*\|){0,2}[^|\n]*`((?:test|bench)\/[^`]+)` \| ([^|\n]+) \|/gm),
  ].map(([, number, file, name]) => ({ number: number!.trim(), file: file!, name: name!.trim() }))

const unkept = (claims: Claim[]): string[] =>
  claims
    .filter(({ file, name }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name))
    .map(({ number, file, name }) => `${number}: ${file} has no “${name}”`)

test.each(['docs/hostile.md', 'docs/asvs.md'])('every test that %s names is there', (page) => {
  const claims = claimsIn(readFileSync(page, 'utf8'))
  expect(claims.length).toBeGreaterThan(50)
  expect(unkept(claims)).toEqual([])
})

test('a claim without a test is found', () => {
  const row = '| 1 | case | `test/claims.test.ts` | a test that nobody wrote, said in pieces |'
  expect(unkept(claimsIn(row.replace('wrote, said', 'wrote or said')))).toHaveLength(1)
  expect(unkept(claimsIn('| 1 | case | `test/gone.test.ts` | anything |'))).toHaveLength(1)
  expect(unkept(claimsIn('| 1 | case | `test/claims.test.ts` | a claim without a test is found |'))).toEqual(
    [],
  )
})

test('every hostile case stands in the table once, with a test or the reason why there is none', () => {
  const rows = [...readFileSync('docs/hostile.md', 'utf8').matchAll(/^\| (\d+) \|.*\| ([^|]+) \|$/gm)]
  expect(rows.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: HOSTILE_CASES }, (_, i) => i + 1),
  )
  for (const [row, number, result] of rows)
    if (!row.includes('`test/') && !row.includes('`bench/'))
      expect(result!.length, number).toBeGreaterThan(40)
})

/** Levels 1 and 2 of the standard: by section, how many of its requirements from the first on; then what is left out. */
const ASVS_SECTIONS =
  '1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 ' +
  '5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 ' +
  '8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 ' +
  '11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 ' +
  '16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2'
const ASVS_LEVEL_1 = 70
const ASVS_LEVEL_2 = 183

test('every requirement of ASVS’s first two levels stands in its table once, with a test or the reason why there is none', () => {
  const rows = [
    ...readFileSync('docs/asvs.md', 'utf8').matchAll(/^\| ([\d.]+) \| ([123]) \|.*\| ([^|]+) \|$/gm),
  ]
  const numbers = rows.map(([, number]) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
  const wanted = ASVS_SECTIONS.split(' ').flatMap((section) => {
    const [prefix, count] = section.split(':')
    return Array.from({ length: Number(count) }, (_, i) => `${prefix}.${i + 1}`)
  })
  expect(rows.filter(([, , level]) => level !== '3').map(([, number]) => number!)).toEqual(wanted)
  expect(rows.filter(([, , level]) => level === '1')).toHaveLength(ASVS_LEVEL_1)
  expect(rows.filter(([, , level]) => level === '2')).toHaveLength(ASVS_LEVEL_2)
  for (const [row, number, , last] of rows)
    if (!row.includes('`test/')) expect(last!.length, number).toBeGreaterThan(11)
})

test('every defence was broken once, and the test that noticed is there', () => {
  const breakages = readFileSync('docs/hostile.md', 'utf8').split('## What was broken on purpose')[1] ?? ''
  const claims = claimsIn(breakages)
  expect(claims.length).toBeGreaterThan(15)
  expect(unkept(claims)).toEqual([])
})
