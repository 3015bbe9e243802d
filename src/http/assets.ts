// Builds every browser asset at boot and serves it from memory: hashed names, precompressed, cached for ever.
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

const PUBLIC_FOLDER = join(import.meta.dir, '../../public')
const ENTRIES = [
  'app.css',
  'purchaser.ts',
  'challenge.ts',
  'staff.ts',
  'islands/charts.ts',
  'islands/chat.ts',
  'islands/intro.ts',
  'islands/upload.ts',
  'islands/tail.ts',
  'islands/map.ts',
  'islands/site-map.ts',
  'map.css',
  'islands/emergency.ts',
  'service-worker.ts',
]
const ASSETS_PREFIX = '/assets/'
const MANIFEST_PATH = '/manifest.webmanifest'
/** At the root, because a service worker rules what lies below its own address. */
const SERVICE_WORKER_PATH = '/service-worker.js'
/** Where a browser looks when there is no page that names an icon: beside a PDF. */
const FAVICON_PATH = '/favicon.ico'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const REVALIDATED = 'no-cache'

// The best quality costs 0.2 s of boot for all assets, so it is paid once per content and kept in the cache folder.
const BROTLI_QUALITY_CACHED = 11
const BROTLI_QUALITY_UNCACHED = 5
const ZSTD_LEVEL = 19
const GZIP_LEVEL = 9

const CONTENT_TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webmanifest: 'application/manifest+json',
}

type Coding = 'br' | 'zstd' | 'gzip'
// Smallest first: the first one a browser accepts is sent.
const CODINGS: Coding[] = ['br', 'zstd', 'gzip']

type Asset = {
  type: string
  etag: string
  cacheControl: string
  body: Uint8Array<ArrayBuffer>
  encoded: Partial<Record<Coding, Uint8Array<ArrayBuffer>>>
}

export type Assets = {
  /** The URL of an asset by its plain name, e.g. `purchaser.js`; throws when there is none of that name. */
  url(name: string): string
  /** Null when the path is not an asset's; 404 and 405 are answered here. */
  respond(request: Request): Response | null
}

/** `cacheFolder` keeps compressed copies by content hash between boots; without it compression is light. */
export async function buildAssets({ cacheFolder }: { cacheFolder?: string } = {}): Promise<Assets> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const [bundled, icons] = await Promise.all([bundle(), readIcons()])
  for (const [name, body] of [...bundled, ...icons]) files.set(name, body)

  const urls = new Map<string, string>()
  for (const [name, body] of files) urls.set(name, ASSETS_PREFIX + hashedName(name, body))

  if (cacheFolder) await mkdir(cacheFolder, { recursive: true })
  const assets = new Map<string, Asset>()
  await Promise.all(
    [...files].map(async ([name, body]) => {
      assets.set(urls.get(name)!, await prepare(name, body, IMMUTABLE, cacheFolder))
    }),
  )
  const manifest = await webManifest((icon) => urls.get(icon)!)
  assets.set(MANIFEST_PATH, await prepare('manifest.webmanifest', manifest, REVALIDATED, cacheFolder))

  assets.set(
    SERVICE_WORKER_PATH,
    await prepare('service-worker.js', files.get('service-worker.js')!, REVALIDATED, cacheFolder),
  )

  assets.set(
    FAVICON_PATH,
    await prepare('icon-180.png', files.get('icon-180.png')!, REVALIDATED, cacheFolder),
  )

  return {
    url(name) {
      const url = urls.get(name)
      if (!url) throw new Error(`there is no asset called ${name}`)
      return url
    },
    respond: (request) => respond(assets, request),
  }
}

