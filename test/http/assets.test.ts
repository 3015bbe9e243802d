// The browser's files come from memory, compressed as the browser wishes, cached for ever, and nothing else does.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type Assets, buildAssets } from '#src/http/assets.ts'

const CHAT_SCRIPTS_BYTES_MAX = 45_000
const DOCUMENTS_SCRIPTS_BYTES_MAX = 30_000

let assets: Assets
let cacheFolder: string

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'openhouse-assets-'))
  assets = await buildAssets({ cacheFolder })
})

afterAll(() => rm(cacheFolder, { recursive: true }))

const request = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  assets.respond(new Request(`http://localhost${path}`, { headers, method }))

const bytesOf = async (path: string, headers: Record<string, string> = {}) =>
  new Uint8Array(await request(path, headers)!.arrayBuffer())

test('every coding unpacks to the same script, and a browser without one gets it plain', async () => {
  const path = assets.url('purchaser.js')
  const plain = Buffer.from(await bytesOf(path))
  expect(plain.length).toBeGreaterThan(40_000)
  expect(Buffer.from(brotliDecompressSync(await bytesOf(path, { 'accept-encoding': 'br' })))).toEqual(plain)
  expect(Buffer.from(gunzipSync(await bytesOf(path, { 'accept-encoding': 'gzip' })))).toEqual(plain)
  expect(Buffer.from(zstdDecompressSync(await bytesOf(path, { 'accept-encoding': 'zstd' })))).toEqual(plain)
})

test('htmx and its stream extension are in the bundle', async () => {
  const script = new TextDecoder().decode(await bytesOf(assets.url('purchaser.js')))
  expect(script).toContain('HX-Request-Type')
  expect(script).toContain('text/event-stream')
})

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['zstd, gzip', 'zstd'],
  ['br;q=0.0', null],
  ['identity', null],
  ['', null],
])('a browser that accepts %p is sent %p', (accepted, coding) => {
  const response = request(assets.url('app.css'), { 'accept-encoding': accepted })!
  expect(response.headers.get('content-encoding')).toBe(coding)
  expect(response.headers.get('vary')).toBe('accept-encoding')
})

test('hashed names are immutable, typed, and answer 304 to their own tag only', () => {
  const path = assets.url('app.css')
  expect(path).toMatch(/^\/assets\/app\.[0-9a-z]{13}\.css$/)
  const response = request(path, { 'accept-encoding': 'br' })!
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
  const tag = response.headers.get('etag')!
  expect(request(path, { 'accept-encoding': 'br', 'if-none-match': `"x", W/${tag}` })!.status).toBe(304)
  expect(request(path, { 'accept-encoding': 'gzip', 'if-none-match': tag })!.status).toBe(200)
})

test('HEAD tells the length without the bytes, and other methods are refused', async () => {
  const path = assets.url('app.css')
  const head = request(path, {}, 'HEAD')!
  expect(await head.text()).toBe('')
  expect(Number(head.headers.get('content-length'))).toBe((await bytesOf(path)).byteLength)
  expect(request(path, {}, 'POST')!.status).toBe(405)
})

test.each([
  '/assets/app.css',
  '/assets/',
  '/assets/../package.json',
  '/assets/%2e%2e/.env',
  '/assets/.git/config',
])('%s is not served', (path) => {
  const response = request(path)
  expect(response === null || response.status === 404).toBe(true)
})

test('other paths are left to the routes', () => {
  expect(request('/')).toBeNull()
  expect(request('/documents')).toBeNull()
  expect(() => assets.url('missing.js')).toThrow('missing.js')
})

test('the manifest is revalidated and its icons exist', async () => {
  const response = request('/manifest.webmanifest')!
  expect(response.headers.get('cache-control')).toBe('no-cache')
  const manifest = (await response.json()) as { icons: { src: string }[] }
  expect(manifest.icons).not.toBeEmpty()
  for (const icon of manifest.icons) expect(request(icon.src)!.status).toBe(200)
})

test('the scripts of a page stay within their budget', async () => {
  const size = async (name: string) =>
    (await bytesOf(assets.url(name), { 'accept-encoding': 'br' })).byteLength
  const documents = await size('purchaser.js')
  expect(documents).toBeLessThan(DOCUMENTS_SCRIPTS_BYTES_MAX)
  expect(documents + (await size('chat.js'))).toBeLessThan(CHAT_SCRIPTS_BYTES_MAX)
})

test('a second boot takes the compressed copies from the cache and serves the same bytes', async () => {
  const files = await readdir(cacheFolder)
  const second = await buildAssets({ cacheFolder })
  expect(await readdir(cacheFolder)).toEqual(files)
  const headers = { 'accept-encoding': 'br' }
  const again = second.respond(new Request(`http://localhost${second.url('staff.js')}`, { headers }))!
  expect(new Uint8Array(await again.arrayBuffer())).toEqual(await bytesOf(assets.url('staff.js'), headers))
})
