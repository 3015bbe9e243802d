// Turns an `Html` value into a response.
import type { Html } from '#views/jsx-runtime.ts'

/** A page or a fragment as `text/html`, with the headers given. */
export function htmlResponse(
  html: Pick<Html, 'markup'>,
  init: { status?: number; headers?: Headers } = {},
): Response {
  const headers = init.headers ?? new Headers()
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(html.markup, { status: init.status ?? 200, headers })
}
