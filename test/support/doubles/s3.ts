// An S3 store of our own that checks every signature, with faults on demand. Ready-made doubles let any signature pass.
import { createHash } from 'node:crypto'
import { type StoreKeys, signatureRefusal } from './s3-signature.ts'

/** An object is a refusal with that code, whatever the request. */
type StoreFault = 'slow_down' | 'silent' | 'cut' | 'html' | 'short' | { refuses: string }

type StoreRequest = { method: string; path: string; status: number; range: string | null }
type StoredObject = { bytes: Uint8Array; type: string }

export type S3Double = {
  endpoint: string
  objects: Map<string, StoredObject>
  requests: StoreRequest[]
  /** What the next requests of a method meet, until it is taken back with null. */
  fail(method: string, fault: StoreFault | null): void
  stop(): void
}

type S3Options = {
  /** What stands before the bucket, such as Supabase's `/storage/v1/s3`. */
  prefix?: string
  /** Gives objects to strangers as well, as a bucket does that somebody made public. */
  isPublic?: boolean
}

const etagOf = (bytes: Uint8Array) => `"${createHash('sha256').update(bytes).digest('hex')}"`
const refusal = (status: number, code: string) =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, {
    status,
    headers: { 'content-type': 'application/xml' },
  })

export function startS3Double(keys: StoreKeys, { prefix = '', isPublic = false }: S3Options = {}): S3Double {
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
    if (typeof fault === 'object') return refusal(403, fault.refuses)
    const isOpen = isPublic && request.method === 'GET' && !isSigned(request)
    const unsigned = isOpen ? null : signatureRefusal(request, body, keys)
    if (unsigned) return refusal(unsigned.status, unsigned.code)
    const url = new URL(request.url)
    const start = `${prefix}/${keys.bucket}/`
    if (!url.pathname.startsWith(start)) return refusal(404, 'NoSuchBucket')
    const key = decodeURIComponent(url.pathname.slice(start.length))
    if (request.method === 'POST' || url.searchParams.has('uploadId'))
      return multipart(request, url, key, body)
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, type: request.headers.get('content-type') ?? '' })
      return new Response(null, { headers: { etag: etagOf(body) } })
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return new Response(null, { status: 204 })
    }
    const object = objects.get(key)
    return object ? read(request, object, fault) : refusal(404, 'NoSuchKey')
  }

  function read(request: Request, object: StoredObject, fault: StoreFault | undefined): Response {
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '')
    const [from, to] = match
      ? [Number(match[1]), match[2] ? Number(match[2]) + 1 : object.bytes.length]
      : [0, object.bytes.length]
    const bytes = object.bytes.slice(from, to)
    const headers: Record<string, string> = {
      'content-type': object.type,
      etag: etagOf(object.bytes),
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
      return new Response(null, { headers: { etag: etagOf(body) } })
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

const isSigned = ({ headers, url }: Request) =>
  headers.has('authorization') || url.includes('X-Amz-Signature=')
