// A double of an S3 store: keeps objects in memory, and gives them only to who signed the request somehow.
import { type Double, startDouble } from './peer.ts'

/** `isPublic` gives objects to strangers as well. Whether signatures are right is not this double's business. */
export function s3Double(options: { isPublic?: boolean } = {}): Double {
  const objects = new Map<string, string>()
  return startDouble(({ url, headers, method, body }) => {
    const isSigned = headers.has('authorization') || url.searchParams.has('X-Amz-Signature')
    if (!isSigned && !(options.isPublic && method === 'GET'))
      return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 })
    if (method === 'PUT') objects.set(url.pathname, body)
    if (method === 'DELETE') objects.delete(url.pathname)
    if (method === 'PUT' || method === 'DELETE') return new Response('', { headers: { etag: '"1"' } })
    const kept = objects.get(url.pathname)
    return kept === undefined
      ? new Response('<Error><Code>NoSuchKey</Code></Error>', { status: 404 })
      : new Response(kept, { headers: { 'content-length': String(kept.length) } })
  })
}
