// Which routes were seen to write to the activity log, by the request id that their rows carry.
import { readFileSync } from 'node:fs'
import type postgres from 'postgres'

type Route = { name: string; method: string; pattern: RegExp }

/** The routes that docs/routes.md says write to the activity log when something is changed. */
const audited: Route[] = [
  ...readFileSync('docs/routes.md', 'utf8').matchAll(/^\| (\w+) \| `([^`]+)` \|.*\| activity \|$/gm),
].map(([, method, path]) => ({
  name: `${method} ${path}`,
  method: method!,
  pattern: new RegExp(`^${path!.replace(/:\w+/g, '[^/]+')}$`),
}))

export type AuditWatch = {
  /** Looks for a row of the request that was just answered. */
  note(method: string, path: string, response: { status: number; headers: Headers }): Promise<void>
  /** Those of the routes below a path of which no request left a row. */
  silent(prefix: string): string[]
}

export function watchAudit(look: postgres.Sql): AuditWatch {
  const seen = new Set<string>()
  return {
    note: async (method, path, { status, headers }) => {
      const { pathname } = new URL(path, 'http://localhost')
      // The last of several that fit is the one with a fixed word in the place of an id.
      const route = audited
        .filter((each) => each.method === method && each.pattern.test(pathname))
        .sort((a, b) => b.name.split(':').length - a.name.split(':').length)
        .at(-1)
      if (!route || seen.has(route.name) || status >= 400) return
      const rows = await look`
        select 1 from activity_log where request_id = ${headers.get('x-request-id') ?? ''} limit 1`
      if (rows.length > 0) seen.add(route.name)
    },
    silent: (prefix) =>
      audited
        .map(({ name }) => name)
        .filter((name) => name.split(' ')[1]!.startsWith(prefix) && !seen.has(name)),
  }
}
