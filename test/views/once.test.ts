// Parts that are made once, and addresses put together without a parser.
import { expect, test } from 'bun:test'
import { onceFor } from '#views/once.ts'
import { withQuery } from '#views/url.ts'

test('what is made of an object is made once for it, and anew for an equal one', () => {
  let made = 0
  const name = onceFor((rows: string[]) => `${rows.join()} ${++made}`)
  const rows = ['a', 'b']
  expect([name(rows), name(rows), name(['a', 'b'])]).toEqual(['a,b 1', 'a,b 1', 'a,b 2'])
})

test('what could be nothing is remembered as well', () => {
  let made = 0
  const nothing = onceFor((_: object) => void made++)
  const of = {}
  nothing(of)
  nothing(of)
  expect(made).toBe(1)
})

test.each(['plain-id_7', 'two words', 'a+b&c=d#e?f', 'Ó Briain', '100 %', "it's (so)!~*", '🏠', '\ud800'])(
  'a parameter %p is written as a form would send it',
  (value) => {
    const expected = new URLSearchParams({ q: value, sort: '-number' })
    expect(withQuery('/homes', { q: value, none: '', sort: '-number', page: undefined })).toBe(
      `/homes?${expected}`,
    )
  },
)
