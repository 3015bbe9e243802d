// Runs a command that may be hostile's victim, under limits of memory, time and output, and hands over its lines.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'

export type LimitedProcess = {
  command: string[]
  env: Record<string, string>
  cwd: string
  /** Longest silence between two lines: by the clock, or longer for as long as the machine lets it wait. */
  idleMsMax: number
  totalMsMax: number
  residentBytesMax: number
  dataBytesMax: number
  lineCharactersMax: number
}

const RESIDENT_POLL_MS = 50
/**
 * Silent, and hardly had a processor: it was not at fault. Seen on two cores with thirty in the queue, where a guide of
 * 12 kB was given up as too complex.
 */
const STARVED_SHARE_MAX = 0.25
const STARVED_TIMES_MAX = 6
/** Of the kernel's clock, which is the same on every Linux that runs this. */
const MS_A_TICK = 10
/** A third of the share of an ordinary process: enough to stay far from the limits of time on a busy machine. */
const NICENESS = 5

/**
 * Calls `onLine` for each line until it returns an outcome, the command ends or a limit kills it. Every end but exit
 * code 0 is `{ failed: 'too_complex' }`: whatever the reason was, the next attempt would meet it again.
 */
export async function runLimited<Failed extends { failed: string }>(
  limited: LimitedProcess,
  signal: AbortSignal | undefined,
  onLine: (line: string) => Failed | null,
): Promise<'exited' | Failed | { failed: 'too_complex' }> {
  const child = Bun.spawn(withDataLimit(limited), {
    env: limited.env,
    cwd: limited.cwd,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'ignore',
  })
  // Answers come first: with every core busy on bombs, a request waited 100 ms for its turn.
  setPriority(child.pid, NICENESS)
  const kill = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill, { once: true })
  const total = setTimeout(kill, limited.totalMsMax)
  let [workedMs, silences] = [0, 0]
  const hear = () => {
    silences = 0
    workedMs = processorMs(child.pid) ?? 0
  }
  const silent = () => {
    const nowMs = processorMs(child.pid)
    const isStarved = nowMs !== null && nowMs - workedMs < limited.idleMsMax * STARVED_SHARE_MAX * ++silences
    if (!isStarved || silences >= STARVED_TIMES_MAX) return kill()
    idle = setTimeout(silent, limited.idleMsMax)
  }
  let idle = setTimeout(silent, limited.idleMsMax)
  const watch = setInterval(() => void killAbove(child.pid, limited.residentBytesMax, kill), RESIDENT_POLL_MS)
  try {
    for await (const line of linesOf(child.stdout, limited.lineCharactersMax)) {
      clearTimeout(idle)
      hear()
      idle = setTimeout(silent, limited.idleMsMax)
      const outcome = line === null ? ({ failed: 'too_complex' } as const) : onLine(line)
      if (outcome !== null) return outcome
    }
    return (await child.exited) === 0 ? 'exited' : { failed: 'too_complex' }
  } finally {
    kill()
    clearTimeout(total)
    clearTimeout(idle)
    clearInterval(watch)
    signal?.removeEventListener('abort', kill)
    await child.exited
  }
}

/** util-linux has `prlimit`; elsewhere (macOS) the watch on time remains, and on memory where /proc exists. */
function withDataLimit({ command, dataBytesMax }: LimitedProcess): string[] {
  const prlimit = process.platform === 'linux' ? Bun.which('prlimit') : null
  return prlimit ? [prlimit, `--data=${dataBytesMax}`, '--core=0', '--', ...command] : command
}

async function killAbove(pid: number, residentBytesMax: number, kill: () => void): Promise<void> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const residentKilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  if (residentKilobytes * 1_024 > residentBytesMax) kill()
}

/** That it has had so far; null where the system does not show it. */
function processorMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK
  } catch {
    return null
  }
}

/** Whole lines; `null` once, at the end, when a line is longer than allowed. */
async function* linesOf(
  stream: ReadableStream<Uint8Array>,
  charactersMax: number,
): AsyncGenerator<string | null> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) yield line
    if (rest.length > charactersMax) {
      yield null
      return
    }
  }
}
