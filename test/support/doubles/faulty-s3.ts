// An S3 store of our own that checks every signature, with faults on demand. Ready-made doubles let any signature pass.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type StoreFault = 'slow_down' | 'silent' | 'cut' | 'html' | 'short'

export type StoreRequest = { method: string; path: string; status: number; range: string | null }

export type S3Double = {
  endpoint: string
  objects: Map<string, { bytes: Uint8Array; type: string }>
  requests: StoreRequest[]
  /** What the next requests of a method meet, until it is taken back with null. */
  fail(method: string, fault: StoreFault | null): void
  stop(): void
}

export type StoreKeys = { accessKeyId: string; secretAccessKey: string; region: string; bucket: string }

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
const refusal = (status: number, code: string) =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, {
    status,
    headers: { 'content-type': 'application/xml' },
  })

/** `prefix` is what stands before the bucket, such as Supabase's `/storage/v1/s3`. */
export function startS3Double(keys: StoreKeys, prefix = ''): S3Double {
  const objects: S3Double['objects'] = new Map()
  const uploads = new Map<string, { key: string; type: string; parts: Map<number, Uint8Array> }>()
  const requests: StoreRequest[] = []
  const faults = new Map<string, StoreFault>()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 0,
    async fetch(request) {
      const response = await answer(request)
      const { pathname } = new URL(request.url)
      const range = request.headers.get('range')
      requests.push({ method: request.method, path: pathname, status: response.status, range })
      return response
    },
  })

  async function answer(request: Request): Promise<Response> {
    const body = new Uint8Array(await request.arrayBuffer())
    const fault = faults.get(request.method)
    if (fault === 'silent') return new Promise(() => {})
    if (fault === 'slow_down') return refusal(503, 'SlowDown')
    if (fault === 'html') return new Response('<html>Bad gateway</html>', { status: 502 })
    if (!isSigned(request, body, keys)) return refusal(403, 'SignatureDoesNotMatch')
    const url = new URL(request.url)
    const start = `${prefix}/${keys.bucket}/`
    if (!url.pathname.startsWith(start)) return refusal(404, 'NoSuchBucket')
    const key = decodeURIComponent(url.pathname.slice(start.length))
    if (request.method === 'POST' || url.searchParams.has('uploadId'))
      return multipart(request, url, key, body)
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, type: request.headers.get('content-type') ?? '' })
      return new Response(null, { headers: { etag: `"${sha256(body)}"` } })
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return new Response(null, { status: 204 })
    }
    const object = objects.get(key)
    return object ? read(request, object, fault) : refusal(404, 'NoSuchKey')
  }

  function read(
    request: Request,
    object: { bytes: Uint8Array; type: string },
    fault: StoreFault | undefined,
  ): Response {
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '')
    const [from, to] = match
      ? [Number(match[1]), match[2] ? Number(match[2]) + 1 : object.bytes.length]
      : [0, object.bytes.length]
    const bytes = object.bytes.slice(from, to)
    const headers: Record<string, string> = {
      'content-type': object.type,
      etag: `"${sha256(object.bytes)}"`,
      'last-modified': new Date(0).toUTCString(),
    }
    if (match) headers['content-range'] = `bytes ${from}-${to - 1}/${object.bytes.length}`
    if (request.method === 'HEAD')
      return new Response(null, { headers: { ...headers, 'content-length': String(bytes.length) } })
    if (fault === 'short')
      return new Response(bytes.slice(0, bytes.length >> 1), { status: match ? 206 : 200, headers })
    return new Response(fault === 'cut' ? half(bytes) : bytes, { status: match ? 206 : 200, headers })
  }

  /** Half of it, and then the connection says no more. */
  const half = (bytes: Uint8Array) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes.slice(0, bytes.length >> 1)),
      pull: () => new Promise(() => {}),
    })

  function multipart(request: Request, url: URL, key: string, body: Uint8Array): Response {
    const id = url.searchParams.get('uploadId')
    if (!id) {
      const made = crypto.randomUUID()
      uploads.set(made, { key, type: request.headers.get('content-type') ?? '', parts: new Map() })
      return new Response(
        `<InitiateMultipartUploadResult><Bucket>${keys.bucket}</Bucket><Key>${key}</Key><UploadId>${made}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    const upload = uploads.get(id)
    if (!upload || upload.key !== key) return refusal(404, 'NoSuchUpload')
    if (request.method === 'PUT') {
      upload.parts.set(Number(url.searchParams.get('partNumber')), body)
      return new Response(null, { headers: { etag: `"${sha256(body)}"` } })
    }
    uploads.delete(id)
    if (request.method === 'DELETE') return new Response(null, { status: 204 })
    const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)
    objects.set(key, { bytes: Buffer.concat(parts), type: upload.type })
    return new Response(`<CompleteMultipartUploadResult><ETag>"${id}"</ETag></CompleteMultipartUploadResult>`)
  }

  return {
    endpoint: `http://127.0.0.1:${server.port}${prefix}`,
    objects,
    requests,
    fail: (method, fault) => void (fault ? faults.set(method, fault) : faults.delete(method)),
    stop: () => void server.stop(true),
  }
}

/** Signature version 4, by the book: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function isSigned(request: Request, body: Uint8Array, keys: StoreKeys): boolean {
  if (new URL(request.url).searchParams.has('X-Amz-Signature')) return isPresigned(request, keys)
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.get('authorization') ?? '',
    )
  if (!match) return false
  const [, keyId, day = '', region, names = '', given = ''] = match
  const date = request.headers.get('x-amz-date') ?? ''
  const payload = request.headers.get('x-amz-content-sha256') ?? ''
  if (keyId !== keys.accessKeyId || region !== keys.region || !date.startsWith(day)) return false
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return false
  const url = new URL(request.url)
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const signed = names.split(';').map((name) => `${name}:${(request.headers.get(name) ?? '').trim()}\n`)
  const canonical = [request.method, url.pathname, query, signed.join(''), names, payload].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  return isSame(given, hmac(signingKey(keys, day), toSign))
}

/** An address that carries its own signature, for as long as it says. */
function isPresigned(request: Request, keys: StoreKeys): boolean {
  const url = new URL(request.url)
  const given = url.searchParams.get('X-Amz-Signature') ?? ''
  const [keyId, day = '', region] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/')
  const date = url.searchParams.get('X-Amz-Date') ?? ''
  const names = url.searchParams.get('X-Amz-SignedHeaders') ?? ''
  if (keyId !== keys.accessKeyId || region !== keys.region || !date.startsWith(day)) return false
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const signed = names.split(';').map((name) => `${name}:${(request.headers.get(name) ?? '').trim()}\n`)
  const lines = [request.method, url.pathname, query, signed.join(''), names, 'UNSIGNED-PAYLOAD']
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, sha256(lines.join('\n'))]
  return isSame(given, hmac(signingKey(keys, day), toSign.join('\n')))
}

const signingKey = (keys: StoreKeys, day: string) =>
  [keys.region, 's3', 'aws4_request'].reduce(
    (from: string | Buffer, text) => hmac(from, text),
    hmac(`AWS4${keys.secretAccessKey}`, day),
  )

function isSame(given: string, right: Buffer): boolean {
  const bytes = Buffer.from(given, 'hex')
  return bytes.length === right.length && timingSafeEqual(right, bytes)
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
