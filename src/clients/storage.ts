// Where files live: a local folder, or any S3-compatible store. Keys are made of ids, never of file names.
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { S3Client } from 'bun'
import type { Scope } from '#db/scope.ts'
import type { Config } from '../config.ts'

/** A silent store would hang for ever: Bun's client has no time-out of its own. */
const CALL_TIMEOUT_MS = 30_000
const TRANSFER_TIMEOUT_MS = 120_000
/** `{tenant}/{document}/{version}`. */
export const STORED_FILE_KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/
const KEY_SHAPE = /^(?:[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}|anchors\/\d{4}-\d{2}-\d{2})$/

/** The store has no such file (any more). */
export class StoredFileMissing extends Error {}

export type Storage = {
  /** Moves a local file into the store. Storing the same key twice leaves the newer file. */
  store(key: string, path: string, type?: string): Promise<void>
  /** A local path to read the file from, and what to do when done with it. */
  borrow(key: string): Promise<{ path: string; giveBack(): Promise<void> }>
  /** The whole file or a part of it (`end` exclusive), as a body for a response. */
  open(key: string, range?: { start: number; end: number }): Promise<Blob>
  remove(key: string): Promise<void>
}

/** The key of a version's file. Its first part is the scope's tenant. */
export const storageKey = (scope: Scope, documentId: string, versionId: string): string =>
  `${scope.tenantId}/${documentId}/${versionId}`

/** The key of the day's anchor of the activity log; `day` is a date such as 2026-11-24. */
export const anchorKey = (day: string): string => `anchors/${day}`

let active: Storage | null = null

export function useStorage(storage: Storage): void {
  active = storage
}

export function storage(): Storage {
  if (!active) throw new Error('no storage is set')
  return active
}

export const openStorage = (config: Config): Storage =>
  config.STORAGE_S3_ENDPOINT ? s3Storage(config) : localStorage(join(config.dataDir, 'files'))

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

function s3Storage(config: Config): Storage {
  const client = new S3Client({
    endpoint: config.STORAGE_S3_ENDPOINT as string,
    bucket: config.STORAGE_S3_BUCKET as string,
    region: config.STORAGE_S3_REGION,
    accessKeyId: config.STORAGE_S3_ACCESS_KEY_ID as string,
    secretAccessKey: config.STORAGE_S3_SECRET_ACCESS_KEY as string,
  })
  const temporary = join(config.dataDir, 'tmp')
  const missing = (key: string) => (error: unknown) => {
    if ((error as { code?: string }).code === 'NoSuchKey') throw new StoredFileMissing(key)
    throw error
  }
  return {
    async store(key, path, type = 'application/pdf') {
      await withDeadline(client.file(checked(key)).write(Bun.file(path), { type }), TRANSFER_TIMEOUT_MS)
      await rm(path, { force: true })
    },
    async borrow(key) {
      await mkdir(temporary, { recursive: true })
      const path = join(temporary, crypto.randomUUID())
      await withDeadline(
        Bun.write(path, new Response(client.file(checked(key)).stream())),
        TRANSFER_TIMEOUT_MS,
      ).catch(missing(key))
      return { path, giveBack: () => rm(path, { force: true }) }
    },
    async open(key, range) {
      const file = client.file(checked(key))
      await withDeadline(file.stat(), CALL_TIMEOUT_MS).catch(missing(key))
      const part = range ? file.slice(range.start, range.end) : file
      return new Blob([await withDeadline(part.arrayBuffer(), TRANSFER_TIMEOUT_MS)], {
        type: 'application/pdf',
      })
    },
    async remove(key) {
      await withDeadline(client.file(checked(key)).delete(), CALL_TIMEOUT_MS)
    },
  }
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
