// Reading lists of homes: every spelling, separator and encoding they come in, and what is refused with which sentence.
import { expect, setDefaultTimeout, test } from 'bun:test'
import { ImportRefusal, ROWS_MAX } from '#src/imports/limits.ts'
import { readRows } from '#src/imports/rows.ts'
import { readTable } from '#src/imports/table.ts'
import {
  lyingWorkbook,
  sheetXml,
  text,
  utf16,
  type Value,
  windows1252,
  workbook,
  workbookOf,
} from './files.ts'

// Packing the bombs takes longer than refusing them.
setDefaultTimeout(60_000)

const csv = (content: string | Uint8Array) => {
  const table = readTable(typeof content === 'string' ? text(content) : content, 'csv')
  return { notes: table.notes, rows: readRows(table) }
}
const xlsx = (bytes: Uint8Array) => {
  const table = readTable(bytes, 'xlsx')
  return { notes: table.notes, rows: readRows(table) }
}
const only = ({ rows }: { rows: ReturnType<typeof readRows> }) => {
  expect(rows).toHaveLength(1)
  return rows[0]!
}
const refusal = (work: () => unknown): ImportRefusal => {
  try {
    work()
  } catch (error) {
    if (error instanceof ImportRefusal) return error
    throw error
  }
  throw new Error('was not refused')
}

const FULL = {
  number: '12A',
  houseTypeCode: 'BD01',
  addressLine: '12A Longview Park, Ballyhooly Road',
  eircode: 'T23AC12',
  bedrooms: 4,
  bathrooms: 3,
  floorAreaM2: 168.7,
  handedOverOn: '2026-11-03',
  purchasers: [
    { fullName: 'Síofra Ní Bhroin', email: 'siofra@home.example' },
    { fullName: 'Odhrán O’Dargan', email: null },
  ],
}
const HEADINGS =
  'House No,House Type,Full Address,Eircode,No. of Bedrooms,Baths,Area (m²),Handover date,Purchaser’s name(s),E-mail'
const ROW =
  '012a,BD01,"12A Longview Park, Ballyhooly Road",t23 ac12,4,3 bath,168.7 m2,3/11/26,Síofra Ní Bhroin & Odhrán O’Dargan,siofra@home.example'

test('a row is read whole, from headings as builders write them', () => {
  expect(only(csv(`${HEADINGS}\n${ROW}\n`))).toEqual({
    ...{ rowNumber: 2, unitNumber: '12A', values: FULL, messages: [] },
  })
})

test.each([
  [
    'semicolons and decimal commas',
    HEADINGS.replaceAll(',', ';'),
    ROW.replace('"12A Longview Park, Ballyhooly Road"', '#')
      .replaceAll(',', ';')
      .replace('#', '12A Longview Park, Ballyhooly Road')
      .replace('168.7', '168,7'),
  ],
  [
    'tabs',
    HEADINGS.replaceAll(',', '\t'),
    ROW.replace('"12A Longview Park, Ballyhooly Road"', '#')
      .replaceAll(',', '\t')
      .replace('#', '12A Longview Park, Ballyhooly Road'),
  ],
  [
    'a declared separator',
    `sep=|\r\n${HEADINGS.replaceAll(',', '|')}`,
    ROW.replace('"12A Longview Park, Ballyhooly Road"', '#')
      .replaceAll(',', '|')
      .replace('#', '12A Longview Park, Ballyhooly Road'),
  ],
])('%s make the same row', (_, headings, row) => {
  expect(only(csv(`${headings}\r\n${row}\r\n`)).values).toEqual(FULL)
})

test.each([
  ['UTF-8 with its mark', text(`\ufeff${HEADINGS}\n${ROW}`)],
  ['UTF-16, which Excel calls Unicode text', utf16(`${HEADINGS}\n${ROW}`)],
])('%s is understood', (_, bytes) => {
  expect(only(csv(bytes)).values).toEqual(FULL)
})

test('Windows-1252 keeps its fadas', () => {
  const read = only(csv(windows1252('Unit;Purchaser\n7;Síofra Ní Mhaoldomhnaigh')))
  expect(read.values?.purchasers).toEqual([{ fullName: 'Síofra Ní Mhaoldomhnaigh', email: null }])
})

test.each([
  ['House No', 'Type'],
  ['Unit', 'House Type'],
  ['Number', 'TYPE'],
  ['Plot No.', 'Design'],
  ['UNIT NO', 'Unit-Type'],
  ['Home', 'Model'],
  ['Nº', 'Type'],
])('a number under “%s” and a type under “%s”', (number, type) => {
  expect(only(csv(`${number},${type}\n7,BD01`)).values).toEqual({ number: '7', houseTypeCode: 'BD01' })
})

