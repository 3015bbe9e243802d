// A picture that somebody sends with a snag: told by its first bytes, decoded, and drawn anew without metadata.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sharp } from 'sharp'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { receiveBytes } from '../uploads.ts'

const PHOTO_BYTES_MAX = 10_000_000
/** A phone's largest picture; what claims to be larger is a bomb. */
const PIXELS_MAX = 60_000_000
/** Enough to see a crack by, and a tenth of what a phone sends. */
const SIDE_PX_MAX = 2_000
const QUALITY = 82
const DRAW_SECONDS_MAX = 20

export type Photo = { path: string; type: string; sizeBytes: number; discard(): Promise<void> }

/**
 * Receives a JPEG, PNG or WebP and keeps a new JPEG of it: where and when it was taken goes, its orientation is applied.
 * @throws Failure `file_empty`, `too_large`, `upload_incomplete`, `not_a_photo`
 */
export const receivePhoto = (body: AsyncIterable<Uint8Array>): Promise<Photo> =>
  receivePicture(body, 'image/jpeg', (picture) =>
    picture
      .resize({ width: SIDE_PX_MAX, height: SIDE_PX_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY }),
  )

/** Receives a picture and keeps what `draw` makes of it, without anything that it carried along. @throws as above */
export async function receivePicture(
  body: AsyncIterable<Uint8Array>,
  type: Photo['type'],
  draw: (picture: Sharp) => Sharp,
): Promise<Photo> {
  const bytes = await receiveBytes(body, null, PHOTO_BYTES_MAX)
  if (!isPicture(bytes)) throw failure('not_a_photo')
  const drawn = await redraw(bytes, draw)
  const folder = join(config().dataDir, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = join(folder, crypto.randomUUID())
  await Bun.write(path, drawn)
  return { path, type, sizeBytes: drawn.byteLength, discard: () => rm(path, { force: true }) }
}

/** Whatever its name or type say: the decoder below is never offered anything else. */
function isPicture(bytes: Uint8Array): boolean {
  const starts = (signature: number[], at = 0) => signature.every((byte, i) => bytes[at + i] === byte)
  const isJpeg = starts([0xff, 0xd8, 0xff])
  const isPng = starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const isWebp = starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)
  return isJpeg || isPng || isWebp
}

async function redraw(bytes: Uint8Array, draw: (picture: Sharp) => Sharp): Promise<Uint8Array> {
  // Loaded when the first picture comes: most processes never see one.
  const { default: sharp } = await import('sharp')
  try {
    const upright = sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' }).rotate()
    return await draw(upright).timeout({ seconds: DRAW_SECONDS_MAX }).toBuffer()
  } catch (error) {
    throw failure('not_a_photo', {}, { cause: error })
  }
}
