// What this process takes of the machine: memory, processor, and how late its event loop is.
import { readdir, readlink } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const NS_A_MS = 1_000_000
/** More than these are not looked at one by one. */
const HANDLES_MAX = 4_000

const lag = monitorEventLoopDelay({ resolution: 20 })
lag.enable()
let since = { atMs: performance.now(), cpu: process.cpuUsage() }

export type ProcessFigures = {
  uptimeMs: number
  rssBytes: number
  heapBytes: number
  /** Of one core; several threads can take more than 100. */
  cpuPercent: number
  lagMsP50: number
  lagMsP99: number
}

/** Of the time since the last call that began anew, which once a minute the sampler does. */
export function processFigures({ beginAnew = false } = {}): ProcessFigures {
  const memory = process.memoryUsage()
  const nowMs = performance.now()
  const cpu = process.cpuUsage(since.cpu)
  const figures = {
    uptimeMs: process.uptime() * 1_000,
    rssBytes: memory.rss,
    heapBytes: memory.heapUsed,
    cpuPercent: (100 * (cpu.user + cpu.system)) / 1_000 / Math.max(1, nowMs - since.atMs),
    lagMsP50: msOf(lag.percentile(50)),
    lagMsP99: msOf(lag.percentile(99)),
  }
  if (beginAnew) {
    since = { atMs: nowMs, cpu: process.cpuUsage() }
    lag.reset()
  }
  return figures
}

/** Before the first sample there is no number. */
const msOf = (ns: number) => (Number.isFinite(ns) ? ns / NS_A_MS : 0)

/** Sockets of every sort that the process holds; null where the system does not show them. */
export async function openSocketCount(): Promise<number | null> {
  try {
    const handles = await readdir('/proc/self/fd')
    const targets = await Promise.all(
      handles.slice(0, HANDLES_MAX).map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')),
    )
    return targets.filter((target) => target.startsWith('socket:')).length
  } catch {
    // Only Linux has /proc; elsewhere the page says that it is not measured.
    return null
  }
}
