// A stored picture as a response: shown, never run, and not kept where another person could see it.

export const photoResponse = (picture: Blob): Response =>
  new Response(picture.stream(), {
    headers: {
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  })
