// Both kinds of storage do the same; the S3 one against a store that checks signatures and misbehaves on demand.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openStorage,
  type Storage,
  type StorageSettings,
  StoredFileMissing,
  s3Client,
} from '#src/clients/storage.ts'
import { type S3Double, startS3Double } from '../support/doubles/s3.ts'

const keys = {
  accessKeyId: 'AKOPENHOUSE',
  secretAccessKey: 'a/secret+key',
  region: 'eu-west-1',
  bucket: 'files',
}
/** Where Supabase's store has its buckets. */
const PREFIX = '/storage/v1/s3'
/** For a store that stays silent. Where it answers, the product's own deadlines stand: a busy machine is no fault. */
const FAST = { callMs: 300, transferMs: 2_000, idleMs: 300 }
const MB = 1_000_000
const folder = mkdtempSync(join(tmpdir(), 'openhouse-storage-'))

let store: S3Double
const settings = (changed: Partial<StorageSettings> = {}): StorageSettings => ({
  dataDir: folder,
  STORAGE_S3_ENDPOINT: store.endpoint,
  STORAGE_S3_BUCKET: keys.bucket,
  STORAGE_S3_REGION: keys.region,
  STORAGE_S3_ACCESS_KEY_ID: keys.accessKeyId,
  STORAGE_S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  ...changed,
})
const bytes = (count: number) => new Uint8Array(count).map((_, i) => (i * 31) % 251)
const newKey = () => [1, 2, 3].map(() => crypto.randomUUID()).join('/')
const read = async (storage: Storage, key: string, range?: { start: number; end: number }) =>
  new Uint8Array(await new Response((await storage.open(key, range)).stream()).arrayBuffer())
async function stored(storage: Storage, content: Uint8Array): Promise<string> {
  const key = newKey()
  const path = join(folder, crypto.randomUUID())
  await Bun.write(path, content)
  await storage.store(key, path, 'application/pdf')
  expect(existsSync(path)).toBe(false)
  return key
}

beforeAll(() => {
  store = startS3Double(keys, { prefix: PREFIX })
})
afterEach(() => {
  for (const method of ['GET', 'PUT', 'HEAD', 'DELETE', 'POST']) store.fail(method, null)
})
afterAll(() => store.stop())

describe.each(['folder', 's3'] as const)('a store that is a %s', (kind) => {
  const open = () => openStorage(kind === 's3' ? settings() : settings({ STORAGE_S3_ENDPOINT: undefined }))

  test('gives back what was put in, whole, in parts and as a local file', async () => {
    const storage = open()
    const content = bytes(12 * MB)
    const key = await stored(storage, content)
    expect(Bun.hash(await read(storage, key))).toBe(Bun.hash(content))
    expect(await read(storage, key, { start: 6 * MB, end: 6 * MB + 100 })).toEqual(
      content.slice(6 * MB, 6 * MB + 100),
    )
    const borrowed = await storage.borrow(key)
    expect(Bun.hash(await Bun.file(borrowed.path).bytes())).toBe(Bun.hash(content))
    await borrowed.giveBack()
  })

  test('keeps the newer of two files under one key', async () => {
    const storage = open()
    const key = await stored(storage, bytes(10))
    const path = join(folder, crypto.randomUUID())
    await Bun.write(path, 'newer')
    await storage.store(key, path)
    expect(await (await storage.open(key)).text()).toBe('newer')
  })

  test('says that a file is missing, and removes what is not there without a word', async () => {
    const storage = open()
    const key = await stored(storage, bytes(10))
    await storage.remove(key)
    await storage.remove(key)
    await expect(storage.open(key)).rejects.toBeInstanceOf(StoredFileMissing)
    await expect(storage.borrow(key)).rejects.toBeInstanceOf(StoredFileMissing)
  })

  test.each(['../../etc/passwd', 'a/b/c', 'anchors/../x', ''])('refuses %p as a key', async (key) => {
    await expect(open().open(key)).rejects.toThrow('not a storage key')
    await expect(open().remove(key)).rejects.toThrow('not a storage key')
  })
})

