// Chunks are whole sentences and rows of one page, of a readable length, under the heading in force.
import { describe, expect, test } from 'bun:test'
import { chunkPages } from '#src/documents/chunking.ts'
import { type ExtractedPage, ExtractionFailure, extractPdf } from '#src/documents/extraction.ts'
import { sharedPath } from '../support/shared.ts'

const CHARACTERS_MAX = 1_200
const page = (number: number, ...blocks: ExtractedPage['blocks']): ExtractedPage => ({
  page: number,
  printedPage: String(number + 2),
  blocks,
})
const text = (content: string) => ({ text: content, heading: false })
const heading = (content: string) => ({ text: content, heading: true })
const sentences = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `Sentence number ${index} says what room ${index} is for.`,
  ).join(' ')

test('no chunk crosses a page, and each knows both page numbers', () => {
  const chunks = chunkPages([page(1, text('First page.')), page(2, text('Second page.'))])
  expect(chunks).toEqual([
    { ordinal: 0, page: 1, printedPage: '3', heading: null, content: 'First page.' },
    { ordinal: 1, page: 2, printedPage: '4', heading: null, content: 'Second page.' },
  ])
})

test('long prose is cut between sentences only', () => {
  const chunks = chunkPages([page(1, text(sentences(80)))])
  expect(chunks.length).toBeGreaterThan(2)
  for (const { content } of chunks) {
    expect(content.length).toBeLessThanOrEqual(CHARACTERS_MAX)
    expect(content).toMatch(/^Sentence number .* is for\.$/s)
  }
  expect(chunks.map(({ content }) => content).join(' ')).toBe(sentences(80))
})

test('a heading starts a chunk once the one before is worth reading', () => {
  const chunks = chunkPages([
    page(1, heading('Heating'), text(sentences(12)), heading('Water'), text(sentences(12))),
  ])
  expect(chunks.map(({ heading: inForce }) => inForce)).toEqual(['Heating', 'Water'])
  expect(chunks[1]!.content).toStartWith('Water\nSentence number 0')
})

test('short sections share a chunk with their headings inline', () => {
  const chunks = chunkPages([
    page(1, heading('Heating'), text('It is a heat pump.'), heading('Water'), text('It is soft.')),
  ])
  expect(chunks.map(({ content }) => content)).toEqual(['Heating\nIt is a heat pump.\nWater\nIt is soft.'])
})

test('the heading of the page before stays in force', () => {
  const chunks = chunkPages([
    page(1, heading('Warranty'), text('Two years.')),
    page(2, text('It ends with the deeds.')),
  ])
  expect(chunks[1]).toMatchObject({ page: 2, heading: 'Warranty' })
})

test('rows of a table are never cut', () => {
  const rows = Array.from(
    { length: 60 },
    (_, index) => `Model ${index} 180 litres 3 bar 55 °C stainless steel`,
  )
  const chunks = chunkPages([page(1, ...rows.map(text))])
  expect(chunks.flatMap(({ content }) => content.split('\n'))).toEqual(rows)
})

test('a word without end is cut without breaking a character', () => {
  const chunks = chunkPages([page(1, text(`x${'\u{1F600}'.repeat(2_000)}`))])
  expect(chunks.every(({ content }) => content.isWellFormed() && content.length <= CHARACTERS_MAX)).toBe(true)
  expect(chunks.map(({ content }) => content).join('').length).toBe(4_001)
})

test('a document beyond the limit of chunks is refused rather than cut', () => {
  const pages = Array.from({ length: 20_001 }, (_, index) => page(index + 1, text('One line.')))
  expect(() => chunkPages(pages)).toThrow(ExtractionFailure)
  expect(chunkPages(pages.slice(1))).toHaveLength(20_000)
})

describe.skipIf(sharedPath('data/pdfs') === null)('a real manual', () => {
  test('loses no text and keeps to the sizes', async () => {
    const { pages } = await extractPdf(sharedPath('data/pdfs/heatpump-r32-user-manual-en.pdf')!)
    const chunks = chunkPages(pages)
    const letters = (content: string) => content.replace(/\s/g, '').length
    const extracted = pages
      .flatMap(({ blocks }) => blocks)
      .reduce((sum, block) => sum + letters(block.text), 0)
    expect(chunks.reduce((sum, { content }) => sum + letters(content), 0)).toBe(extracted)
    expect(chunks.every(({ content }) => content.length <= CHARACTERS_MAX)).toBe(true)
    expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, index) => index))
  }, 60_000)
})
