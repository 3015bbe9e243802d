// A stored picture as a response: shown, never run, and not kept where another person could see it.
import type { StoredFile } from '../clients/storage.ts'

/** A builder's logo is nobody's secret and changes its address with its picture, so that it may be kept. */
export const logoResponse = (picture: StoredFile): Response =>
  pictureResponse(picture, 'image/png', 'private, max-age=31536000, immutable')

export const photoResponse = (picture: StoredFile): Response =>
  pictureResponse(picture, 'image/jpeg', 'private, no-store')

const pictureResponse = (picture: StoredFile, type: string, cacheControl: string): Response =>
  new Response(picture.stream(), {
    headers: {
      'content-type': type,
      'cache-control': cacheControl,
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  })
