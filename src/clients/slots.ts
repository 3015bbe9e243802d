// A bounded number of calls at once and a bounded queue behind them, first come first served.

export type Slots = {
  /** Resolves to the function that frees the slot; null when the queue is full; rejects when the signal aborts. */
  take(signal: AbortSignal): Promise<(() => void) | null>
  inUse(): number
}

export function slots(limit: number, waitingMax: number): Slots {
  let used = 0
  const waiting: (() => void)[] = []

  function freeOnce(): () => void {
    let freed = false
    return () => {
      if (freed) return
      freed = true
      const next = waiting.shift()
      // The slot passes to the next in line without becoming free in between.
      if (next === undefined) used--
      else next()
    }
  }

  return {
    async take(signal) {
      signal.throwIfAborted()
      if (used < limit) {
        used++
        return freeOnce()
      }
      if (waiting.length >= waitingMax) return null
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const leave = () => {
        const index = waiting.indexOf(resolve)
        if (index >= 0) waiting.splice(index, 1)
        reject(signal.reason)
      }
      waiting.push(resolve)
      signal.addEventListener('abort', leave, { once: true })
      try {
        await promise
      } finally {
        signal.removeEventListener('abort', leave)
      }
      return freeOnce()
    },
    inUse: () => used,
  }
}
