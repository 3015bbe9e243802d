// How long statements take and how long transactions wait for a connection, as this process sees it.

/** Texts are few, because every statement is a function with parameters; this only guards against a mistake. */
const STATEMENTS_MAX = 1_000
const SHOWN = 15
const TEXT_CHARS_MAX = 300

export type StatementTimes = { text: string; count: number; totalMs: number; worstMs: number }
export type PoolFigures = { open: number; waiting: number; openMost: number; waitMsWorst: number }

const statements = new Map<string, Omit<StatementTimes, 'text'>>()
const pool: PoolFigures = { open: 0, waiting: 0, openMost: 0, waitMsWorst: 0 }

let isPaused = false

/** For measuring what noting costs; nothing in the product pauses it. */
export function pauseStatementTimes(pause: boolean): void {
  isPaused = pause
}

/**
 * Counts the statement once it is over; returns it as it came. The driver sends a statement a microtask after
 * somebody waits for it, so that what its caller still has to say of it is heard.
 */
export function noteStatement<T extends PromiseLike<unknown>>(text: string, pending: T): T {
  if (isPaused) return pending
  const startedAtMs = performance.now()
  const note = () => count(text, performance.now() - startedAtMs)
  pending.then(note, note)
  return pending
}

function count(text: string, ms: number): void {
  const known = statements.get(text)
  if (known) {
    known.count++
    known.totalMs += ms
    known.worstMs = Math.max(known.worstMs, ms)
  } else if (statements.size < STATEMENTS_MAX) statements.set(text, { count: 1, totalMs: ms, worstMs: ms })
}

/** `begun` when the transaction got its connection, `left` when its caller went, `ended` when the connection is back. */
export function noteTransaction(): { begun(): void; left(): void; ended(): void } {
  const askedAtMs = performance.now()
  let state: 'waiting' | 'left' | 'open' | 'over' = 'waiting'
  pool.waiting++
  const left = () => {
    if (state !== 'waiting') return
    state = 'left'
    pool.waiting--
  }
  return {
    begun: () => {
      if (state === 'waiting') pool.waitMsWorst = Math.max(pool.waitMsWorst, performance.now() - askedAtMs)
      left()
      state = 'open'
      pool.open++
      pool.openMost = Math.max(pool.openMost, pool.open)
    },
    left,
    ended: () => {
      left()
      if (state === 'open') pool.open--
      state = 'over'
    },
  }
}

export const poolFigures = (): PoolFigures => ({ ...pool })

/** Those that took the longest in all, since the process started. No values: they are not part of a text. */
export const slowestStatements = (): StatementTimes[] =>
  [...statements]
    .map(([text, times]) => ({ text: text.replace(/\s+/g, ' ').trim().slice(0, TEXT_CHARS_MAX), ...times }))
    .sort((a, b) => b.totalMs - a.totalMs)
    .slice(0, SHOWN)

/** For tests, which share a process and begin with none. */
export const forgetStatementTimes = (): void => statements.clear()
