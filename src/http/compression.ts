// Compression of whole answers. Streams are left alone: the codecs do not flush, tokens would arrive in a lump.

const BYTES_MIN = 1_024
const ZSTD_LEVEL = 3
const GZIP_LEVEL = 6

export type Encoding = 'zstd' | 'gzip'

export function negotiate(acceptEncoding: string | null): Encoding | null {
  if (!acceptEncoding) return null
  if (/\bzstd\b(?!;q=0)/.test(acceptEncoding)) return 'zstd'
  return /\bgzip\b(?!;q=0)/.test(acceptEncoding) ? 'gzip' : null
}

/** The body to send and the encoding it is in, or null when it is too small to gain. */
export function compress(
  body: Uint8Array<ArrayBuffer>,
  encoding: Encoding | null,
): { body: Uint8Array<ArrayBuffer>; encoding: Encoding } | null {
  if (!encoding || body.byteLength < BYTES_MIN) return null
  const packed =
    encoding === 'zstd'
      ? Bun.zstdCompressSync(body, { level: ZSTD_LEVEL })
      : Bun.gzipSync(body, { level: GZIP_LEVEL })
  return { body: new Uint8Array(packed), encoding }
}
