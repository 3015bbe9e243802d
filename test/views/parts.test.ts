// What the shared parts of pages say in the cases that are easily drawn wrong.
import { expect, test } from 'bun:test'
import { Chart } from '#views/parts/chart.tsx'
import { Pagination } from '#views/parts/table.tsx'
import { categoryLabel } from '#views/place-groups.ts'

const chart = (values: number[]) =>
  Chart({
    id: 'chart',
    title: 'Day by day',
    kind: 'rows',
    labels: values.map((_, i) => `Row ${i + 1}`),
    labelsAre: 'Row',
    series: [{ label: 'Times', values }],
    summary: 'Something.',
  }).markup

test('a chart of nothing says so instead of drawing empty axes, and keeps its table', () => {
  for (const values of [[], [0, 0]]) {
    expect(chart(values)).toContain('Nothing to show for this time yet.')
    expect(chart(values)).not.toContain('data-chart')
    expect(chart(values)).toContain('Show as a table')
  }
  expect(chart([0, 1])).toContain('data-chart')
})

test('a chart of one row leaves room for the numbers under its bars', () => {
  expect(chart([1])).toContain('viewBox="0 0 600 64"')
})

test('a number under a list of several pages is said to be of this page', () => {
  const said = (nextUrl?: string) => Pagination({ label: 'Homes', shown: '50 homes', nextUrl }).markup
  expect(said('/next')).toContain('50 homes on this page')
  expect(said()).not.toContain('on this page')
})

test('kinds of places are spelt as people spell them', () => {
  expect(['atm', 'cafe', 'creche', 'diy_store', 'primary_school'].map(categoryLabel)).toEqual([
    'ATM',
    'Café',
    'Crèche',
    'DIY store',
    'Primary school',
  ])
})
