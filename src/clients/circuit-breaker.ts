// Stops calling an outside system that keeps failing, and lets one probe through after a while. Pure but for its clock.

export type CircuitBreaker = {
  /** False while open. After `openMs` exactly one caller is admitted as a probe. */
  admit(): boolean
  succeeded(): void
  failed(): void
  /** The admitted call ended without saying anything about the peer, such as when the reader left. */
  withdrew(): void
  state(): 'closed' | 'open' | 'half_open'
}

export function circuitBreaker(limits: {
  failuresToOpen: number
  openMs: number
  now: () => number
}): CircuitBreaker {
  let failures = 0
  let openedAt: number | null = null
  let probing = false
  const isDue = () => openedAt !== null && limits.now() - openedAt >= limits.openMs
  return {
    admit() {
      if (openedAt === null) return true
      if (!isDue() || probing) return false
      probing = true
      return true
    },
    succeeded() {
      failures = 0
      openedAt = null
      probing = false
    },
    failed() {
      failures++
      if (probing || failures >= limits.failuresToOpen) openedAt = limits.now()
      probing = false
    },
    withdrew() {
      probing = false
    },
    state: () => (openedAt === null ? 'closed' : isDue() || probing ? 'half_open' : 'open'),
  }
}
