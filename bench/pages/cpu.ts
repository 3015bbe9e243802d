// What a process and everything it started have cost so far, from /proc.
import { readdirSync, readFileSync } from 'node:fs'

/** Of a second; the kernel's clock tick is the same on every Linux that runs this. */
const TICKS_A_SECOND = 100

/** Its own processor time and that of its children, but for PostgreSQL's. */
export function cpuSeconds(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + ticksOf(each), 0) / TICKS_A_SECOND
}

export function pinTo(core: number, pid: number): void {
  Bun.spawnSync(['taskset', '-acp', String(core), String(pid)], { stdout: 'ignore', stderr: 'ignore' })
}

export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1_000
}

export function childrenOf(pid: number): number[] {
  const direct = tasksOf(pid)
    .flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number))
    .filter((child) => !read(`/proc/${child}/cmdline`).includes('postgres'))
  return direct.flatMap((child) => [child, ...childrenOf(child)])
}

function ticksOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? []
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** A process may end between being listed and being looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
