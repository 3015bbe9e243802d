// A multipart upload form read as a stream: fields first, then each file straight to disk.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { Failure, type FailureCode, failure } from '../failure.ts'
import { type ReceivedFile, receivePdf } from '../uploads.ts'

const FILES_MAX = 30
const FIELDS_MAX = 100
const FIELD_BYTES_MAX = 2_000

export type UploadedFile = { fileName: string; file: ReceivedFile | { refused: FailureCode } }

export type UploadForm = { fields: Map<string, string[]>; files: UploadedFile[] }

/** Reads a whole form; a file that is refused is named in its place, so that the others still count. */
export async function readUploadForm(request: Request): Promise<UploadForm> {
  if (!request.body) throw failure('bad_request')
  const fields = new Map<string, string[]>()
  const receiving: Promise<UploadedFile>[] = []
  const parser = openParser(request)
  parser.on('field', (name: string, value: string) => {
    fields.set(name, [...(fields.get(name) ?? []), value])
  })
  parser.on('file', (_name: string, stream: Readable, fileName: string | undefined) => {
    // A form sent without choosing a file carries one nameless part.
    if (fileName) receiving.push(receive(stream, fileName))
    else stream.resume()
  })
  try {
    await pipeline(Readable.fromWeb(request.body as never), parser)
  } catch (error) {
    for (const { file } of await Promise.all(receiving)) if (!('refused' in file)) await file.discard()
    throw failure('upload_incomplete', {}, { cause: error })
  }
  return { fields, files: await Promise.all(receiving) }
}

function openParser(request: Request): BusboyInstance {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' } as BusboyHeaders
  try {
    return new Busboy({
      headers,
      limits: { files: FILES_MAX, fields: FIELDS_MAX, fieldSize: FIELD_BYTES_MAX },
    })
  } catch (error) {
    throw failure('bad_request', {}, { cause: error })
  }
}

async function receive(stream: Readable, fileName: string): Promise<UploadedFile> {
  try {
    return { fileName, file: await receivePdf(stream, null) }
  } catch (error) {
    stream.resume()
    if (error instanceof Failure) return { fileName, file: { refused: error.code } }
    throw error
  }
}
