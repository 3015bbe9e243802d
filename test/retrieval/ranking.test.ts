// The parts of ranking: question words, corrections, vectors and fusion.
import { describe, expect, test } from 'bun:test'
import { distanceWithin } from '#src/edit-distance.ts'
import { expectedUnits } from '#src/retrieval/expected-units.ts'
import { fuse } from '#src/retrieval/fusion.ts'
import { buildPostings } from '#src/retrieval/lexical-index.ts'
import { indexedText, questionWords, searchableText } from '#src/retrieval/query-terms.ts'
import { buildVectors, scoreVectors } from '#src/retrieval/vectors.ts'
import { nearestTerm } from '#src/retrieval/vocabulary.ts'

describe('words of a question', () => {
  test.each([
    ['What heating do I have?', ['heating']],
    ['How long is the guarantee on the expansion vessel?', ['guarantee', 'expansion', 'vessel']],
    ['Where’s the stopcock in my home, please?', ['stopcock', 'home']],
    ['error E32 on AUSD250/AUSI250', ['error', 'e32', 'ausd250', 'ausi250']],
    ['Is 60-65°C right for the 210litre model?', ['60', '65', 'c', 'right', '210litre', 'model']],
    ['who are you', ['who', 'are', 'you']],
    ['', []],
    ['Scoil Oilibhéir \uD800', ['scoil', 'oilibhéir']],
  ])('%p', (question, words) => {
    expect(questionWords(question)).toEqual(words)
  })

  test('a pasted page is cut to a bounded number of words', () => {
    const page = Array.from({ length: 5_000 }, (_, position) => `word${position}`).join(' ')
    expect(questionWords(page).length).toBeLessThanOrEqual(64)
  })

  test.each([
    ['650mm x 0.15MPa', '650 mm x 0.15 MPa'],
    ['60 – 65 °C / 80%', '60 65 °C 80%'],
    ['E32 BLN-010', 'E32 BLN-010'],
  ])('%p is given to Postgres as %p', (text, searchable) => {
    expect(searchableText(text)).toBe(searchable)
  })

  test('title and heading are searched with the chunk, the heading once', () => {
    expect(indexedText({ title: 'Guide', heading: 'Bins', content: 'Bins\nGreen on Mondays' })).toBe(
      'Guide Bins Green on Mondays',
    )
    expect(indexedText({ title: 'Guide', heading: 'Bins', content: 'Green on Mondays' })).toBe(
      'Guide Bins Green on Mondays',
    )
  })

  test.each([
    ['What pressure should the system have?', 'bar'],
    ['How long does the warranty last?', 'year'],
    ['What temperature is the water stored at?', 'c'],
    ['How big is the cupboard?', 'mm'],
    ['What tempereture is the water stored at?', 'c'],
    ['What pessure should the system have?', 'bar'],
  ])('%p is answered in %s', (question, unit) => {
    expect(expectedUnits(question)).toContain(unit)
  })

  test('a question that asks for no quantity expects no unit', () => {
    expect(expectedUnits('Which bins go out on Monday?')).toEqual([])
  })
})

