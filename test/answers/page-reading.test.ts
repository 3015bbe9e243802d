// A page is read once; the reading is only given again for the very same words.
import { beforeEach, describe, expect, test } from 'bun:test'
import { forgetPagesRead, readPage } from '#src/answers/page-reading.ts'
import type { RetrievedChunk } from '#src/answers/question.ts'

const chunk: RetrievedChunk = {
  chunkId: 'chunk',
  documentId: 'document',
  documentTitle: 'Home User Guide',
  documentKind: 'user_guide',
  page: 8,
  printedPage: '8',
  heading: 'Ventilation',
  content: 'Ventilation\nClean the filters every three months.',
  pageText: 'Ventilation\nClean the filters every three months.\nCall the maker when a filter is torn.',
  score: 1,
  coverage: 1,
  matchedTerms: [],
}

beforeEach(forgetPagesRead)

describe('the reading of a page', () => {
  test('names the words of each block, of its heading and of the title', () => {
    const { blocks, titleStems, chunkStems, beginsSection } = readPage(chunk)
    expect(blocks.map(({ text }) => text)).toEqual([
      'Clean the filters every three months.',
      'Call the maker when a filter is torn.',
    ])
    expect(blocks[0]).toMatchObject({ stems: ['clean', 'filter', 'thre', 'month'], isInChunk: true })
    expect(blocks[1]).toMatchObject({ headingStems: ['ventil'], isInChunk: false, isVerbatim: true })
    expect(titleStems).toEqual(['user', 'guid'])
    expect(chunkStems).toContain('filter')
    expect(beginsSection).toBe(true)
  })

  test('is the same for the same words, and another for every other', () => {
    const first = readPage(chunk)
    expect(readPage({ ...chunk, score: 0.5, coverage: 0.2 })).toBe(first)
    const changes: Partial<RetrievedChunk>[] = [
      { content: 'Clean the filters every year.' },
      { pageText: 'Ventilation\nClean the filters every year.' },
      { documentTitle: 'Heating Guide' },
      { heading: null },
      { page: 1 },
    ]
    for (const change of changes) {
      const other = readPage({ ...chunk, ...change })
      expect(other).not.toBe(first)
      forgetPagesRead()
      expect(readPage({ ...chunk, ...change })).toEqual(other)
    }
  })

  test('counts words of a chunk as often as they stand there', () => {
    const content = 'The filter. Filters! A filter is filtered.'
    expect(readPage({ ...chunk, content, heading: null, pageText: '' }).chunkCounts.get('filter')).toBe(4)
  })
})