test('purchasers come in columns of their own, with their e-mail addresses', () => {
  const read = only(
    csv(
      'Unit,Purchaser 1,Purchaser 1 email,Purchaser 2,Email 2\n7,Áine Daly,a@home.example,Tom Daly,t@home.example',
    ),
  )
  expect(read.values?.purchasers).toEqual([
    { fullName: 'Áine Daly', email: 'a@home.example' },
    { fullName: 'Tom Daly', email: 't@home.example' },
  ])
})

test('names that share a surname stay as they were written, for nobody guesses a surname', () => {
  expect(only(csv('Unit,Purchasers\n7,Áine and Tom Daly')).values?.purchasers).toEqual([
    { fullName: 'Áine and Tom Daly', email: null },
  ])
})

test.each([
  ['3/11/2026', '2026-11-03'],
  ['03-11-26', '2026-11-03'],
  ['3.11.2026', '2026-11-03'],
  ['2026-11-03', '2026-11-03'],
  ['3 November 2026', '2026-11-03'],
  ['Tue 3rd Nov 2026', '2026-11-03'],
  ['29/2/2028', '2028-02-29'],
  ['3/11/2026 00:00:00', '2026-11-03'],
])('the date %s is %s', (written, date) => {
  expect(only(csv(`Unit,Handover\n7,${written}`)).values?.handedOverOn).toBe(date)
})

test.each([
  ['11/25/2026', 'the day comes first'],
  ['30/2/2026', 'calendar'],
  ['3/11/1066', 'between'],
  ['soon', 'not a date'],
  ['2026', 'not a date'],
])('the date %s is wrong, and the row says so', (written, words) => {
  const read = only(csv(`Unit,Handover\n7,${written}`))
  expect([read.values, read.messages.join()]).toEqual([null, expect.stringContaining(words)])
  expect(read.messages.join()).toContain('“Handover”')
})

test('a workbook’s numbers are homes, areas and days', () => {
  const rows: Value[][] = [
    ['Unit', 'Type', 'Area', 'Handover', 'Beds'],
    [12, 'BD01', 110.4, 46329, 3],
  ]
  expect(only(xlsx(workbook(rows))).values).toEqual({
    ...{ number: '12', houseTypeCode: 'BD01', floorAreaM2: 110.4, handedOverOn: '2026-11-03', bedrooms: 3 },
  })
})

test('a formula counts for its saved value, is never run, and without one makes the row wrong', () => {
  const rows: Value[][] = [
    ['Unit', 'Address'],
    [1, { formula: 'A2&" Longview Park"', value: '1 Longview Park' }],
    [2, { formula: 'WEBSERVICE("https://evil.example")' }],
    [3, { formula: 'A1', value: '=cmd|calc' }],
  ]
  const read = xlsx(workbook(rows)).rows
  expect(read[0]?.values?.addressLine).toBe('1 Longview Park')
  expect(read[1]?.messages).toEqual(['“Address” holds a formula without a saved value.'])
  expect(read[2]?.messages.join()).toContain('begins like a formula')
})

test.each(['=HYPERLINK("http://evil.example")', '@SUM(A1)', '+cmd|calc!A0', '-cmd|calc'])(
  'a text that a spreadsheet would run is refused: %s',
  (cell) => {
    const read = only(csv(`Unit;Purchaser\n7;"${cell.replaceAll('"', '""')}"`))
    expect([read.values, read.messages.join()]).toEqual([
      null,
      expect.stringContaining('begins like a formula'),
    ])
  },
)

test('the same home twice is named in both rows, and neither is obeyed', () => {
  const { rows } = csv('Unit,Beds\n7,3\n8,2\n007,4\n')
  expect(rows.map((row) => [row.rowNumber, row.values !== null, row.messages])).toEqual([
    [2, false, ['Home 7 is also in row 4 of this file.']],
    [3, true, []],
    [4, false, ['Home 7 is also in row 2 of this file.']],
  ])
})

test.each([
  ['an Eircode that is none', 'Unit,Eircode\n7,T23 O000', 'Eircode'],
  ['no number', 'Unit,Beds\n,3', 'number of the home is missing'],
  ['half a bedroom', 'Unit,Beds\n7,2.5', 'whole number'],
  ['square feet', 'Unit,Area\n7,110 sq ft', 'm²'],
  ['a name without letters', 'Unit,Purchaser\n7,12345', 'letters'],
  ['an e-mail address of nobody', 'Unit,Purchaser,Email\n7,,a@b.ie', 'belongs to none'],
  ['five purchasers', 'Unit,Purchasers\n7,A B; C D; E F; G H; I J', 'at most 4'],
  ['a separator in an address', 'Unit,Address\n7,7 Longview Park,Cork', 'more cells than there are headings'],
])('%s makes the row wrong', (_, content, words) => {
  const read = only(csv(content))
  expect([read.values, read.messages.join()]).toEqual([null, expect.stringContaining(words)])
})

