// Checks of this machine: room on the disk, a folder that can be written, and the time of Ireland.
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { folderFault } from '../folder-faults.ts'
import { type Finding, failure, ok, warning } from './finding.ts'

const FREE_BYTES_MIN = 500_000_000
const FREE_BYTES_WANTED = 5_000_000_000
const TIME_ZONE = 'Europe/Dublin'
/** Noon in Ireland's summer is 11:00 by UTC. */
const SUMMER_NOON = new Date('2026-07-01T11:00:00Z')

export function machineFindings(config: Config): Finding[] {
  return [...folderFindings(config), timeZoneFinding()]
}

function folderFindings({ dataDir }: Config): Finding[] {
  const probe = join(dataDir, `doctor-${randomUUID()}`)
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(probe, 'written by bun run doctor')
    rmSync(probe)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return [
      failure(
        'DATA_DIR',
        `${folderFault(error, dataDir) ?? `cannot be written (${code}): name another folder`}.`,
      ),
    ]
  }
  const { bavail, bsize } = statfsSync(dataDir)
  const freeBytes = bavail * bsize
  const free = `${(freeBytes / 1e9).toFixed(1)} GB`
  const found = [ok('DATA_DIR', 'can be written.')]
  if (freeBytes < FREE_BYTES_MIN)
    found.push(failure('disk', `has ${free} left: uploads will be refused. Make room.`))
  else if (freeBytes < FREE_BYTES_WANTED)
    found.push(warning('disk', `has ${free} left: make room before it is full.`))
  else found.push(ok('disk', `has ${free} left.`))
  if (process.platform !== 'win32' && (statSync(dataDir).mode & 0o002) !== 0)
    found.push(failure('DATA_DIR', 'can be written by everybody on this machine: chmod o-w.'))
  return found
}

/** Dates are shown and tasks run by Irish time, whatever the machine's own; it must only know what that is. */
function timeZoneFinding(): Finding {
  const hour = new Intl.DateTimeFormat('en-IE', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(SUMMER_NOON)
  return hour === '12'
    ? ok('time zone', `${TIME_ZONE} is known.`)
    : failure(
        'time zone',
        `${TIME_ZONE} is not known to this runtime, and dates would be wrong: use the Bun that package.json names.`,
      )
}
