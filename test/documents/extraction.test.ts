// Every sample document ends in the state it deserves: read, or failed under the right code, in time.
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { type Extraction, ExtractionFailure, extractPdf } from '#src/documents/extraction.ts'
import { refusalOfFirstBytes } from '#src/documents/first-bytes.ts'
import { sharedPath } from '../support/shared.ts'

const HOSTILE_MS_MAX = 15_000
const MANUAL_MS_MAX = 60_000

/** A refusal or failure code, or what a whole document holds. */
type Outcome = string | { pages: number; says?: [page: number, text: string]; activeContent?: boolean }

const MANUALS: Record<string, Outcome> = {
  'cylinder-albion-installation-manual.pdf': {
    pages: 16,
    says: [7, 'storage temperature for both direct and indirect cylinders is 60-65°C'],
  },
  'cylinder-kingspan-product-guide.pdf': {
    pages: 24,
    says: [5, 'it is usually held at about 60°C, but is intended to be mixed with cold water'],
  },
  'growatt-inverter-modbus-v124.pdf': { pages: 85 },
  'heatpump-r290-user-manual-en.pdf': { pages: 42 },
  'heatpump-r32-user-manual-en.pdf': { pages: 41, says: [13, 'curve 4 is the default'] },
  'rotenso-performance-table.pdf': { pages: 2 },
  'encrypted-owner-password-datasheet.pdf': { pages: 15 },
}
const OTHERS: Record<string, Outcome> = {
  'arabic-rtl.pdf': { pages: 1 },
  'broken-empty.pdf': 'file_empty',
  'broken-html-404-named.pdf': 'type_mismatch',
  'broken-negative-page-count.pdf': 'unreadable',
  'broken-no-trailer.pdf': 'unreadable',
  'broken-truncated-upload.pdf': 'unreadable',
  'encrypted-user-password.pdf': 'password_protected',
  // 21 of its 23 pages carry a font table that gives control characters instead of letters.
  'report-23p-multicolumn.pdf': 'needs_ocr',
  'scanned-no-text-8p.pdf': 'needs_ocr',
  'with-attachment.pdf': { pages: 1, activeContent: true },
}
const HOSTILE: Record<string, Outcome> = {
  'bomb1.pdf': 'too_complex',
  'bomb2.pdf': 'too_complex',
  'count_lie.pdf': 'unreadable',
  'deep.pdf': 'too_complex',
  'hidden_injection.pdf': { pages: 1, says: [1, 'Heat pump manual for Longview Park'] },
  'html_as_pdf.pdf': 'type_mismatch',
  'hugepage.pdf': { pages: 1, says: [1, 'Heat pump manual for Longview Park'] },
  'js.pdf': { pages: 1, says: [1, 'Heat pump manual for Longview Park'], activeContent: true },
  'noheader.pdf': 'type_mismatch',
  'pages_loop.pdf': 'unreadable',
  'polyglot.pdf': 'type_mismatch',
  'textbomb.pdf': 'too_complex',
  'trunc.pdf': 'unreadable',
}

const scenarios = [
  ...Object.entries(MANUALS).map((each) => ['pdfs', ...each, MANUAL_MS_MAX] as const),
  ...Object.entries(OTHERS).map((each) => ['pdfs', ...each, HOSTILE_MS_MAX] as const),
  ...Object.entries(HOSTILE).map((each) => ['hostile', ...each, HOSTILE_MS_MAX] as const),
]

describe.skipIf(sharedPath('data/pdfs') === null)('each sample document ends as it should', () => {
  test.each(scenarios)(
    '%s/%s',
    async (folder, name, expected, msMax) => {
      const started = performance.now()
      const outcome = await outcomeOf(sharedPath(`data/${folder}/${name}`)!)
      expect(performance.now() - started).toBeLessThan(msMax)
      if (typeof expected === 'string' || typeof outcome === 'string')
        return expect(outcome).toEqual(expected as never)
      expect(outcome.pageCount).toBe(expected.pages)
      expect(outcome.pages.map(({ page }) => page)).toEqual(
        Array.from({ length: expected.pages }, (_, index) => index + 1),
      )
      expect(outcome.activeContent).toBe(expected.activeContent ?? false)
      if (expected.says) expect(textOfPage(outcome, expected.says[0])).toContain(expected.says[1])
    },
    MANUAL_MS_MAX,
  )

  test('letters too small to be seen are no text of the page', async () => {
    const extraction = await extractPdf(sharedPath('data/hostile/hidden_injection.pdf')!)
    expect(textOfPage(extraction, 1)).not.toContain('SYSTEM')
  })

  test('a row of a table stays one line', async () => {
    const extraction = await extractPdf(sharedPath('data/pdfs/cylinder-albion-installation-manual.pdf')!)
    expect(textOfPage(extraction, 13).split('\n')).toContain('AUSD250/AUSI250\u200390\u2003160\u2003250')
  })

  test('the printed page differs from the page of the PDF where the manual says so', async () => {
    const extraction = await extractPdf(sharedPath('data/pdfs/heatpump-r32-user-manual-en.pdf')!)
    expect(extraction.pages[12]).toMatchObject({ page: 13, printedPage: '11' })
    expect(extraction.pages[0]).toMatchObject({ page: 1, printedPage: null })
  })
})

