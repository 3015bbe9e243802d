// Redirects that set cookies and work for htmx as for plain forms.

/** 303 for browsers; htmx follows `HX-Redirect` with a full page load instead. `path` is always one of ours. */
export function seeOther(request: Request, path: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const line of setCookies) headers.append('set-cookie', line)
  if (request.headers.get('hx-request')) {
    headers.set('hx-redirect', path)
    return new Response(null, { status: 204, headers })
  }
  headers.set('location', path)
  return new Response(null, { status: 303, headers })
}
