// Reads a PDF's text in a child process that is limited in memory and time, and judges what came back.

import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { LINE_CHARACTERS_MAX, PAGES_MAX, TEXT_CHARACTERS_MAX } from '#src/documents/extraction-limits.ts'
import { type LimitedProcess, runLimited } from '#src/documents/limited-process.ts'
import { type NumberedPage, printedPageNumbers, withoutFurniture } from '#src/documents/page-furniture.ts'
import { isReadablePage } from '#src/documents/readability.ts'

export type ExtractedPage = {
  page: number
  printedPage: string | null
  blocks: { text: string; heading: boolean }[]
}

/** `activeContent`: the file carries scripts, launch actions or attachments, and is served as an attachment only. */
export type Extraction = { pageCount: number; pages: ExtractedPage[]; activeContent: boolean }

export type ExtractionFailureCode =
  | 'unreadable'
  | 'password_protected'
  | 'needs_ocr'
  | 'too_complex'
  | 'too_many_pages'

/** A document that will never become text; retrying is of no use. */
export class ExtractionFailure extends Error {
  override name = 'ExtractionFailure'
  readonly code: ExtractionFailureCode
  constructor(code: ExtractionFailureCode) {
    super(`The document cannot be extracted: ${code}`)
    this.code = code
  }
}

/** Measured: the slowest page of the real manuals takes 0.2 s; the child starts in 0.1 s, if it is given a processor. */
const IDLE_MS_MAX = 8_000
/** 2,000 ordinary pages take 40 s. */
const TOTAL_MS_MAX = 80_000
/** Measured: 266 MB for the largest manual (449 pages, 24.7 MB). */
const RESIDENT_BYTES_MAX = 512_000_000
/** The kernel refuses the allocation: polling alone can be outrun. */
const DATA_BYTES_MAX = 800_000_000
/** Measured: by default the runtime reserves gigabytes for compiled code, fails to under the limit, and interprets: 10 × slower. */
const COMPILED_CODE_BYTES_MAX = 67_108_864
/** Scans often have one typed cover; a manual often has a few pages of pictures. */
const UNREADABLE_SHARE_MIN = 0.8
/** Pages of debris are lost text, unlike blank ones: with this share of them the document must not look complete. */
const DEBRIS_SHARE_MIN = 0.25
/** Letters of a heading are this much higher than the most common ones. */
const HEADING_SIZE_RATIO_MIN = 1.15
const HEADING_CHARACTERS_MAX = 120

const failureCodes = z.enum([
  'unreadable',
  'password_protected',
  'needs_ocr',
  'too_complex',
  'too_many_pages',
])
const block = z.object({ text: z.string(), size: z.number(), top: z.number(), isRow: z.boolean() })
const message = z.union([
  z.object({ page: z.object({ page: z.int().positive(), isDebris: z.boolean(), blocks: z.array(block) }) }),
  z.object({
    opened: z.object({
      pageCount: z.int().positive().max(PAGES_MAX),
      labels: z.array(z.string()).nullable(),
    }),
  }),
  z.object({ done: z.object({ activeContent: z.boolean() }) }),
  z.object({ failed: failureCodes }),
])

type Received = {
  pageCount: number
  labels: string[] | null
  pages: ReceivedPage[]
  activeContent: boolean | null
}
type ReceivedPage = NumberedPage & { isDebris: boolean }

export type ExtractionOptions = {
  signal?: AbortSignal
  onPage?: (done: number, total: number) => void
  /** A folder of ours where the child keeps its compiled code: 0.22 s instead of 0.32 s of processor time a file. */
  codeFolder?: string
}

/**
 * Throws `ExtractionFailure`; any death of the child is `too_complex`. An abort by `signal` kills the child and rejects
 * with the signal's reason.
 */
