// Waiting for a connection of the pool: how long, and what becomes of work whose turn comes too late.
import { poolFigures } from './statement-times.ts'

/** The server cannot be reached or does not answer in time. Mapped to 503. */
export class DatabaseUnavailable extends Error {}

/**
 * Whoever finds every connection taken for too long is told so while a person still waits. A connection that is slow to
 * open is no such case. What missed its turn does nothing when it comes.
 */
export function turnInPool({
  poolSize,
  poolWaitMsMax,
}: {
  poolSize: number
  poolWaitMsMax?: number | undefined
}) {
  let state: 'waiting' | 'taken' | 'missed' = 'waiting'
  let timer: Timer | undefined
  const missed = new Promise<never>((_, reject) => {
    if (poolWaitMsMax === undefined) return
    timer = setInterval(() => {
      if (state !== 'waiting' || poolFigures().open < poolSize) return
      state = 'missed'
      reject(new DatabaseUnavailable('every connection was taken for too long'))
    }, poolWaitMsMax)
  })
  return {
    missed,
    taken: () => {
      if (state === 'missed') throw new DatabaseUnavailable('nobody waits for this any more')
      state = 'taken'
      clearInterval(timer)
    },
    /** Nobody waits any more: a turn that comes after this is missed as well. */
    over: () => {
      if (state === 'waiting') state = 'missed'
      clearInterval(timer)
    },
  }
}
