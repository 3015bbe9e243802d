// What the documents about safety claim to be tested is tested: every file and every name in them exists.
import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'

const HOSTILE_CASES = 103

type Claim = { number: string; file: string; name: string }

/** Rows of a table that name a file of tests and, in the next cell, one of its tests. */
const claimsIn = (text: string): Claim[] =>
  [...text.matchAll(/^\| ([^|]*) \|(?:[^|\n]*\|)?[^|\n]*`((?:test|bench)\/[^`]+)` \| ([^|\n]+) \|/gm)].map(
    ([, number, file, name]) => ({ number: number!.trim(), file: file!, name: name!.trim() }),
  )

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

test('every defence was broken once, and the test that noticed is there', () => {
  const breakages = readFileSync('docs/hostile.md', 'utf8').split('## What was broken on purpose')[1] ?? ''
  const claims = claimsIn(breakages)
  expect(claims.length).toBeGreaterThan(15)
  expect(unkept(claims)).toEqual([])
})