export async function extractPdf(path: string, options: ExtractionOptions = {}): Promise<Extraction> {
  options.signal?.throwIfAborted()
  // A file that is missing is a fault of ours and worth a retry, not a property of the document.
  await access(path)
  const received: Received = { pageCount: 0, labels: null, pages: [], activeContent: null }
  let characters = 0
  const outcome = await runLimited(childProcess(path, options.codeFolder), options.signal, (line) => {
    characters += line.length
    const parsed = characters <= TEXT_CHARACTERS_MAX * 2 ? parseLine(line) : null
    if (parsed === null) return { failed: 'too_complex' as const }
    if ('failed' in parsed) return parsed
    if ('opened' in parsed) Object.assign(received, parsed.opened)
    else if ('done' in parsed) received.activeContent = parsed.done.activeContent
    else {
      received.pages.push(parsed.page)
      options.onPage?.(received.pages.length, received.pageCount)
    }
    return null
  })
  options.signal?.throwIfAborted()
  if (outcome !== 'exited') throw new ExtractionFailure(outcome.failed)
  if (received.activeContent === null) throw new ExtractionFailure('too_complex')
  if (received.pages.length !== received.pageCount) throw new ExtractionFailure('unreadable')
  return judged(received, received.activeContent)
}

function childProcess(path: string, codeFolder: string | undefined): LimitedProcess {
  const entry = fileURLToPath(import.meta.resolve('#src/documents/extract-child.ts'))
  return {
    command: [process.execPath, '--smol', '--no-install', entry, resolve(path)],
    // No setting reaches a process that reads strangers' files; `cwd` keeps the runtime from loading `.env`.
    env: {
      NODE_ENV: 'production',
      BUN_JSC_jitMemoryReservationSize: String(COMPILED_CODE_BYTES_MAX),
      // Never the folder for temporary files: others may write there, and the child would run what they wrote.
      BUN_RUNTIME_TRANSPILER_CACHE_PATH: codeFolder ?? '0',
    },
    cwd: tmpdir(),
    idleMsMax: IDLE_MS_MAX,
    totalMsMax: TOTAL_MS_MAX,
    residentBytesMax: RESIDENT_BYTES_MAX,
    dataBytesMax: DATA_BYTES_MAX,
    lineCharactersMax: LINE_CHARACTERS_MAX,
  }
}

function parseLine(line: string): z.infer<typeof message> | null {
  try {
    return message.safeParse(JSON.parse(line)).data ?? null
  } catch {
    // The child was killed within a line, or something else wrote to its output: either way not a page.
    return null
  }
}

function judged(received: Received, activeContent: boolean): Extraction {
  const printed = printedPageNumbers(received.pages)
  const debrisCount = received.pages.filter((page) => page.isDebris).length
  const pages = withoutFurniture(received.pages)
  const readableCount = pages.filter(({ blocks }) =>
    isReadablePage(blocks.map(({ text }) => text).join('\n')),
  ).length
  const isUnreadable = pages.length - readableCount >= pages.length * UNREADABLE_SHARE_MIN
  if (isUnreadable || debrisCount >= pages.length * DEBRIS_SHARE_MIN) throw new ExtractionFailure('needs_ocr')
  const bodySize = mostCommonSize(pages)
  return {
    pageCount: received.pageCount,
    activeContent,
    pages: pages.map(({ page, blocks }, index) => ({
      page,
      printedPage: printed[index] ?? labelOf(received.labels, page),
      blocks: blocks.map((each) => ({ text: each.text, heading: isHeading(each, bodySize) })),
    })),
  }
}

function labelOf(labels: string[] | null, page: number): string | null {
  return labels?.[page - 1]?.trim() || null
}

/** In half points, weighed by characters: body text outweighs everything else. */
function mostCommonSize(pages: NumberedPage[]): number {
  const charactersOfSize = new Map<number, number>()
  for (const { text, size } of pages.flatMap(({ blocks }) => blocks)) {
    const rounded = Math.round(size * 2) / 2
    charactersOfSize.set(rounded, (charactersOfSize.get(rounded) ?? 0) + text.length)
  }
  return [...charactersOfSize].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function isHeading(block: NumberedPage['blocks'][number], bodySize: number): boolean {
  if (block.text.length > HEADING_CHARACTERS_MAX || !/\p{L}{2}/u.test(block.text)) return false
  const isNumbered =
    /^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{Lu}/u.test(block.text) && !/[.;,:]$/.test(block.text) && !block.isRow
  return block.size >= bodySize * HEADING_SIZE_RATIO_MIN || isNumbered
}
