// Plain text becomes paragraphs, lists and marked quotes without losing a word.
import { expect, test } from 'bun:test'
import { groupByKind } from '#views/document-kinds.ts'
import { answerBlocks, withoutSourceList } from '#views/purchaser/answer-blocks.ts'
import { pageBlocks } from '#views/purchaser/page-blocks.ts'

test('documents are grouped by kind in the order people look for them, without empty groups', () => {
  const documents = [
    { id: 1, kind: 'other' as const },
    { id: 2, kind: 'floor_plan' as const },
    { id: 3, kind: 'user_guide' as const },
    { id: 4, kind: 'floor_plan' as const },
  ]
  const groups = groupByKind(documents)
  expect(groups.map((group) => group.label)).toEqual(['User guides', 'Floor plans', 'Other documents'])
  expect(groups[1]!.documents.map((document) => document.id)).toEqual([2, 4])
})

test('an answer becomes paragraphs and lists', () => {
  expect(
    answerBlocks('Yes.\nIt is [1].\n\nDo this:\n- first [1]\n• second\n\n1. third\r\n2) fourth\nDone.'),
  ).toEqual([
    { kind: 'paragraph', text: 'Yes. It is [1].' },
    { kind: 'paragraph', text: 'Do this:' },
    { kind: 'list', items: ['first [1]', 'second'] },
    { kind: 'list', items: ['third', 'fourth'] },
    { kind: 'paragraph', text: 'Done.' },
  ])
  expect(answerBlocks(' \n\n')).toEqual([])
})

test('a line in quotation marks is a quote that keeps its line breaks, a quotation inside a sentence is not', () => {
  expect(
    answerBlocks('From Guide, p. 8:\n“Filters: every three months\n- by hand” [1]\n\nIt “may” vary.'),
  ).toEqual([
    { kind: 'paragraph', text: 'From Guide, p. 8:' },
    { kind: 'quote', text: '“Filters: every three months\n- by hand” [1]' },
    { kind: 'paragraph', text: 'It “may” vary.' },
  ])
  expect(answerBlocks('“Guide” and “Plan” differ.')[0]!.kind).toBe('paragraph')
  expect(answerBlocks('“never closed\nto the end')).toEqual([
    { kind: 'quote', text: '“never closed\nto the end' },
  ])
})

test('a list that only repeats the sources is left to the sources, any other list stays', () => {
  const cited = (index: number, title: string, printedPage: string | null = null) => ({
    index,
    title,
    page: 3,
    printedPage,
    quote: '',
    url: '',
  })
  const sources = [cited(1, 'Guide'), cited(2, 'Plan', 'iv')]
  const left = (text: string) => withoutSourceList(answerBlocks(text), sources)
  expect(left('Yes [1].\n\nAlso on this:\n- Plan, p. iv [2]')).toEqual([
    { kind: 'paragraph', text: 'Yes [1].' },
  ])
  expect(left('Here is:\n- Plan [2]')).toHaveLength(2)
  expect(left('Here is:\n- Plan, p. iv [2]\n- Bring keys')).toHaveLength(2)
})

test('a number at the start of a sentence is not a list', () => {
  expect(answerBlocks('12.5 kWh a day.\n2026 was dry.')).toEqual([
    { kind: 'paragraph', text: '12.5 kWh a day. 2026 was dry.' },
  ])
})

const PAGE = 'Heating\nPress the clock\nbutton twice (2x).  Then wait.\n \nEnd'
const page = (content: string) => ({ content, headingLines: [0] })
const markedText = (quote: string | null) =>
  pageBlocks(page(PAGE), quote)
    .flatMap((block) => block.segments)
    .filter((segment) => segment.marked)
    .map((segment) => segment.text)

test.each([
  ['press the CLOCK button twice (2x).', ['Press the clock', 'button twice (2x']],
  ['the clöck', []],
  ['Heating Press', ['Heating', 'Press']],
  ['End', ['End']],
  ['not on this page', []],
  ['  ', []],
  [null, []],
])('the quote %p is marked as %p', (quote, expected) => {
  expect(markedText(quote)).toEqual(expected)
})

test('a page of white space has no blocks, and a very long line is one', () => {
  expect(pageBlocks(page(' \n\t'.repeat(200_000)), 'a b')).toEqual([])
  expect(pageBlocks(page(`a${' '.repeat(500_000)}b`), 'a b')).toHaveLength(1)
})

test('every word of the page is shown once and in order, marked or not', () => {
  for (const quote of [null, 'Heating', 'twice (2x). Then', 'End']) {
    const text = pageBlocks(page(PAGE), quote)
      .map((block) => block.segments.map((segment) => segment.text).join(''))
      .join(' ')
    expect(text.split(/\s+/)).toEqual(PAGE.split(/\s+/))
  }
})
