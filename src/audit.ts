// The activity log's seals: every row is put into its tenant's chain soon after it was written.
import {
  appendSeals,
  chainHeads,
  isAnyUnsealed,
  lockSealing,
  type NewSeal,
  unsealedActivity,
} from '#db/audit.ts'
import { throughKeeper } from '#db/scope.ts'
import { sealOf } from './audit/chain.ts'
import { log } from './log.ts'

const ROWS_A_TRANSACTION = 500
/** Notifications wake the sealer; this is for the one that was lost. */
const POLL_MS = 5_000

/** Seals all that waits, oldest first, one process at a time. Returns how many rows that were. */
export async function sealActivity(): Promise<number> {
  let sealed = 0
  for (;;) {
    const count = await throughKeeper(async (db) => {
      // Looked for first without the lock, because most of the time there is nothing to do.
      if (!(await isAnyUnsealed(db))) return 0
      await lockSealing(db)
      const rows = await unsealedActivity(db, ROWS_A_TRANSACTION)
      if (rows.length === 0) return 0
      const heads = new Map((await chainHeads(db)).map((head) => [head.chainId, head]))
      const seals: NewSeal[] = rows.map((row) => {
        const head = heads.get(row.chainId)
        const sequence = (head?.sequence ?? 0) + 1
        const hash = sealOf(head?.hash ?? null, sequence, row)
        heads.set(row.chainId, { chainId: row.chainId, sequence, hash })
        const { id, chainId, tenantId } = row
        return { id, chainId, tenantId, sequence, hash: hash.toString('hex') }
      })
      await appendSeals(db, seals)
      return rows.length
    })
    sealed += count
    if (count < ROWS_A_TRANSACTION) return sealed
  }
}

export type Sealer = { wake(): void; stop(): Promise<void> }

/** Seals whenever it is woken, and now and then by itself. A failed turn is logged and the next one comes. */
export function startSealing(): Sealer {
  let running: Promise<void> | null = null
  let isWanted = false
  let isStopped = false
  const turn = async () => {
    while (isWanted && !isStopped) {
      isWanted = false
      await sealActivity().catch((error) => log('warn', 'activity_not_sealed', { error: String(error) }))
    }
    running = null
  }
  const wake = () => {
    isWanted = true
    running ??= turn()
  }
  const timer = setInterval(wake, POLL_MS)
  wake()
  return {
    wake,
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