async function bundle(): Promise<[string, Uint8Array<ArrayBuffer>][]> {
  const result = await Bun.build({
    entrypoints: ENTRIES.map((entry) => join(PUBLIC_FOLDER, entry)),
    target: 'browser',
    minify: true,
    naming: '[name].[ext]',
  })
  return Promise.all(
    result.outputs.map(async (output) => [
      output.path.replace(/^.*\//, ''),
      new Uint8Array(await output.arrayBuffer()),
    ]),
  )
}

async function readIcons(): Promise<[string, Uint8Array<ArrayBuffer>][]> {
  const folder = join(PUBLIC_FOLDER, 'icons')
  const names = await readdir(folder)
  return Promise.all(names.map(async (name) => [name, await Bun.file(join(folder, name)).bytes()]))
}

async function webManifest(iconUrl: (name: string) => string) {
  const manifest = (await Bun.file(join(PUBLIC_FOLDER, 'manifest.json')).json()) as {
    icons: { src: string }[]
  }
  for (const icon of manifest.icons) icon.src = iconUrl(icon.src)
  return new TextEncoder().encode(JSON.stringify(manifest))
}

const contentHash = (body: Uint8Array) => Bun.hash(body).toString(36).padStart(13, '0')

const hashedName = (name: string, body: Uint8Array) => name.replace(/\.(\w+)$/, `.${contentHash(body)}.$1`)

async function prepare(
  name: string,
  body: Uint8Array<ArrayBuffer>,
  cacheControl: string,
  cacheFolder: string | undefined,
): Promise<Asset> {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const encoded: Asset['encoded'] = {}
  if (extension !== 'png') {
    await Promise.all(
      CODINGS.map(async (coding) => {
        encoded[coding] = await compressed(coding, body, cacheFolder)
      }),
    )
  }
  const type = CONTENT_TYPES[extension]
  if (!type) throw new Error(`no content type is known for the asset ${name}`)
  return { type, etag: `"${contentHash(body)}"`, cacheControl, body, encoded }
}

async function compressed(coding: Coding, body: Uint8Array<ArrayBuffer>, cacheFolder: string | undefined) {
  if (!cacheFolder) return compress(coding, body, BROTLI_QUALITY_UNCACHED)
  const cached = Bun.file(join(cacheFolder, `${contentHash(body)}.${coding}`))
  if (await cached.exists()) return cached.bytes()
  const bytes = await compress(coding, body, BROTLI_QUALITY_CACHED)
  await Bun.write(cached, bytes)
  return bytes
}

async function compress(coding: Coding, body: Uint8Array, brotliQuality: number) {
  if (coding === 'gzip') return new Uint8Array(await promisify(gzip)(body, { level: GZIP_LEVEL }))
  if (coding === 'zstd') {
    const params = { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL }
    return new Uint8Array(await promisify(zstdCompress)(body, { params }))
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  }
  return new Uint8Array(await promisify(brotliCompress)(body, { params }))
}

function respond(assets: Map<string, Asset>, request: Request): Response | null {
  const { pathname } = new URL(request.url)
  const asset = assets.get(pathname)
  if (!asset && !pathname.startsWith(ASSETS_PREFIX)) return null
  if (!asset) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Method not allowed', { status: 405, headers: { allow: 'GET, HEAD' } })
  }
  const coding = CODINGS.find((candidate) => asset.encoded[candidate] && accepts(request, candidate))
  const body = (coding && asset.encoded[coding]) ?? asset.body
  // Each coding is another representation, so it has its own tag (RFC 9110, 8.8.3).
  const etag = coding ? asset.etag.replace(/"$/, `-${coding}"`) : asset.etag
  const headers = new Headers({
    'content-type': asset.type,
    'cache-control': asset.cacheControl,
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    etag,
  })
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  if (coding) headers.set('content-encoding', coding)
  headers.set('content-length', String(body.byteLength))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}

function accepts(request: Request, coding: Coding) {
  for (const item of (request.headers.get('accept-encoding') ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = item.split(';').map((part) => part.trim())
    if (name !== coding) continue
    return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  }
  return false
}

const matches = (ifNoneMatch: string | null, etag: string) =>
  ifNoneMatch?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ??
  false
