// Reads small bodies (JSON and forms) within bounds; files are left to the routes that stream them.
import { failure } from '../failure.ts'
import { readPairs } from './query.ts'

/** Far above the longest question; the runtime's own limit is made for files. */
const BODY_BYTES_MAX = 256_000
/** A sender of so little has no reason to take longer. */
const BODY_TIMEOUT_MS = 10_000
/** Deeper values exhaust the stack of whatever walks or prints them. */
const JSON_DEPTH_MAX = 32
const STREAMED = new Set([
  ...['', 'application/pdf', 'application/octet-stream', 'multipart/form-data'],
  ...['text/csv', 'text/tab-separated-values', 'application/vnd.ms-excel'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
])

/**
 * What a route's schema sees of the body. `null`, untouched, for files.
 * @throws Failure `too_large`, `bad_request` or `unsupported_type`
 */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (STREAMED.has(type) || !request.body) return null
  if (type === 'application/json') return parseJson(await readText(request))
  if (type === 'application/x-www-form-urlencoded') return readPairs(await readText(request))
  throw failure('unsupported_type')
}

async function readText(request: Request): Promise<string> {
  if (request.headers.has('content-encoding')) throw failure('unsupported_type')
  if (Number(request.headers.get('content-length')) > BODY_BYTES_MAX) throw failure('too_large')
  const parts: Uint8Array[] = []
  let bytes = 0
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure('upload_incomplete')), BODY_TIMEOUT_MS)
  })
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      bytes += value.byteLength
      if (bytes > BODY_BYTES_MAX) throw failure('too_large')
      parts.push(value)
    }
  } catch (error) {
    void reader.cancel().catch(() => {})
    throw error
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseJson(text: string): unknown {
  if (depthOf(text) > JSON_DEPTH_MAX) throw failure('bad_request')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw failure('bad_request', {}, { cause: error })
  }
}

/** Brackets inside strings do not count. A loop, because a pattern over strangers' text can be made to backtrack. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let isInString = false
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i]
    if (isInString && character === '\\') i += 1
    else if (character === '"') isInString = !isInString
    else if (isInString) continue
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth)
    else if (character === ']' || character === '}') depth -= 1
  }
  return deepest
}
