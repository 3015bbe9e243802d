// A multipart upload form read as a stream: fields first, then each file straight to disk.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { Failure, type FailureCode, failure } from '../failure.ts'
import { type ReceivedFile, receivePdf } from '../uploads.ts'

const FILES_MAX = 30
const FIELDS_MAX = 100
const FIELD_BYTES_MAX = 2_000

export type UploadedFile<F> = { fileName: string; file: F | { refused: FailureCode } }

export type UploadForm<F> = { fields: Map<string, string[]>; files: UploadedFile<F>[] }

/** What becomes of each file of a form while it streams in. */
export type Receiving<F> = {
  receive(stream: Readable): Promise<F>
  discard(file: F): Promise<void>
  /** Where a form has room for fewer: those beyond are never looked into, a picture of them never drawn. */
  filesMax?: number
}

const PDFS: Receiving<ReceivedFile> = {
  receive: (stream) => receivePdf(stream, null),
  discard: (file) => file.discard(),
}

export const readUploadForm = (request: Request): Promise<UploadForm<ReceivedFile>> => readForm(request, PDFS)

/** Reads a whole form; a file that is refused is named in its place, so that the others still count. */
export async function readForm<F extends object>(
  request: Request,
  receiving: Receiving<F>,
): Promise<UploadForm<F>> {
  if (!request.body) throw failure('bad_request')
  const fields = new Map<string, string[]>()
  const received: Promise<UploadedFile<F>>[] = []
  const parser = openParser(request, receiving.filesMax ?? FILES_MAX)
  parser.on('field', (name: string, value: string) => {
    fields.set(name, [...(fields.get(name) ?? []), value])
  })
  parser.on('file', (_name: string, stream: Readable, fileName: string | undefined) => {
    // A form sent without choosing a file carries one nameless part.
    if (fileName) received.push(receiveFile(receiving, stream, fileName))
    else stream.resume()
  })
  try {
    await pipeline(Readable.fromWeb(request.body as never), parser)
  } catch (error) {
    await discardArrived(received, receiving)
    throw failure('upload_incomplete', {}, { cause: error })
  }
  try {
    return { fields, files: await Promise.all(received) }
  } catch (error) {
    await discardArrived(received, receiving)
    throw error
  }
}

async function discardArrived<F extends object>(
  received: Promise<UploadedFile<F>>[],
  receiving: Receiving<F>,
): Promise<void> {
  for (const arrived of await Promise.allSettled(received))
    if (arrived.status === 'fulfilled' && !('refused' in arrived.value.file))
      await receiving.discard(arrived.value.file)
}

/** Removes the files of a form that were not kept; harmless for those that were. */
export async function discardAll(files: readonly UploadedFile<ReceivedFile>[]): Promise<void> {
  for (const { file } of files) if (!('refused' in file)) await file.discard()
}

function openParser(request: Request, filesMax: number): BusboyInstance {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' } as BusboyHeaders
  try {
    return new Busboy({
      headers,
      limits: { files: filesMax, fields: FIELDS_MAX, fieldSize: FIELD_BYTES_MAX },
    })
  } catch (error) {
    throw failure('bad_request', {}, { cause: error })
  }
}

async function receiveFile<F>(
  { receive }: Receiving<F>,
  stream: Readable,
  fileName: string,
): Promise<UploadedFile<F>> {
  try {
    return { fileName, file: await receive(stream) }
  } catch (error) {
    await drain(stream)
    if (error instanceof Failure) return { fileName, file: { refused: error.code } }
    throw error
  }
}

/** Lets the rest of a refused file pass, so that the form comes to its end. A stream that was read does not resume. */
async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream);
}