test('what is not read is said: titles above, empty rows, columns and sheets that mean nothing', () => {
  expect(csv('Longview Park\n\nUnit,Beds,Solicitor\n7,3,X & Co\n\n\n8,2,\n').notes).toEqual([
    'Above the headings, row 1 was not read.',
    'Not used: the column “Solicitor”.',
    'Empty, so nothing to import: rows 5, 6.',
  ])
  const homes = {
    name: 'Homes',
    xml: sheetXml([
      ['Unit', 'Beds'],
      [7, 3],
    ]),
  }
  const notes = xlsx(
    workbookOf([
      { name: 'Read me', xml: sheetXml([['Dear all']]) },
      homes,
      { ...homes, name: 'Old', isHidden: true },
    ]),
  ).notes
  expect(notes).toEqual([
    'The sheet “Read me” has no headings of homes and was not read.',
    'The sheet “Old” is hidden and was not read.',
  ])
})

const HOMES = {
  name: 'A',
  xml: sheetXml([
    ['Unit', 'Beds'],
    [7, 3],
  ]),
}
test.each<[string, string, () => unknown]>([
  ['two sheets of homes', 'ambiguous_headings', () => xlsx(workbookOf([HOMES, { ...HOMES, name: 'B' }]))],
  ['two columns for the number', 'ambiguous_headings', () => csv('Unit,House No,Beds\n1,2,3')],
  ['no headings', 'no_headings', () => csv('1,BD01\n2,BD02')],
  ['headings only', 'no_rows', () => csv('Unit,Beds\n')],
  [
    'a quotation mark that is never closed',
    'unreadable',
    () => csv(`Unit,Beds\n7,"3\n${'8,2\n'.repeat(50)}`),
  ],
  ['bytes that are no text', 'unreadable', () => csv(Uint8Array.from([85, 44, 66, 10, 1, 2, 3]))],
  [
    'too many rows',
    'too_large',
    () => csv(`Unit,Beds\n${Array.from({ length: ROWS_MAX + 1 }, (_, i) => `${i},3`).join('\n')}`),
  ],
  ['too many columns', 'too_large', () => csv(`Unit,Beds\n7${',3'.repeat(500)}`)],
  [
    'too many sheets',
    'too_large',
    () => xlsx(workbookOf(Array.from({ length: 21 }, (_, i) => ({ ...HOMES, name: String(i) })))),
  ],
  [
    'a cell at the far end of a sheet',
    'too_large',
    () =>
      xlsx(
        workbookOf([
          {
            name: 'A',
            xml: '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
          },
        ]),
      ),
  ],
  [
    'elements without end',
    'unreadable',
    () => xlsx(workbookOf([{ name: 'A', xml: '<a>'.repeat(1_000_000) }])),
  ],
  [
    'entities that multiply',
    'unreadable',
    () =>
      xlsx(
        workbookOf([
          {
            name: 'A',
            xml: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
          },
        ]),
      ),
  ],
  [
    'a workbook cut off in the middle',
    'unreadable',
    () =>
      xlsx(
        workbook([
          ['Unit', 'Beds'],
          [7, 3],
        ]).slice(0, 500),
      ),
  ],
  ['a zip of something else', 'unreadable', () => xlsx(workbookOf([]).slice(0, 90))],
  ['a bomb', 'too_complex', () => xlsx(workbookOf([{ name: 'A', xml: new Uint8Array(60_000_000) }]))],
  ['a bomb that lies about its size', 'too_complex', () => xlsx(lyingWorkbook(60_000_000))],
  [
    'thousands of entries',
    'too_complex',
    () =>
      xlsx(
        workbookOf(
          [HOMES],
          Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`a/${i}`, new Uint8Array(1)])),
        ),
      ),
  ],
])('%s is refused as a whole, with a sentence', (_, code, read) => {
  const refused = refusal(read)
  expect([refused.code, refused.sentence.length > 30]).toEqual([code as never, true])
})

test('headings named after parts of an object are only headings', () => {
  const { rows, notes } = csv('Unit,Beds,__proto__,constructor\n7,3,x,y')
  expect(rows[0]?.values).toEqual({ number: '7', bedrooms: 3 })
  expect(notes).toEqual(['Not used: the columns “__proto__”, “constructor”.'])
})
