// Differences between two texts: the shortest, whole, and bounded however long the texts are.
import { expect, test } from 'bun:test'
import { seededDice } from '#src/demo/dice.ts'
import { diffTexts, type Paragraph, type TextDiff } from '#src/documents/text-diff.ts'
import { processorMsOf } from '../support/processor-time.ts'

const text = (words: string): Paragraph[] =>
  words
    .split(' ')
    .filter(Boolean)
    .map((word, i) => ({ page: i + 1, text: word, isHeading: false }))
const told = ({ parts }: TextDiff) =>
  parts
    .map((part) => {
      const words = part.paragraphs.map((paragraph) => paragraph.text).join(' ')
      return part.kind === 'same'
        ? `=${words}(${part.hidden})`
        : `${part.kind === 'added' ? '+' : '-'}${words}`
    })
    .join(' | ')

test.each([
  ['', '', ''],
  ['a b c', 'a b c', '=(3)'],
  ['', 'a b', '+a b'],
  ['a b', '', '-a b'],
  ['a b c', 'a x c', '=a(0) | -b | +x | =c(0)'],
  ['a b c d e f g', 'a b c X d e f g', '=c(2) | +X | =d(3)'],
  ['a b c d e f g h', 'a b d e f g Z h', '=b(1) | -c | =d g(2) | +Z | =h(0)'],
])('from %p to %p it is %p', (before, after, expected) => {
  expect(told(diffTexts(text(before), text(after)))).toBe(expected)
})

test('spaces and the page on which something stands are no change', () => {
  const before = [{ page: 1, text: 'Turn  the valve', isHeading: false }]
  const after = [{ page: 7, text: 'Turn the valve ', isHeading: false }]
  expect(diffTexts(before, after)).toMatchObject({ removed: 0, added: 0, isExact: true })
})

/** The length of the longest common subsequence, by the plain table. */
function commonLength(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] =
        a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!)
  return table[a.length]![b.length]!
}

test('of any two texts it finds the fewest changes, and they lead from the one to the other', () => {
  const dice = seededDice(7)
  const words = () => Array.from({ length: dice.roll(41) }, () => 'abcdefg'[dice.roll(7)]!)
  for (let round = 0; round < 400; round++) {
    const [a, b] = [words(), words()]
    const { parts, removed, added } = diffTexts(text(a.join(' ')), text(b.join(' ')))
    const common = commonLength(a, b)
    expect([removed, added]).toEqual([a.length - common, b.length - common])
    const of = (kind: string) =>
      parts.filter((part) => part.kind === kind).flatMap((part) => part.paragraphs.map((each) => each.text))
    expect(of('removed').every((word) => a.includes(word))).toBe(true)
    const hidden = parts.reduce((sum, part) => sum + (part.kind === 'same' ? part.hidden : 0), 0)
    const shown = parts.reduce((sum, part) => sum + (part.kind === 'same' ? part.paragraphs.length : 0), 0)
    expect(hidden + shown).toBe(common)
  }
})

test('two long texts with nothing in common are told apart in a moment', async () => {
  const long = (name: string) => text(Array.from({ length: 20_000 }, (_, i) => `${name}${i}`).join(' '))
  let diff: ReturnType<typeof diffTexts> | undefined
  const costMs = await processorMsOf(() => {
    diff = diffTexts(long('a'), long('b'))
  })
  expect(costMs).toBeLessThan(3_000)
  expect(diff).toMatchObject({ removed: 20_000, added: 20_000, isExact: false })
})

test('a long text with some changes is compared exactly', () => {
  const words = Array.from({ length: 20_000 }, (_, i) => `w${i}`)
  const changed = words.flatMap((word, i) => (i % 100 === 50 ? [`${word}x`] : i % 777 === 0 ? [] : [word]))
  const diff = diffTexts(text(words.join(' ')), text(changed.join(' ')))
  expect(diff.isExact).toBe(true)
  expect(diff.added).toBe(changed.filter((word) => word.endsWith('x')).length)
})