describe('corrections', () => {
  const eligible = [
    buildPostings([
      {
        terms: ['heat', 'temperatur', 'boiler', 'boiled', 'e32', 'vessel', 'notif', 'qualiti'],
        counts: [1, 1, 1, 1, 1, 1, 1, 1],
      },
      { terms: ['boiler'], counts: [1] },
    ]),
  ]

  test.each([
    ['one letter missing', 'tempratur', 'temprature', 'temperatur'],
    ['one letter wrong', 'vessal', 'vessal', 'vessel'],
    ['two letters swapped at the start', 'obiler', 'obiler', 'boiler'],
    ['a swap in an ending that the stem lost', 'heatign', 'heatign', 'heat'],
    ['a letter missing in a long ending', 'notificaton', 'notificatons', 'notif'],
    ['a letter missing before the y that the stem lost', 'qualiy', 'qualiy', 'qualiti'],
    ['two errors in a long word', 'temparatr', 'temparatr', 'temperatur'],
    ['the more frequent of two neighbours', 'boilet', 'boilet', 'boiler'],
    ['two errors in a short word', 'vossal', 'vossal', null],
    ['a code is never corrected', 'e33', 'e33', null],
    ['a short word is never corrected', 'het', 'het', null],
    ['a word of another subject', 'creche', 'creche', null],
  ])('%s', (_, term, word, known) => {
    expect(nearestTerm(eligible, term, word)).toBe(known)
  })

  test.each([
    ['same', 'same', 0],
    ['abcd', 'abdc', 1],
    ['abcd', 'abxcd', 1],
    ['abcd', 'xbcy', 2],
    ['abcd', 'wxyz', null],
    ['a', 'abcd', null],
  ] as const)('%s and %s are %p errors apart', (a, b, errors) => {
    expect(distanceWithin(a, b, 2)).toBe(errors)
  })

  test('a long word is found whichever two of its letters are wrong', () => {
    const word = 'temperatur'
    for (let first = 0; first < word.length; first += 1) {
      for (let second = first + 1; second < word.length; second += 1) {
        // With both first letters wrong a word is looked for nowhere.
        if (second === 1) continue
        const typed = [...word].map((letter, at) => (at === first || at === second ? 'x' : letter)).join('')
        expect(nearestTerm(eligible, typed)).toBe(word)
      }
    }
  })
})

describe('vectors', () => {
  test('bytes give the cosine within a hundredth', () => {
    const random = (seed: number) =>
      Float32Array.from({ length: 512 }, (_, index) => Math.sin(seed * 7_919 + index * index))
    const rows = [random(1), random(2), random(3)]
    const scores = new Float64Array(4)
    scoreVectors(
      buildVectors(rows, 512),
      rows[1]!.map((value) => value * 3),
      scores,
      1,
    )
    expect(scores[0]).toBe(0)
    expect(scores[2]).toBeCloseTo(1, 2)
    expect(scores[1]).toBeCloseTo(cosine(rows[0]!, rows[1]!), 2)
  })

  test('dimensions that are no multiple of four are read to the end', () => {
    const scores = new Float64Array(1)
    scoreVectors(buildVectors([Float32Array.of(0, 0, 0, 0, 1)], 5), Float32Array.of(0, 0, 0, 0, 2), scores, 0)
    expect(scores[0]).toBeCloseTo(1, 6)
  })

  test('a chunk without an embedding scores nothing, and another dimension is refused', () => {
    const vectors = buildVectors([null, Float32Array.of(0, 0), Float32Array.of(Number.NaN, 1)], 2)
    const scores = new Float64Array(3)
    scoreVectors(vectors, Float32Array.of(1, 1), scores, 0)
    expect([...scores]).toEqual([0, 0, 0])
    expect(() => scoreVectors(vectors, Float32Array.of(1), scores, 0)).toThrow(RangeError)
    expect(() => buildVectors([Float32Array.of(1)], 2)).toThrow(RangeError)
  })
})

describe('fusion', () => {
  test('without vectors the lexical order stands', () => {
    expect(fuse(Float64Array.of(0, 2, 5, 1), null, 2)).toEqual([
      { chunk: 2, score: 5 },
      { chunk: 1, score: 2 },
    ])
  })

  test('a chunk that both rankings like comes before one that only one of them likes', () => {
    const fused = fuse(Float64Array.of(10, 8, 0), Float64Array.of(0.1, 0.8, 0.9), 3)
    expect(fused.map(({ chunk }) => chunk)).toEqual([1, 2, 0])
  })

  test('the same scores everywhere are no division by zero', () => {
    expect(
      fuse(Float64Array.of(3, 3), Float64Array.of(0.5, 0.5), 2).every(({ score }) => Number.isFinite(score)),
    ).toBe(true)
  })
})

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, index) => sum + value * y[index]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
