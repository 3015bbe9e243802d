// How far the process is: what `/readyz` answers before, during and after its working life.
import { pingDatabase } from '#db/client.ts'
import type { Readiness } from './routes/health.ts'

const PING_TIMEOUT_MS = 500
/** A health check every few milliseconds must not become a load on the database. */
const PING_CACHE_MS = 1_000

export function startupState() {
  let waiting: string | null = 'the database'
  let isLeaving = false
  let draining = false
  let pinged = { atMs: Number.NEGATIVE_INFINITY, answers: false }
  const databaseAnswers = async () => {
    if (performance.now() - pinged.atMs > PING_CACHE_MS)
      pinged = { atMs: performance.now(), answers: await pingDatabase(PING_TIMEOUT_MS) }
    return pinged.answers
  }
  return {
    waitingFor(what: string) {
      waiting = what
    },
    ready() {
      waiting = null
    },
    /** Not ready any more, but answering: whoever sends people here has time to send them elsewhere. */
    leave() {
      isLeaving = true
    },
    drain() {
      draining = true
    },
    isDraining: () => draining,
    async readiness(): Promise<Readiness> {
      if (isLeaving || draining) return { ready: false, waitingFor: 'the end: this process is stopping' }
      if (waiting) return { ready: false, waitingFor: waiting }
      return (await databaseAnswers())
        ? { ready: true, waitingFor: null }
        : { ready: false, waitingFor: 'the database' }
    },
  }
}
