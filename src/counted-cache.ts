// Caches in memory that say how often they helped, for the operator's system page.
import { LRUCache } from 'lru-cache'

type Figures = { hits: number; misses: number }
type Counted = { figures: Figures; entries(): number; bytes(): number | null }

export type CacheFigures = {
  name: string
  hits: number
  misses: number
  entries: number
  bytes: number | null
}

const caches = new Map<string, Counted>()

/** An `LRUCache` whose `get` is counted. `bytes` is null for those bounded by entries. */
export function countedCache<K extends string, V extends object>(
  name: string,
  options: LRUCache.Options<K, V, unknown>,
): LRUCache<K, V> {
  const cache = new LRUCache<K, V>(options)
  const figures = { hits: 0, misses: 0 }
  const get = cache.get.bind(cache)
  cache.get = (key, more) => {
    const value = get(key, more)
    if (value === undefined) figures.misses++
    else figures.hits++
    return value
  }
  caches.set(name, {
    figures,
    entries: () => cache.size,
    bytes: () => (options.maxSize ? cache.calculatedSize : null),
  })
  return cache
}

export const cacheFigures = (): CacheFigures[] =>
  [...caches].map(([name, { figures, entries, bytes }]) => ({
    name,
    hits: figures.hits,
    misses: figures.misses,
    entries: entries(),
    bytes: bytes(),
  }))
