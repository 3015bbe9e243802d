// Small real PDFs and their ingestion in this process, step by step, for tests that come between two steps.
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { type Db, type Scope, within } from '#db/scope.ts'
import type { ChooseEmbedder } from '#src/documents/embedding.ts'
import { type IngestionContext, ingestVersion } from '#src/documents/ingestion.ts'
import { keepDocument } from '#src/documents.ts'
import { type ReceivedFile, receivePdf } from '#src/uploads.ts'

const PAGE = { width: 595, height: 842, margin: 60, lineHeight: 20 }

/** One page for each list of lines; equal lines give equal bytes. */
export async function pdfOf(...pages: string[][]): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  pdf.setCreationDate(new Date(0))
  pdf.setModificationDate(new Date(0))
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const lines of pages) {
    const page = pdf.addPage([PAGE.width, PAGE.height])
    lines.forEach((line, i) => {
      const y = PAGE.height - PAGE.margin - i * PAGE.lineHeight
      page.drawText(line, { x: PAGE.margin, y, size: 11, font })
    })
  }
  return new Uint8Array(await pdf.save())
}

export const received = (bytes: Uint8Array): Promise<ReceivedFile> =>
  receivePdf(
    (async function* () {
      yield bytes
    })(),
    bytes.byteLength,
  )

/** Every fenced step runs; `before` comes between two of them and may throw, as a crash would. */
export function contextOf(
  scope: Scope,
  more: { before?: (step: number) => Promise<void>; embedder?: ChooseEmbedder | null } = {},
): IngestionContext {
  let step = 0
  return {
    signal: new AbortController().signal,
    progress: () => {},
    embedder: more.embedder ?? null,
    fenced: async <T>(work: (db: Db) => Promise<T>) => {
      step += 1
      await more.before?.(step)
      return within(scope, work)
    },
  }
}

/** A document whose first version is ready. */
export async function ingested(
  scope: Scope,
  developmentId: string,
  title: string,
  bytes: Uint8Array,
  embedder: ChooseEmbedder | null = null,
): Promise<{ documentId: string; versionId: string }> {
  const asked = {
    developmentId,
    title,
    kind: 'manual' as const,
    houseTypeCodes: [],
    fileName: `${title}.pdf`,
  }
  const { documentId, versionId } = await keepDocument(scope, asked, [], await received(bytes))
  const ended = await ingestVersion(scope, versionId, contextOf(scope, { embedder }))
  if (ended.outcome !== 'ready') throw new Error(`${title} ended ${JSON.stringify(ended)}`)
  return { documentId, versionId }
}
