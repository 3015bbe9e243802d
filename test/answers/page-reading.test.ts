// A page is read once; the reading is only given again for the very same words.
import { beforeEach, describe, expect, test } from 'bun:test'
import { forgetPagesRead, readPage } from '#src/answers/page-reading.ts'
import { forgetPassagesRead, readPassage } from '#src/answers/passage-reading.ts'
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

beforeEach(() => {
  forgetPagesRead()
  forgetPassagesRead()
})

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

  test('finds the blocks of a word, and those that stand under it', () => {
    const { blocksWith } = readPage(chunk)
    expect(blocksWith.get('filter')).toEqual({ own: [0, 1], headed: [0, 1] })
    expect(blocksWith.get('maker')).toEqual({ own: [1], headed: [1] })
    expect(blocksWith.get('ventil')).toEqual({ own: [], headed: [0, 1] })
  })

  test('counts words of a chunk as often as they stand there', () => {
    const content = 'The filter. Filters! A filter is filtered.'
    expect(readPage({ ...chunk, content, heading: null, pageText: '' }).chunkCounts.get('filter')).toBe(4)
  })
})

describe('the reading of a passage', () => {
  const whole = { from: 0, to: 1, at: 0 }

  test('puts its blocks together and names their words, with those of the heading and the title', () => {
    const passage = readPassage(chunk, readPage(chunk), whole)
    expect(passage).toMatchObject({
      text: 'Clean the filters every three months.\nCall the maker when a filter is torn.',
      heading: 'Ventilation',
      isVerbatim: true,
    })
    expect(passage.stems).toContain('ventil')
    expect(passage.stems).not.toContain('guid')
    expect(passage.shownStems).toContain('guid')
    expect(passage.counts.get('filter')).toBe(2)
    expect(passage.aroundCounts.get('ventil')).toBe(2)
  })

  test('is given again for the same page, and not for the page read anew', () => {
    const reading = readPage(chunk)
    const first = readPassage(chunk, reading, whole)
    expect(readPassage(chunk, reading, whole)).toBe(first)
    expect(readPassage(chunk, reading, { from: 0, to: 0, at: 0 })).not.toBe(first)
    const changed = { ...chunk, pageText: 'Ventilation\nClean the filters weekly.\nCall nobody.' }
    expect(readPassage(changed, readPage(changed), whole).text).toBe(
      'Clean the filters weekly.\nCall nobody.',
    )
    forgetPassagesRead()
    expect(readPassage(chunk, reading, whole)).toEqual(first)
  })
})
