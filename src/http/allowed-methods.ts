// Which methods an address answers to: a wrong one is 405 with `Allow`, not 404.

type Route = { method: string; path: string }

let patterns: { method: string; pattern: RegExp }[] = []

/** Learns the routes once they are all registered. */
export function learnRoutes(routes: readonly Route[]): void {
  patterns = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(
      `^${path
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:[A-Za-z]+/g, '[^/]+')
        .replaceAll('*', '.*')}/?$`,
    ),
  }))
}

export function allowedMethods(path: string): string[] {
  const methods = new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].sort()
}
