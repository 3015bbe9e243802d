// A citation's quote is cut to a length that can be stored and found again.
import { expect, test } from 'bun:test'
import { citationOf } from '#src/answers/cite.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'

const chunk = { documentId: 'd', versionId: 'v', documentTitle: 'Guide', page: 1, printedPage: null }

test('a quote is never cut in the middle of a character', () => {
  const quoteOf = (quote: string) =>
    citationOf(chunk as RetrievedChunk, quote, { pageUrl: () => '/documents/d' }).quote
  const long = quoteOf(`${'a'.repeat(399)}🔧 and so on`)
  expect(long).toBe('a'.repeat(399))
  expect(long.isWellFormed()).toBe(true)
  expect(quoteOf(`${'a'.repeat(398)}🔧 and so on`)).toBe(`${'a'.repeat(398)}🔧`)
})
