// Keeps the first successful answer of every operation as its example, without what is different each time.
import type { Contract } from './contract.ts'

export type Example = { request?: unknown; response: unknown; status: number }

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MOMENT = '2026-03-02T09:00:00.000Z'
/** Fields whose values are of the moment, of this machine, or secret. */
const STEADY: Record<string, (value: string) => unknown> = {
  next_cursor: () => 'WyIwMTkwYTFiMiJd.c2lnbmVk',
  secret: () => 'whsec_shown-this-once',
  url: (value) => value.replace(/^.*\/files\/[^#?]+/, 'https://app.openhouseai.ie/files/signed'),
  request_id: () => '0af7651916cd43dd8448eb211c80319c',
  day: () => '2026-03-02',
  from: () => '2026-03-02',
  to: () => '2026-03-02',
}

export function exampleKeeper(contract: Contract) {
  const kept: Record<string, Example> = {}
  const known = new Map<string, string>()
  const uuid = (found: string): string => {
    if (!known.has(found))
      known.set(found, `0190a1b2-0000-7000-8000-${String(known.size + 1).padStart(12, '0')}`)
    return known.get(found) ?? ''
  }
  const steady = (value: unknown, name = ''): unknown => {
    if (Array.isArray(value)) return value.map((each) => steady(each))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, steady(each, key)]))
    if (typeof value !== 'string') return name === 'duration_ms' && value !== null ? 120 : value
    if (STEADY[name]) return STEADY[name](value)
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return MOMENT
    return value.replace(UUID, uuid)
  }
  const templates = Object.keys(contract.paths).map((path) => ({
    path,
    // The fixed addresses first: `/jobs/retry` is no job.
    holes: path.split('{').length,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  templates.sort((one, other) => one.holes - other.holes)
  return {
    kept,
    keep(method: string, pathname: string, status: number, sent: unknown, answered: unknown): void {
      const path = templates.find(({ pattern }) => pattern.test(pathname))?.path ?? ''
      const operation = contract.paths[path]?.[method.toLowerCase()] as { operationId: string } | undefined
      if (!operation || status >= 300 || kept[operation.operationId]) return
      const request = sent === undefined ? {} : { request: steady(sent) }
      kept[operation.operationId] = { ...request, response: steady(answered), status }
    },
  }
}
