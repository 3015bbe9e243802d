// What is read of a server while it works: memory, descriptors, connections, caches, lag; and how fast each grows.
import { readdirSync } from 'node:fs'
import type { Sql } from 'postgres'
import type { Server } from '../../test/support/server.ts'
import { childrenOf, cpuSeconds, residentMb } from '../pages/cpu.ts'

const MS_AN_HOUR = 3_600_000
const BYTES_A_MB = 1_000_000

export type Reading = {
  atMs: number
  rssMb: number
  childrenMb: number
  descriptors: number
  connections: number
  cacheMb: number
  cacheEntries: number
  lagP99Ms: number
  cpuS: number
}

/** @param look a connection of the superuser's, which is not counted */
export async function readServer(server: Server, look: Sql, token: string): Promise<Reading> {
  const atMs = performance.now()
  const [asked] = await look`select count(*)::int as count from pg_stat_activity
    where backend_type = 'client backend' and usename <> current_user`
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const text = await response.text()
  return {
    atMs,
    rssMb: residentMb(server.pid),
    childrenMb: childrenOf(server.pid).reduce((sum, pid) => sum + residentMb(pid), 0),
    descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
    connections: Number(asked?.count ?? 0),
    cacheMb: sumOf(text, 'openhouse_cache_bytes') / BYTES_A_MB,
    cacheEntries: sumOf(text, 'openhouse_cache_entries'),
    lagP99Ms: 1_000 * sumOf(text, 'openhouse_event_loop_lag_seconds', 'quantile="0.99"'),
    cpuS: cpuSeconds(server.pid),
  }
}

function sumOf(text: string, name: string, label = ''): number {
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** Least squares: by how much `of` grows in an hour, and the share of its variance that the line explains. */
export function slopePerHour(
  readings: readonly Reading[],
  of: keyof Reading,
): { perHour: number; fit: number } {
  const x = readings.map(({ atMs }) => atMs / MS_AN_HOUR)
  const y = readings.map((reading) => reading[of])
  const [meanX, meanY] = [mean(x), mean(y)]
  const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0)
  const xx = sum(x.map((value) => (value - meanX) ** 2))
  const yy = sum(y.map((value) => (value - meanY) ** 2))
  const xy = sum(x.map((value, at) => (value - meanX) * (y[at]! - meanY)))
  return { perHour: xx === 0 ? 0 : xy / xx, fit: xx * yy === 0 ? 0 : xy ** 2 / (xx * yy) }
}

const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length
