// Tables of made PDFs come back as rows of whole cells, and columns of prose as prose.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, type PDFFont, StandardFonts } from 'pdf-lib'
import { chunkPages } from '#src/documents/chunking.ts'
import { extractPdf } from '#src/documents/extraction.ts'
import { indexedText } from '#src/retrieval/query-terms.ts'

type Cell = string | string[]
type Layout = {
  columns: number[]
  sizePt?: number
  leadingPt?: number
  paddingPt?: number
  isCentred?: boolean
}

const MARK = '\u2003'
const WRAPPED: Cell[][] = [
  ['Code', 'Meaning', 'What to do'],
  ['E1', ['The room controller has lost contact with', 'the indoor unit'], 'Press any key'],
  [
    'E6',
    ['The water flow in the circuit is too', 'low'],
    ['Open the radiator valves and read', 'the gauge; below 1 bar call us'],
  ],
  ['E9', 'Frost protection is active', ['No fault: leave the unit on until', 'the air is warmer']],
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openhouse-tables-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('wrapped cells are put together, cell by cell', async () => {
  expect(await rowsOf(WRAPPED, { columns: [50, 90, 320], paddingPt: 9 })).toEqual([
    `Code${MARK}Meaning${MARK}What to do`,
    `E1${MARK}The room controller has lost contact with the indoor unit${MARK}Press any key`,
    `E6${MARK}The water flow in the circuit is too low${MARK}Open the radiator valves and read the gauge; below 1 bar call us`,
    `E9${MARK}Frost protection is active${MARK}No fault: leave the unit on until the air is warmer`,
  ])
})

test('cells set to the middle of their row belong to it', async () => {
  const rows = await rowsOf(WRAPPED, { columns: [50, 90, 320], paddingPt: 9, isCentred: true })
  expect(rows[2]).toBe(
    `E6${MARK}The water flow in the circuit is too low${MARK}Open the radiator valves and read the gauge; below 1 bar call us`,
  )
})

test('rows with much space around them are rows all the same', async () => {
  const rows = await rowsOf(WRAPPED, { columns: [50, 90, 320], paddingPt: 26 })
  expect(rows).toHaveLength(4)
  expect(rows[1]).toStartWith(`E1${MARK}The room controller has lost contact with the indoor unit${MARK}`)
})

test('without space between rows a cell goes on where its row begins no other', async () => {
  const rows = await rowsOf(
    [
      ['Task', 'How often', 'Who'],
      ['Filters', ['Every three months, and every month near', 'building work'], 'You'],
      ['Radiators', 'Once a year', 'You'],
      ['Pump', 'Once in two years', 'Installer'],
    ],
    { columns: [50, 120, 340] },
  )
  expect(rows).toEqual([
    `Task${MARK}How often${MARK}Who`,
    `Filters${MARK}Every three months, and every month near building work${MARK}You`,
    `Radiators${MARK}Once a year${MARK}You`,
    `Pump${MARK}Once in two years${MARK}Installer`,
  ])
})

test('rows of values close together are never one row', async () => {
  const models = ['KA-65', 'KA-85', 'KA-95', 'KA-99'].map((model, row) => [model, String(180 + row), '3.0'])
  expect(
    await rowsOf([...models.slice(0, 2), ['', '', ''], ...models.slice(2)], { columns: [50, 150, 250] }),
  ).toEqual(models.map((cells) => cells.join(MARK)))
})

test('columns that nearly touch are still columns', async () => {
  const rows = await rowsOf(
    [
      ['Ventilation filters', 'Every quarter', 'You'],
      ['Pump', 'Yearly', 'Installer'],
      ['Cylinder and valves', 'Yearly', 'Installer'],
    ],
    { columns: [50, 145, 214], paddingPt: 6 },
  )
  expect(rows[0]).toBe(`Ventilation filters${MARK}Every quarter${MARK}You`)
  expect(rows[2]).toBe(`Cylinder and valves${MARK}Yearly${MARK}Installer`)
})

test('columns of prose are no table', async () => {
  const left = Array.from({ length: 10 }, (_, line) => `left column line ${line} speaks of the heating`)
  const right = Array.from({ length: 10 }, (_, line) => `right column line ${line} speaks of the waste`)
  const rows = await rowsOf(
    left.map((text, line) => [text, right[line]!]),
    { columns: [50, 320] },
  )
  expect(rows.join(' ')).toBe([...left, ...right].join(' '))
})

test('a paragraph and a list around a table stay out of it', async () => {
  const rows = await rowsOf(
    [
      ['A paragraph that runs over the whole width of the page and stands right above the table,'],
      ['in two lines that belong together.'],
      [''],
      ['Hob', '2 years'],
      ['Oven', '3 years'],
      [''],
      ['• Keep the receipts of every appliance that came with the home.'],
    ],
    { columns: [50, 320] },
  )
  expect(rows.slice(1)).toEqual([
    `Hob${MARK}2 years`,
    `Oven${MARK}3 years`,
    '• Keep the receipts of every appliance that came with the home.',
  ])
  expect(rows[0]).toEndWith('right above the table, in two lines that belong together.')
})

test('a bullet far from its words is no cell', async () => {
  const rows = await rowsOf(
    [
      ['•', ['Close the stopcock under the kitchen sink and open all the', 'taps']],
      ['•', 'Ring us'],
    ],
    { columns: [50, 80], paddingPt: 4 },
  )
  expect(rows.join('\n')).toBe('• Close the stopcock under the kitchen sink and open all the taps\n• Ring us')
})

test('chunks keep rows whole and the search reads the cells as words', async () => {
  const long = Array.from({ length: 12 }, (_, row) => [
    `E${row}`,
    `Meaning ${row}. It has two sentences.`,
    'Call',
  ])
  const { pages } = await extractPdf(await tablePdf(long, { columns: [50, 90, 400], paddingPt: 8 }))
  const chunks = chunkPages(pages)
  const lines = chunks.flatMap(({ content }) => content.split('\n'))
  expect(lines).toEqual(long.map((cells) => cells.join(MARK)))
  expect(indexedText({ title: 'Guide', heading: null, content: lines[3]! })).toBe(
    'Guide E3 Meaning 3. It has two sentences. Call',
  )
})

async function rowsOf(rows: Cell[][], layout: Layout): Promise<string[]> {
  const { pages } = await extractPdf(await tablePdf(rows, layout))
  return pages[0]!.blocks.map(({ text }) => text)
}

async function tablePdf(rows: Cell[][], layout: Layout): Promise<string> {
  const { columns, sizePt = 10, leadingPt = 12, paddingPt = 0, isCentred = false } = layout
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([595, 842])
  const font: PDFFont = await pdf.embedFont(StandardFonts.Helvetica)
  let y = 740
  for (const cells of rows) {
    const lines = cells.map((cell) => [cell].flat())
    const tallest = Math.max(...lines.map(({ length }) => length))
    lines.forEach((cell, column) => {
      const lowered = isCentred ? ((tallest - cell.length) * leadingPt) / 2 : 0
      cell.forEach((text, line) => {
        page.drawText(text, { x: columns[column]!, y: y - lowered - line * leadingPt, size: sizePt, font })
      })
    })
    y -= tallest * leadingPt + paddingPt
  }
  const path = join(folder, `${Bun.randomUUIDv7()}.pdf`)
  await Bun.write(path, await pdf.save())
  return path
}
