// Which methods an address answers to: a wrong one is 405 with `Allow`, not 404; and the page a form's address belongs to.

type Route = { method: string; path: string }

let routes: { method: string; path: string; pattern: RegExp }[] = []

/** Forms that stand on a page which does not begin their address. */
const STANDS_ON: Record<string, string> = {
  '/developer/contractor-links': '/developer/snags',
  '/developer/golden-runs': '/developer/golden',
  '/developer/list-exports': '/developer/homes',
  '/developer/print-pack': '/developer/homes',
}

/** Learns the routes once they are all registered. */
export function learnRoutes(registered: readonly Route[]): void {
  routes = registered.map(({ method, path }) => ({
    method,
    path,
    pattern: new RegExp(
      `^${path
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:[A-Za-z]+/g, '[^/]+')
        .replaceAll('*', '.*')}/?$`,
    ),
  }))
}

export function allowedMethods(path: string): string[] {
  const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].sort()
}

/**
 * The page to which whoever opens, reloads or bookmarks the address of a form is led: the nearest address above it
 * that is a page of the same things. Null where the address is no form's, or a page itself.
 */
export function pageOfForm(path: string): string | null {
  const named = (method: string) =>
    routes
      .filter((route) => route.method === method && route.pattern.test(path))
      .toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path))[0]?.path
  const form = named('POST')
  if (!form) return null
  const own = named('GET')
  if (own && parametersIn(own) <= parametersIn(form)) return null
  const pages = new Set(routes.filter(({ method }) => method === 'GET').map((route) => route.path))
  const segments = path.split('/')
  for (let above = form; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    const page = STANDS_ON[above]
    if (page) return page
    if (pages.has(above)) return segments.slice(0, above.split('/').length).join('/')
  }
  return '/'
}

const parametersIn = (path: string): number => path.split('/:').length - 1
