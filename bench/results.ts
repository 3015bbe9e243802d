// Where the figures of a bench go: one JSON file a topic, with the machine, the commit and the load they were taken at.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'

const FOLDER = join(import.meta.dir, 'results')

export type Result = {
  topic: string
  machine: string
  commit: string
  takenAt: string
  /** The load average of a minute when the bench began and when it ended: above the number of cores it waited. */
  loadBefore: number
  loadAfter: number
  figures: unknown
}

const loadBefore = loadOfMinute()

/** Figures should hold a ratio to a reference of the same run: everything else changes with the machine and the day. */
export function recordResult(topic: string, figures: unknown): Result {
  const result: Result = {
    topic,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${process.platform}, Bun ${Bun.version}`,
    commit: commit(),
    takenAt: new Date().toISOString(),
    loadBefore,
    loadAfter: loadOfMinute(),
    figures,
  }
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${topic}.json`), `${JSON.stringify(result, null, 2)}\n`)
  return result
}

function loadOfMinute(): number {
  return rounded(loadavg()[0] ?? Number.NaN, 1)
}

function commit(): string {
  const asked = Bun.spawnSync(['git', 'describe', '--always', '--dirty'], { cwd: import.meta.dir })
  return asked.exitCode === 0 ? asked.stdout.toString().trim() : 'unknown'
}

/** Milliseconds and ratios as they are worth reading. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
