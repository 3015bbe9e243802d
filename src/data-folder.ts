// The data folder belongs to one process at a time; a folder left by a killed process is taken over.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { folderFault } from './folder-faults.ts'
import { SentenceError } from './sentence-error.ts'

const TRIES_MAX = 5

/** @throws SentenceError when another live process works on the folder, or nothing can be written to it. */
export function lockDataFolder(folder: string): { release(): void } {
  try {
    return lock(folder)
  } catch (error) {
    const fault = folderFault(error, folder)
    throw fault ? new SentenceError(`DATA_DIR: ${fault}.`, { cause: error }) : error
  }
}

function lock(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const path = join(folder, 'openhouse.pid')
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    if (tryCreate(path)) return { release: () => rmSync(path, { force: true }) }
    const owner = readOwner(path)
    if (owner && isSameProcess(owner))
      throw new SentenceError(
        `OpenHouse is already running on ${folder} (process ${owner.pid}): stop it, or start with another DATA_DIR.`,
      )
    rmSync(path, { force: true })
  }
  throw new SentenceError(
    `The data folder ${folder} could not be locked: several starts are racing for it. Start only one.`,
  )
}

function tryCreate(path: string): boolean {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, `${process.pid} ${startTime(process.pid)}\n`)
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOwner(path: string): { pid: number; startedAt: string } | null {
  if (!existsSync(path)) return null
  const [pid = '', startedAt = ''] = readFileSync(path, 'utf8').trim().split(' ')
  return /^\d+$/.test(pid) ? { pid: Number(pid), startedAt } : null
}

/** A process id alone proves nothing after a reboot: the start time must be the same too. */
function isSameProcess(owner: { pid: number; startedAt: string }): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startTime(owner.pid) === owner.startedAt
}

/** Field 22 of `/proc/<pid>/stat`; empty where there is no such file system. */
function startTime(pid: number): string {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return ''
  const afterName = readFileSync(path, 'utf8').split(') ').at(-1) ?? ''
  return afterName.split(' ')[19] ?? ''
}
