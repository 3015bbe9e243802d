// Where files live: a local folder, or any S3-compatible store. Keys are made of ids, never of file names.
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { S3Client } from 'bun'
import type { Scope } from '#db/scope.ts'
import type { Config } from '../config.ts'

/** A silent store would hang for ever: Bun's client has no time-out of its own. */
const TIMEOUTS = {
  callMs: 30_000,
  transferMs: 120_000,
  /** A body of which nothing more comes for so long is given up. */
  idleMs: 30_000,
}
/** `{tenant}/{document}/{version}`. */
export const STORED_FILE_KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/
const KEY_SHAPE = /^(?:[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}|anchors\/\d{4}-\d{2}-\d{2})$/

/** The store has no such file (any more). */
export class StoredFileMissing extends Error {}

/** What is in the store, read as it is sent on: a download costs no more memory than what is under way. */
export type StoredFile = { stream(): ReadableStream<Uint8Array>; text(): Promise<string> }

export type Storage = {
  /** Moves a local file into the store. Storing the same key twice leaves the newer file. */
  store(key: string, path: string, type?: string): Promise<void>
  /** A local path to read the file from, and what to do when done with it. */
  borrow(key: string): Promise<{ path: string; giveBack(): Promise<void> }>
  /** The whole file or a part of it (`end` exclusive), as a body for a response. */
  open(key: string, range?: { start: number; end: number }): Promise<StoredFile>
  remove(key: string): Promise<void>
}

/** The key of a version's file. Its first part is the scope's tenant. */
export const storageKey = (scope: Scope, documentId: string, versionId: string): string =>
  `${scope.tenantId}/${documentId}/${versionId}`

/** The key of the day's anchor of the activity log; `day` is a date such as 2026-11-24. */
export const anchorKey = (day: string): string => `anchors/${day}`

export type StorageSettings = Pick<Config, 'dataDir' | (keyof Config & `STORAGE_${string}`)>

let active: Storage | null = null

export function useStorage(storage: Storage): void {
  active = storage
}

export function storage(): Storage {
  if (!active) throw new Error('no storage is set')
  return active
}

export const openStorage = (config: StorageSettings, timeouts = TIMEOUTS): Storage =>
  config.STORAGE_S3_ENDPOINT ? s3Storage(config, timeouts) : localStorage(join(config.dataDir, 'files'))

function localStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, checked(key))
  return {
    async store(key, path) {
      await mkdir(dirname(pathOf(key)), { recursive: true })
      try {
        await rename(path, pathOf(key))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
        await copyFile(path, pathOf(key))
        await rm(path, { force: true })
      }
    },
    async borrow(key) {
      await present(pathOf(key))
      return { path: pathOf(key), giveBack: async () => {} }
    },
    async open(key, range) {
      await present(pathOf(key))
      const file = Bun.file(pathOf(key))
      return range ? file.slice(range.start, range.end) : file
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

export const s3Client = (config: StorageSettings): S3Client =>
  new S3Client({
    endpoint: config.STORAGE_S3_ENDPOINT as string,
    bucket: config.STORAGE_S3_BUCKET as string,
    region: config.STORAGE_S3_REGION,
    accessKeyId: config.STORAGE_S3_ACCESS_KEY_ID as string,
    secretAccessKey: config.STORAGE_S3_SECRET_ACCESS_KEY as string,
  })

function s3Storage(config: StorageSettings, timeouts: typeof TIMEOUTS): Storage {
  const client = s3Client(config)
  const temporary = join(config.dataDir, 'tmp')
  const missing = (key: string) => (error: unknown) => {
    if ((error as { code?: string }).code === 'NoSuchKey') throw new StoredFileMissing(key)
    throw error
  }
  return {
    async store(key, path, type = 'application/pdf') {
      await withDeadline(client.file(checked(key)).write(Bun.file(path), { type }), timeouts.transferMs)
      await rm(path, { force: true })
    },
    async borrow(key) {
      const file = client.file(checked(key))
      const { size } = await withDeadline(file.stat(), timeouts.callMs).catch(missing(key))
      await mkdir(temporary, { recursive: true })
      const path = join(temporary, crypto.randomUUID())
      const giveBack = () => rm(path, { force: true })
      try {
        await Bun.write(path, new Response(whole(file.stream(), size, timeouts.idleMs)))
      } catch (error) {
        await giveBack()
        throw error
      }
      return { path, giveBack }
    },
    async open(key, range) {
      const file = client.file(checked(key))
      const { size } = await withDeadline(file.stat(), timeouts.callMs).catch(missing(key))
      const part = range ? file.slice(range.start, range.end) : file
      const stream = () =>
        whole(part.stream(), range ? Math.min(range.end, size) - range.start : size, timeouts.idleMs)
      return { stream, text: () => new Response(stream()).text() }
    },
    async remove(key) {
      await withDeadline(client.file(checked(key)).delete(), timeouts.callMs)
    },
  }
}

/** Fails unless `bytes` arrive in time: Bun's client takes a body that stops short, or never goes on, for a good one. */
function whole(body: ReadableStream<Uint8Array>, bytes: number, idleMs: number): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let left = bytes
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await withDeadline(reader.read(), idleMs)
        if (!done) {
          left -= value.length
          return controller.enqueue(value)
        }
        if (left !== 0) throw new Error(`the file store sent ${bytes - left} of ${bytes} bytes`)
        controller.close()
      } catch (error) {
        void reader.cancel().catch(() => {})
        controller.error(error)
      }
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** Bun's client normalises `..` out of the bucket's path, so a key of any other shape never reaches it. */
function checked(key: string): string {
  if (!KEY_SHAPE.test(key)) throw new Error(`not a storage key: ${key}`)
  return key
}

async function present(path: string): Promise<void> {
  await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new StoredFileMissing(path)
    throw error
  })
}

async function withDeadline<T>(call: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the file store did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    )
  })
  return Promise.race([call, late]).finally(() => clearTimeout(timer))
}