describe('documents made here', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openhouse-extraction-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('two columns of prose are read one after the other', async () => {
    const left = Array.from({ length: 12 }, (_, line) => `left column line ${line} speaks about the heating`)
    const right = Array.from({ length: 12 }, (_, line) => `right column line ${line} speaks about the waste`)
    const text = textOfPage(await extractPdf(await columnsPdf(left, right)), 1)
    expect(text.indexOf('left column line 11')).toBeLessThan(text.indexOf('right column line 0'))
  })

  test('short cells on one baseline are read as rows', async () => {
    const text = textOfPage(
      await extractPdf(
        await columnsPdf(['Filter', 'Pump', 'Valve', 'Hob', 'Oven'], ['6', '12', '24', '1', '2']),
      ),
      1,
    )
    expect(text.split('\n')).toEqual([
      'Filter\u20036',
      'Pump\u200312',
      'Valve\u200324',
      'Hob\u20031',
      'Oven\u20032',
    ])
  })

  test('progress is told page by page', async () => {
    const seen: string[] = []
    await extractPdf(await pagesPdf(3), { onPage: (done, total) => seen.push(`${done}/${total}`) })
    expect(seen).toEqual(['1/3', '2/3', '3/3'])
  })

  test('running heads are dropped and their page numbers kept', async () => {
    const { pages } = await extractPdf(await pagesPdf(6))
    expect(pages.map(({ printedPage }) => printedPage)).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(
      pages.flatMap(({ blocks }) => blocks).filter(({ text }) => text.includes('Home user guide')),
    ).toEqual([])
  })

  test('a document of 20,000 pages is refused by its count', async () => {
    const path = join(folder, 'many.pdf')
    await Bun.write(path, emptyPages(20_000))
    expect(await codeOf(extractPdf(path))).toBe('too_many_pages')
  })

  test('an end that is cut off is noticed although the reader could rebuild the rest', async () => {
    const whole = await Bun.file(await pagesPdf(4)).bytes()
    const path = join(folder, 'cut.pdf')
    await Bun.write(path, whole.subarray(0, whole.length - 900))
    expect(await codeOf(extractPdf(path))).toBe('unreadable')
  })

  test('a file that is not there is our fault and no property of the document', async () => {
    const error = await extractPdf(join(folder, 'missing.pdf')).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(ExtractionFailure)
  })

  test('an abort ends the extraction with its own reason', async () => {
    const controller = new AbortController()
    const extraction = extractPdf(await pagesPdf(40), {
      signal: controller.signal,
      onPage: () => controller.abort(new Error('the document was deleted')),
    })
    await expect(extraction).rejects.toThrow('the document was deleted')
  })

  async function columnsPdf(left: string[], right: string[]): Promise<string> {
    const pdf = await PDFDocument.create()
    const page = pdf.addPage([595, 842])
    const font = await pdf.embedFont(StandardFonts.Helvetica)
    const draw = (text: string, x: number, line: number) =>
      page.drawText(text, { x, y: 700 - line * 14, size: 10, font })
    // Row by row, as a producer that knows nothing of columns would write them.
    left.forEach((text, line) => {
      draw(text, 50, line)
      draw(right[line]!, 320, line)
    })
    return saved(pdf)
  }

  async function pagesPdf(count: number): Promise<string> {
    const pdf = await PDFDocument.create()
    const font = await pdf.embedFont(StandardFonts.Helvetica)
    for (let number = 1; number <= count; number += 1) {
      const page = pdf.addPage([595, 842])
      page.drawText('Home user guide', { x: 50, y: 810, size: 8, font })
      page.drawText(`This page speaks about room ${'abcdefghijklmnopqrstuvwxyz'[number % 26]}.`, {
        x: 50,
        y: 500,
        size: 10,
        font,
      })
      page.drawText(String(number), { x: 290, y: 20, size: 8, font })
    }
    return saved(pdf)
  }

  async function saved(pdf: PDFDocument): Promise<string> {
    const path = join(folder, `${Bun.randomUUIDv7()}.pdf`)
    await Bun.write(path, await pdf.save())
    return path
  }
})

async function outcomeOf(path: string): Promise<string | Extraction> {
  const refusal = refusalOfFirstBytes(await Bun.file(path).slice(0, 1_024).bytes())
  return refusal ?? extractPdf(path).catch(failureCode)
}

function codeOf(extraction: Promise<Extraction>): Promise<string> {
  return extraction.then(() => 'extracted', failureCode)
}

function failureCode(error: unknown): string {
  if (error instanceof ExtractionFailure) return error.code
  throw error
}

function textOfPage(extraction: Extraction, page: number): string {
  return extraction.pages[page - 1]!.blocks.map(({ text }) => text).join('\n')
}

function emptyPages(count: number): string {
  const kids = Array.from({ length: count }, (_, index) => `${index + 3} 0 R`).join(' ')
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${count}/Kids[${kids}]>>`,
    ...Array<string>(count).fill(page),
  ]
  let body = '%PDF-1.7\n'
  const entries = objects.map((object, index) => {
    const entry = `${String(body.length).padStart(10, '0')} 00000 n \n`
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return entry
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`
  return `${body}${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
}
