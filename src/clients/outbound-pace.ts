// Keeps the calls to an outside system apart, over all threads and processes of the application.
import { claimSlot, deferSlot, slotDeferredMs, slotDueInMs } from '#db/outbound-slots.ts'
import { throughQueue } from '#db/scope.ts'
import { abortableWait } from './abortable-wait.ts'

/** A turn later than this is not waited for: the job comes back then and leaves its place to others. */
const WAIT_MS_MAX = 2_500

export type Pace = {
  /** Waits for the caller's turn and returns 0, or returns at once in how many milliseconds to come back. */
  turn(signal: AbortSignal): Promise<number>
  /** Makes everybody wait. */
  putOff(delayMs: number): Promise<void>
}

export function outboundPace(name: string, intervalMs: number): Pace {
  return {
    async turn(signal) {
      signal.throwIfAborted()
      const waitMs = await throughQueue((db) => claimSlot(db, { name, intervalMs, waitMsMax: WAIT_MS_MAX }))
      if (waitMs === null) return Math.max(1, await throughQueue((db) => slotDueInMs(db, name)))
      await abortableWait(Math.ceil(waitMs), signal)
      // Somebody may have been told to wait while this caller already did.
      return Math.ceil(await throughQueue((db) => slotDeferredMs(db, name)))
    },
    putOff: (delayMs) => throughQueue((db) => deferSlot(db, name, delayMs)),
  }
}
