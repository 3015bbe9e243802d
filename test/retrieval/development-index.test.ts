// A search sees one home's documents and nothing else, and finds the page in them.
import { describe, expect, test } from 'bun:test'
import {
  type DevelopmentIndex,
  developmentIndex,
  onDistinctPages,
  search,
  withSegment,
} from '#src/retrieval/development-index.ts'
import { buildSegment, type Segment, type SegmentScope } from '#src/retrieval/segment.ts'

const BD01 = { houseTypeId: 'type-bd01', unitId: 'unit-1' }
const BS01 = { houseTypeId: 'type-bs01', unitId: 'unit-2' }

function segment(
  documentId: string,
  chunks: string[],
  scope: Partial<SegmentScope> = {},
  embeddings: number[][] = [],
): Segment {
  const whole = {
    documentId,
    versionId: `${documentId}-v1`,
    reading: 1,
    unitId: null,
    houseTypeIds: [],
    usedForAnswers: true,
    ...scope,
  }
  const made = chunks.map((content, ordinal) => ({
    chunkId: `${documentId}/${ordinal}`,
    page: ordinal + 1,
    printedPage: null,
    heading: null,
    embedding: embeddings[ordinal] ? Float32Array.from(embeddings[ordinal]!) : null,
    ...counted(content),
  }))
  return buildSegment(whole, made, embeddings.length > 0 ? embeddings[0]!.length : null)
}

