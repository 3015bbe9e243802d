// Lists of homes as files, made on the spot: good ones, and ones that nobody should open carelessly.
import { strToU8, zipSync } from 'fflate'

export type Value = string | number | { formula: string; value?: string | number } | null

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const letters = (column: number) => String.fromCharCode(65 + column)

function cellXml(value: Value, reference: string): string {
  if (value === null) return `<c r="${reference}" s="1"/>`
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`
  if (typeof value === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  const saved = value.value === undefined ? '' : `<v>${escaped(String(value.value))}</v>`
  return `<c r="${reference}" t="${typeof value.value === 'number' ? 'n' : 'str'}"><f>${escaped(value.formula)}</f>${saved}</c>`
}

export const sheetXml = (rows: readonly (readonly Value[])[]): string =>
  `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (row, y) =>
        `<row r="${y + 1}">${row.map((value, x) => cellXml(value, `${letters(x)}${y + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`

type SheetFile = { name: string; xml: string | Uint8Array; isHidden?: boolean }

export function workbookOf(
  sheets: readonly SheetFile[],
  more: Record<string, Uint8Array> = {},
): Uint8Array<ArrayBuffer> {
  const tabs = sheets.map(
    ({ name, isHidden }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
  )
  const relations = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  const parts = sheets.map(({ xml }, i): [string, Uint8Array] => [
    `xl/worksheets/sheet${i + 1}.xml`,
    typeof xml === 'string' ? strToU8(xml) : xml,
  ])
  return new Uint8Array(
    zipSync({
      '[Content_Types].xml': strToU8(`${XML}<Types/>`),
      'xl/workbook.xml': strToU8(
        `${XML}<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${tabs.join('')}</sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(`${XML}<Relationships>${relations.join('')}</Relationships>`),
      ...Object.fromEntries(parts),
      ...more,
    }),
  )
}

export const workbook = (rows: readonly (readonly Value[])[]): Uint8Array<ArrayBuffer> =>
  workbookOf([{ name: 'Homes', xml: sheetXml(rows) }])

/** A workbook that says of its largest part that it is a hundred bytes. */
export function lyingWorkbook(unpackedBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = workbookOf([{ name: 'Homes', xml: new Uint8Array(unpackedBytes) }])
  const view = new DataView(bytes.buffer)
  const fields: [signature: number, offset: number][] = [
    [0x02014b50, 24],
    [0x04034b50, 22],
  ]
  for (let at = 0; at < bytes.byteLength - 46; at++)
    for (const [signature, offset] of fields)
      if (view.getUint32(at, true) === signature && view.getUint32(at + offset, true) === unpackedBytes)
        view.setUint32(at + offset, 100, true)
  return bytes
}

export const text = (content: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(content))

/** As Excel saves "CSV" in Ireland. */
export const windows1252 = (content: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...content], (character) => (character === '€' ? 0x80 : character.charCodeAt(0)))

export const utf16 = (content: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0xff, 0xfe, ...Buffer.from(content, 'utf16le')])
