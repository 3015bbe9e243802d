// Entry of the child process that reads one PDF and streams its pages as NDJSON; it may be killed at any moment.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocument, Util } from 'unpdf/pdfjs'
import {
  PAGE_CHARACTERS_MAX,
  PAGE_CPU_MS_MAX,
  PAGE_ITEMS_MAX,
  PAGES_MAX,
  TEXT_CHARACTERS_MAX,
} from '#src/documents/extraction-limits.ts'
import { type PlacedItem, pageBlocks } from '#src/documents/page-lines.ts'
import { isCutShort } from '#src/documents/pdf-tail.ts'
import { isDebris } from '#src/documents/readability.ts'

type Opened = Awaited<ReturnType<typeof getDocument>['promise']>
type Page = Awaited<ReturnType<Opened['getPage']>>

/** The reader says on the console that a page tree lies about its count; there is no other sign of it. */
let pageTreeIsBroken = false
const noteWarning = (...parts: unknown[]) => {
  if (parts.join(' ').includes(LYING_COUNT_WARNING)) pageTreeIsBroken = true
}
const LYING_COUNT_WARNING = 'checkLastPage'
Object.assign(console, { log: noteWarning, warn: noteWarning, info: noteWarning, error: noteWarning })

await main(process.argv[2] ?? '')

async function main(path: string): Promise<void> {
  try {
    const failure = await extract(path)
    if (failure) await write({ failed: failure })
  } catch (error) {
    await write({ failed: failureOf(error) })
  }
  process.exit(0)
}

async function extract(path: string): Promise<string | null> {
  const bytes = new Uint8Array(await Bun.file(path).arrayBuffer())
  if (isCutShort(bytes)) return 'unreadable'
  const namesLaunch = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/Launch')
  const pdf = await openPdf(bytes)
  if (pdf.numPages > PAGES_MAX) return 'too_many_pages'
  if (pageTreeIsBroken) return 'unreadable'
  await write({ opened: { pageCount: pdf.numPages, labels: (await pdf.getPageLabels()) ?? null } })
  let characters = 0
  let launches = namesLaunch
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const cpuBefore = process.cpuUsage()
    const page = await pdf.getPage(number)
    const items = await placedItems(page)
    if (items === null || cpuMs(cpuBefore) > PAGE_CPU_MS_MAX) return 'too_complex'
    // Nobody is ever shown debris, and its words would match nothing.
    const pageIsDebris = isDebris(items.map((item) => item.text).join(' '))
    const blocks = pageIsDebris
      ? []
      : pageBlocks(
          items.filter((item) => !isDebris(item.text)),
          page.getViewport({ scale: 1 }).height,
        )
    for (const block of blocks) characters += block.text.length
    if (characters > TEXT_CHARACTERS_MAX) return 'too_complex'
    launches ||= (await page.getJSActions()) !== null
    await write({ page: { page: number, isDebris: pageIsDebris, blocks } })
    page.cleanup()
  }
  const activeContent = launches || (await pdf.hasJSActions()) || (await pdf.getAttachments()) !== null
  await write({ done: { activeContent } })
  return null
}

function openPdf(bytes: Uint8Array): Promise<Opened> {
  // The folder by way of a file of it: the package exports neither its folders nor its package.json everywhere.
  const assets = join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))), '/')
  return getDocument({
    data: bytes,
    cMapUrl: join(assets, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(assets, 'standard_fonts/'),
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    verbosity: 1,
  }).promise
}

/** `null` when the page holds more text than any page of paper. */
async function placedItems(page: Page): Promise<PlacedItem[] | null> {
  const toPage = page.getViewport({ scale: 1 }).transform
  const items: PlacedItem[] = []
  let characters = 0
  const reader = page.streamTextContent().getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const item of part.value.items) {
      if (!('str' in item)) continue
      characters += item.str.length
      if (items.length >= PAGE_ITEMS_MAX || characters > PAGE_CHARACTERS_MAX) return null
      const [a, b, c, d, x, y] = Util.transform(toPage, item.transform) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ]
      items.push({
        text: item.str,
        x,
        baseline: y,
        width: item.width,
        size: Math.hypot(c, d),
        rightToLeft: item.dir === 'rtl',
        upright: a > 0 && Math.abs(b) <= 0.2 * a,
      })
    }
  }
  return items
}

function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function failureOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  if (name === 'PasswordException') return 'password_protected'
  return /out of memory|call stack/i.test(message) ? 'too_complex' : 'unreadable'
}

/** Waits until the parent's pipe took the line, so that pages do not pile up here. */
async function write(message: object): Promise<void> {
  await Bun.write(Bun.stdout, `${JSON.stringify(message)}\n`)
}