/** Words stand for lexemes here: what Postgres makes of them is the database's test. */
function counted(content: string): { terms: string[]; counts: number[] } {
  const counts = new Map<string, number>()
  for (const word of content.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { terms: [...counts.keys()], counts: [...counts.values()] }
}

function ask(
  index: DevelopmentIndex,
  home: typeof BD01,
  question: string,
  more: { embedding?: Float32Array; units?: string[]; limit?: number } = {},
) {
  const words = question.split(' ')
  return search(index, home, { lexemes: words, words, units: [], embedding: null, limit: 10, ...more })
}

const found = (result: ReturnType<typeof search>) => result.candidates.map(({ chunkId }) => chunkId)

describe('what a home may see', () => {
  const index = developmentIndex(7, null, [
    segment('spec-bd01', ['heat pump boiler of the detached type'], { houseTypeIds: ['type-bd01'] }),
    segment('spec-bs01', ['heat pump boiler of the semi type', 'solar panel of the semi type'], {
      houseTypeIds: ['type-bs01'],
    }),
    segment('guide', ['heat pump of every home']),
    segment('certificate', ['heat pump certificate'], { unitId: 'unit-2' }),
    segment('brochure', ['heat pump dreams'], { usedForAnswers: false }),
  ])

  test.each([
    ['a BD01 home', BD01, ['guide/0', 'spec-bd01/0'], 3],
    ['a BS01 home with its own certificate', BS01, ['certificate/0', 'guide/0', 'spec-bs01/0'], 2],
    ['a home of a type without documents', { houseTypeId: 'type-bz01', unitId: 'unit-3' }, ['guide/0'], 4],
  ])('%s finds its own documents only', (_, home, own, filteredOut) => {
    const result = ask(index, home, 'heat pump')
    expect(found(result).toSorted()).toEqual(own)
    expect(result.filteredOut).toBe(filteredOut)
  })

  test('another type is not found by any of its words, corrected or not', () => {
    for (const question of ['semi', 'solar', 'solarr', 'solar panel semi type']) {
      const result = ask(index, BD01, question)
      expect(
        found(result).filter((chunk) => !chunk.startsWith('guide') && !chunk.startsWith('spec-bd01')),
      ).toEqual([])
      expect(Object.values(result.correctedTerms)).not.toContain('solar')
    }
  })

  test('the scores are those of an index without the other documents', () => {
    const alone = developmentIndex(
      7,
      null,
      [...index.segments.values()].filter(({ documentId }) => ['spec-bd01', 'guide'].includes(documentId)),
    )
    expect(ask(index, BD01, 'heat pump boiler').candidates).toEqual(
      ask(alone, BD01, 'heat pump boiler').candidates,
    )
  })

  test('vectors find no foreign chunk either', () => {
    const embedded = developmentIndex(1, 'model', [
      segment('own', ['alpha'], { houseTypeIds: ['type-bd01'] }, [[0, 1]]),
      segment('foreign', ['beta'], { houseTypeIds: ['type-bs01'] }, [[1, 0]]),
    ])
    expect(found(ask(embedded, BD01, 'gamma', { embedding: Float32Array.of(1, 0.1) }))).toEqual(['own/0'])
  })
})

describe('what is found first', () => {
  test('a rare term outweighs a common one', () => {
    const index = developmentIndex(1, null, [
      segment('a', ['home heating', 'home warranty', 'home parking', 'home bins']),
    ])
    expect(found(ask(index, BD01, 'home bins'))[0]).toBe('a/3')
  })

  test('a model number outweighs a word of the same rarity', () => {
    const index = developmentIndex(1, null, [
      segment('a', ['filter cleaning', 'error e32', 'nothing else', 'still nothing']),
    ])
    expect(found(ask(index, BD01, 'cleaning e32'))[0]).toBe('a/1')
  })

  test('a chunk with a unit of the quantity asked for comes before one without', () => {
    const index = developmentIndex(1, null, [
      segment('a', ['vessel pressure 3 bar', 'vessel pressure is of note here', 'other', 'bar counter']),
    ])
    expect(found(ask(index, BD01, 'vessel pressure', { units: ['bar', 'psi'] }))).toEqual(['a/0', 'a/1'])
  })

  test('of two equal passages the newer document is shown first', () => {
    const index = developmentIndex(1, null, [
      segment('old', ['filter monthly']),
      segment('new', ['filter monthly']),
    ])
    expect(found(ask(index, BD01, 'filter'))).toEqual(['new/0', 'old/0'])
  })

  test('coverage is the share of the question that the best chunk speaks of', () => {
    const index = developmentIndex(1, null, [segment('a', ['alarm manual', 'heating manual', 'garden'])])
    expect(ask(index, BD01, 'alarm').coverage).toBe(1)
    expect(ask(index, BD01, 'alarm password').coverage).toBeLessThan(0.5)
    expect(ask(index, BD01, 'password')).toMatchObject({ coverage: 0, candidates: [] })
  })

  test('one candidate stands for each page', () => {
    const { candidates } = ask(
      developmentIndex(1, null, [segment('a', ['filter', 'filter filter'])]),
      BD01,
      'filter',
    )
    const samePage = candidates.map((candidate) => ({ ...candidate, page: 4 }))
    expect(onDistinctPages(samePage)).toEqual([samePage[0]!])
  })

  test('the limit holds, and more terms than fit are cut rather than refused', () => {
    const index = developmentIndex(1, null, [
      segment(
        'a',
        Array.from({ length: 300 }, () => 'filter'),
      ),
    ])
    expect(ask(index, BD01, 'filter', { limit: 5 }).candidates).toHaveLength(5)
    expect(ask(index, BD01, 'filter', { limit: 10_000 }).candidates).toHaveLength(100)
    expect(
      ask(index, BD01, ['filter', ...Array.from({ length: 200 }, (_, position) => `w${position}x`)].join(' '))
        .candidates,
    ).not.toEqual([])
  })

  test('a home without documents gets an empty answer', () => {
    expect(ask(developmentIndex(1, null, []), BD01, 'heat')).toEqual({
      candidates: [],
      filteredOut: 0,
      correctedTerms: {},
      coverage: 0,
    })
  })
})

describe('a changed document', () => {
  const index = developmentIndex(1, null, [segment('a', ['old words']), segment('b', ['other words'])])

  test('replaces its own segment and shares the others', () => {
    const next = withSegment(index, 2, 'a', segment('a', ['new text']))
    expect(next.version).toBe(2)
    expect(next.segments.get('b')).toBe(index.segments.get('b')!)
    expect(found(ask(next, BD01, 'old'))).toEqual([])
    expect(found(ask(next, BD01, 'text'))).toEqual(['a/0'])
    expect(found(ask(index, BD01, 'old'))).toEqual(['a/0'])
  })

  test('is gone once it is removed, and so is its weight in memory', () => {
    const next = withSegment(index, 2, 'a', null)
    expect([...next.segments.keys()]).toEqual(['b'])
    expect(next.sizeBytes).toBe(index.segments.get('b')!.sizeBytes)
  })
})
