// Receives a file as a stream: counted, hashed and checked while it arrives, never held in memory.
import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { config } from './config.ts'
import { refusalOfFirstBytes } from './documents/first-bytes.ts'
import { failure } from './failure.ts'

/** A sender that goes quiet for this long is given up. */
const IDLE_TIMEOUT_MS = 30_000
/** 100 MB at 1 Mbit/s; a sender of one byte a second holds a socket and a file no longer than this. */
const TOTAL_TIMEOUT_MS = 900_000
/** Enough to tell what a file is. */
const FIRST_BYTES = 1_024

export type ReceivedFile = {
  path: string
  sizeBytes: number
  sha256: string
  /** Removes the temporary file; harmless once it has moved on. */
  discard(): Promise<void>
}

/** Removes what a killed process left half received. Only for the process that holds the data folder. */
export async function sweepUploads(): Promise<void> {
  await rm(join(config().dataDir, 'tmp'), { recursive: true, force: true })
  await mkdir(join(config().dataDir, 'tmp'), { recursive: true })
}

/**
 * Streams a PDF to a temporary file.
 * @throws Failure `file_empty`, `type_mismatch`, `too_large` or `upload_incomplete`; nothing is left behind then.
 */
export async function receivePdf(
  body: AsyncIterable<Uint8Array> | null,
  declaredBytes: number | null,
): Promise<ReceivedFile> {
  const bytesMax = config().UPLOAD_BYTES_MAX
  if (declaredBytes !== null && declaredBytes > bytesMax) throw failure('too_large')
  const folder = join(config().dataDir, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = join(folder, crypto.randomUUID())
  const discard = () => rm(path, { force: true })
  try {
    const { sizeBytes, sha256 } = await writeCounted(body, path, bytesMax)
    if (declaredBytes !== null && sizeBytes < declaredBytes) throw failure('upload_incomplete')
    return { path, sizeBytes, sha256, discard }
  } catch (error) {
    await discard()
    throw error
  }
}

/**
 * Receives a small file into memory, within the same bounds of time.
 * @throws Failure `file_empty`, `too_large` or `upload_incomplete`
 */
export async function receiveBytes(
  body: AsyncIterable<Uint8Array> | null,
  declaredBytes: number | null,
  bytesMax: number,
): Promise<Uint8Array> {
  if (declaredBytes !== null && declaredBytes > bytesMax) throw failure('too_large')
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of withIdleLimit(body)) {
    sizeBytes += part.byteLength
    if (sizeBytes > bytesMax) throw failure('too_large')
    parts.push(part)
  }
  if (declaredBytes !== null && sizeBytes < declaredBytes) throw failure('upload_incomplete')
  if (sizeBytes === 0) throw failure('file_empty')
  return new Uint8Array(Buffer.concat(parts))
}

async function writeCounted(
  body: AsyncIterable<Uint8Array> | null,
  path: string,
  bytesMax: number,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256')
  const writer = Bun.file(path).writer()
  let sizeBytes = 0
  let head = new Uint8Array(0)
  let isChecked = false
  try {
    for await (const part of withIdleLimit(body)) {
      sizeBytes += part.byteLength
      if (sizeBytes > bytesMax) throw failure('too_large')
      if (!isChecked) {
        head = concatenated(head, part)
        if (head.byteLength >= FIRST_BYTES) isChecked = check(head)
      }
      hash.update(part)
      writer.write(part)
      await writer.flush()
    }
  } finally {
    await writer.end()
  }
  if (!isChecked) check(head)
  return { sizeBytes, sha256: hash.digest('hex') }
}

function check(head: Uint8Array): true {
  const refusal = refusalOfFirstBytes(head)
  if (refusal) throw failure(refusal)
  return true
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.byteLength + b.byteLength)
  joined.set(a)
  joined.set(b, a.byteLength)
  return joined
}

async function* withIdleLimit(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return
  const parts = body[Symbol.asyncIterator]()
  const endsAtMs = performance.now() + TOTAL_TIMEOUT_MS
  for (;;) {
    let timer: Timer | undefined
    const quiet = new Promise<never>((_, reject) => {
      const waitMs = Math.min(IDLE_TIMEOUT_MS, endsAtMs - performance.now())
      timer = setTimeout(() => reject(failure('upload_incomplete')), Math.max(0, waitMs))
    })
    try {
      const next = await Promise.race([parts.next(), quiet])
      if (next.done) return
      yield next.value
    } catch (error) {
      // A connection that breaks mid-way surfaces as the stream's own error.
      throw error instanceof Error && error.name === 'Failure'
        ? error
        : failure('upload_incomplete', {}, { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }
}
