// What a PDF's characters may become: clean, storable, and recognised when they are no language.
import { expect, test } from 'bun:test'
import { cleanText } from '#src/documents/clean-text.ts'
import { refusalOfFirstBytes } from '#src/documents/first-bytes.ts'
import { isDebris, isReadablePage } from '#src/documents/readability.ts'

test.each([
  ['NUL and other control characters go', 'a\u0000b\u0007c', 'abc'],
  ['a lone surrogate becomes the replacement character', 'a\uD800b', 'a\uFFFDb'],
  ['a pair of surrogates stays', 'a\u{1F600}b', 'a\u{1F600}b'],
  ['ligatures are spelled out', 'e\uFB03cient \uFB02ow', 'efficient flow'],
  ['letters are composed', 'Oilibhe\u0301ir', 'Oilibhéir'],
  ['every kind of white space is one space', ' a\u00A0\t\n b\u2003c ', 'a b c'],
  ['soft hyphens, joiners and direction overrides go', 'boi\u00ADler\u200B \u202Efdp.exe', 'boiler fdp.exe'],
])('%s', (_, raw, clean) => {
  expect(cleanText(raw)).toBe(clean)
})

test.each([
  ['', 'file_empty'],
  ['<html>%PDF-1.7', 'type_mismatch'],
  ['\n%PDF-1.7', 'type_mismatch'],
  ['%PD', 'type_mismatch'],
  ['%PDF-1.7', null],
] as const)('an upload that begins with %p is told apart at once', (text, refusal) => {
  expect(refusalOfFirstBytes(new TextEncoder().encode(text))).toBe(refusal)
})

const SENTENCE =
  'The heat pump must be serviced once a year by a registered installer, who stamps the log book. '

test('control characters in place of letters are debris', () => {
  expect(isDebris('\u0002\u0003\u0004 \u0005\u0003 heat')).toBe(true)
  expect(isDebris(SENTENCE)).toBe(false)
})

test('a shifted alphabet is debris although it is made of letters', () => {
  const shifted = SENTENCE.repeat(8).replace(/[a-z]/g, (letter) =>
    String.fromCharCode(((letter.charCodeAt(0) - 97 + 3) % 26) + 97),
  )
  expect(isDebris(shifted)).toBe(true)
  expect(isDebris(SENTENCE.repeat(8))).toBe(false)
})

test('tables of numbers and other scripts are no debris', () => {
  expect(isDebris('12.5 kW 230 V 50 Hz 0.15 MPa 42 dB(A) '.repeat(40))).toBe(false)
  expect(isDebris('暖房の温度を設定します。'.repeat(40))).toBe(false)
  expect(isDebris('مضخة الحرارة '.repeat(40))).toBe(false)
})

test('a page with a page number alone is not readable', () => {
  expect(isReadablePage('12')).toBe(false)
  expect(isReadablePage('Heat pump manual')).toBe(true)
})
