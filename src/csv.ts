// Tables as text for spreadsheets: quoted where it must be, and nothing that a spreadsheet would run.

export type CsvColumn<T> = [name: string, of: (row: T) => string | number | null]

/** Read as much at once: a second of a large list, and little memory. */
const ROWS_A_BATCH = 1_000
/** More rows than any list of a builder has; bounds whatever goes wrong. */
const BATCHES_MAX = 200
/** The mark is for Excel, which would otherwise take the text for another encoding. */
const BYTE_ORDER_MARK = '\uFEFF'

export type CsvPart = { text: string; rows: number }

/** The head and then every row, a batch at a time. `read` gives one row more than `limit` when there are more. */
export async function* csvParts<T>(
  columns: readonly CsvColumn<T>[],
  read: (after: T | undefined, limit: number) => Promise<T[]>,
): AsyncGenerator<CsvPart> {
  yield { text: `${BYTE_ORDER_MARK}${columns.map(([name]) => name).join(',')}\r\n`, rows: 0 }
  let last: T | undefined
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const found = await read(last, ROWS_A_BATCH)
    const rows = found.slice(0, ROWS_A_BATCH)
    const text = rows.map((row) => `${columns.map(([, of]) => csvCell(of(row))).join(',')}\r\n`).join('')
    yield { text, rows: rows.length }
    if (found.length <= ROWS_A_BATCH) return
    last = rows.at(-1)
  }
}

/** The same as the body of a response, read as fast as the other side takes it. */
export function csvStream(parts: AsyncGenerator<CsvPart>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value.text))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

/** Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are what they are. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
