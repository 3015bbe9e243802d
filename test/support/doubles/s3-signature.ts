// Whether a request to an S3 store is signed as it must be, by the book: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type StoreKeys = { accessKeyId: string; secretAccessKey: string; region: string; bucket: string }

/** The codes with which a store refuses a request for its signature, and their statuses. */
const STATUSES = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  InvalidAccessKeyId: 403,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
}
type Refusal = { status: number; code: keyof typeof STATUSES }

/** A store's tolerance for the clock of who asks. */
const SKEW_MS_MAX = 15 * 60_000
const UNSIGNED = 'UNSIGNED-PAYLOAD'
const SIGNATURE_HEADER =
  /^AWS4-HMAC-SHA256 Credential=(?<credential>[^,]+), ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<given>[0-9a-f]{64})$/

type Signature = {
  credential: string
  /** Of the headers that are signed. */
  names: string
  given: string
  date: string
  /** Until when it is good; null for what is good only while the clocks agree. */
  validS: number | null
  payload: string
}

/** What a store says against the signature of a request; null when it is right. */
export function signatureRefusal(request: Request, body: Uint8Array, keys: StoreKeys): Refusal | null {
  const signature = signatureOf(request)
  const code = signature ? faultOf(signature, request, body, keys) : 'AccessDenied'
  return code && { status: STATUSES[code], code }
}

/** An address may carry the signature itself, and then says for how long. */
function signatureOf({ headers, url }: Request): Signature | null {
  const query = new URL(url).searchParams
  const asked = (name: string) => query.get(`X-Amz-${name}`) ?? ''
  if (query.has('X-Amz-Signature'))
    return {
      credential: asked('Credential'),
      names: asked('SignedHeaders'),
      given: asked('Signature'),
      date: asked('Date'),
      validS: Number(asked('Expires')),
      payload: UNSIGNED,
    }
  const { groups } = SIGNATURE_HEADER.exec(headers.get('authorization') ?? '') ?? {}
  if (!groups) return null
  const { credential = '', names = '', given = '' } = groups
  const date = headers.get('x-amz-date') ?? ''
  return { credential, names, given, date, validS: null, payload: headers.get('x-amz-content-sha256') ?? '' }
}

function faultOf(
  signature: Signature,
  request: Request,
  body: Uint8Array,
  keys: StoreKeys,
): Refusal['code'] | null {
  const { credential, date, validS, payload } = signature
  const [keyId, day = '', ...rest] = credential.split('/')
  if (keyId !== keys.accessKeyId) return 'InvalidAccessKeyId'
  if (rest.join('/') !== `${keys.region}/s3/aws4_request` || !date.startsWith(day))
    return 'AuthorizationHeaderMalformed'
  const ageMs = Date.now() - signedAtMs(date)
  if (validS !== null && !(ageMs < validS * 1_000)) return 'AccessDenied'
  if (validS === null && !(Math.abs(ageMs) < SKEW_MS_MAX)) return 'RequestTimeTooSkewed'
  if (payload !== UNSIGNED && payload !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  return isSame(signature.given, signed(signature, request, keys)) ? null : 'SignatureDoesNotMatch'
}

/** From the form 20261125T134500Z. */
const signedAtMs = (date: string) =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

function signed({ credential, names, date, payload }: Signature, request: Request, keys: StoreKeys): Buffer {
  const url = new URL(request.url)
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const headers = names.split(';').map((name) => `${name}:${(request.headers.get(name) ?? '').trim()}\n`)
  const canonical = [request.method, url.pathname, query, headers.join(''), names, payload].join('\n')
  const [, ...scope] = credential.split('/')
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n')
  const key = scope.reduce((from: string | Buffer, text) => hmac(from, text), `AWS4${keys.secretAccessKey}`)
  return hmac(key, toSign)
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')

function isSame(given: string, right: Buffer): boolean {
  const bytes = Buffer.from(given, 'hex')
  return bytes.length === right.length && timingSafeEqual(right, bytes)
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