test('a large file goes up in parts, and a range asks the store for no more than the range', async () => {
  const storage = openStorage(settings())
  store.requests.length = 0
  const key = await stored(storage, bytes(12 * MB))
  expect(store.requests.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'PUT', 'POST'])
  await read(storage, key, { start: 5, end: 15 })
  expect(store.requests.at(-1)).toMatchObject({ method: 'GET', status: 206, range: 'bytes=5-14' })
  expect(store.requests.every(({ path }) => path === `${PREFIX}/${keys.bucket}/${key}`)).toBe(true)
})

test.each([
  ['another secret', { STORAGE_S3_SECRET_ACCESS_KEY: 'wrong' }],
  ['another key', { STORAGE_S3_ACCESS_KEY_ID: 'wrong' }],
  ['another region', { STORAGE_S3_REGION: 'us-east-1' }],
])('a request signed with %s is refused, and the file stays where it was', async (_, changed) => {
  const key = await stored(openStorage(settings()), bytes(10))
  const wrong = openStorage(settings(changed))
  const path = join(folder, crypto.randomUUID())
  await Bun.write(path, 'kept')
  await expect(wrong.store(key, path)).rejects.toThrow()
  await expect(wrong.open(key)).rejects.not.toBeInstanceOf(StoredFileMissing)
  await expect(wrong.remove(key)).rejects.toThrow()
  expect(await Bun.file(path).text()).toBe('kept')
  expect(store.objects.get(key)?.bytes).toEqual(bytes(10))
})

test('a signed address gives its one file until its time is over', async () => {
  const [key, other] = [await stored(openStorage(settings(), FAST), bytes(10)), newKey()]
  const signed = s3Client(settings()).presign(key, { expiresIn: 60, method: 'GET' })
  const asked = async (url: string) => (await fetch(url)).status
  expect(await asked(signed)).toBe(200)
  expect(await asked(signed.replace(key, other))).toBe(403)
  expect(await asked(signed.replace('Expires=60', 'Expires=6000'))).toBe(403)
  expect(await asked(signed.replace('Expires=60', 'Expires=0'))).toBe(403)
  expect(await asked(signed.replace(/\?.*/, ''))).toBe(403)
})

test('a store that says slow down fails what is being read, and has lost no file', async () => {
  const storage = openStorage(settings(), FAST)
  const key = await stored(storage, bytes(10))
  store.fail('GET', 'slow_down')
  const failing = await read(storage, key).catch((error: unknown) => error)
  expect(failing).toBeInstanceOf(Error)
  expect(failing).not.toBeInstanceOf(StoredFileMissing)
})

test.each([
  ['says nothing', 'HEAD', 'silent'],
  ['answers with a page of a proxy', 'HEAD', 'html'],
] as const)('a store that %s is given up in time', async (_, method, fault) => {
  const storage = openStorage(settings(), FAST)
  const key = await stored(storage, bytes(10))
  store.fail(method, fault)
  const failing = await storage.open(key).catch((error: unknown) => error)
  expect(failing).toBeInstanceOf(Error)
  expect(failing).not.toBeInstanceOf(StoredFileMissing)
})

test('a file whose upload the store swallows stays on this machine', async () => {
  const storage = openStorage(settings(), { ...FAST, transferMs: 300 })
  const path = join(folder, crypto.randomUUID())
  await Bun.write(path, 'kept')
  store.fail('PUT', 'silent')
  await expect(storage.store(newKey(), path)).rejects.toThrow('did not answer within 300 ms')
  expect(await Bun.file(path).text()).toBe('kept')
})

test.each([
  ['stops half-way', 'cut', 'did not answer within'],
  ['sends half as if it were all', 'short', 'of 1000 bytes'],
] as const)('a body that %s fails: it is never taken for the file', async (_, fault, message) => {
  const storage = openStorage(settings(), FAST)
  const key = await stored(storage, bytes(1_000))
  store.fail('GET', fault)
  await expect(read(storage, key)).rejects.toThrow(message)
  await expect(storage.borrow(key)).rejects.toThrow(message)
  expect(readdirSync(join(folder, 'tmp'))).toEqual([])
})
