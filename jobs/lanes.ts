// How the slots of a thread are divided among kinds.
import type { Kinds } from './kinds.ts'

/** Jobs that mostly wait for the network or the database: a few of them share a thread well. */
const SHARED_SLOTS_PER_THREAD = 8

export type ThreadLane = { kinds: readonly string[]; slots: number }

/**
 * The lanes of one thread. A kind with slots of its own has them spread over the threads, so that its limit
 * holds for the process without the threads having to agree on anything.
 */
export function lanesOfThread(table: Kinds, threadCount: number, index: number): ThreadLane[] {
  const shared = Object.keys(table).filter((kind) => table[kind]?.slots === 'shared')
  const lanes: ThreadLane[] = shared.length > 0 ? [{ kinds: shared, slots: SHARED_SLOTS_PER_THREAD }] : []
  for (const [kind, policy] of Object.entries(table)) {
    if (policy.slots === 'shared') continue
    const slots = share(policy.slots.own, threadCount, index)
    if (slots > 0) lanes.push({ kinds: [kind], slots })
  }
  return lanes
}

const share = (count: number, threadCount: number, index: number) =>
  Math.floor(count / threadCount) + (index < count % threadCount ? 1 : 0)
