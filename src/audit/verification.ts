// Checks every chain of the activity log from its first row, and against the anchors kept outside the database.
import {
  chainHeads,
  type Head,
  insertChainCheck,
  type SealAndRow,
  type SealedRow,
  sealsOfChain,
  strayActivity,
} from '#db/audit.ts'
import { throughKeeper } from '#db/scope.ts'
import { recordError } from '../errors.ts'
import { log } from '../log.ts'
import { type Anchor, keepAnchor, recentAnchors } from './anchors.ts'
import { isSame, sealOf } from './chain.ts'

const SEALS_A_READ = 1_000
export const NO_TENANT_CHAIN = '00000000-0000-0000-0000-000000000000'

export type ChainCheck = {
  chainId: string
  /** `changed`: a row is not what was sealed; `missing`: one is not there; `cut`: the chain ends too early. */
  outcome: 'intact' | 'changed' | 'missing' | 'cut'
  checked: number
  /** Rows whose payload was erased, which is no fault. */
  erased: number
  brokenActivityId: string | null
  brokenSequence: number | null
}

export type Verification = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  now?: Date
}

/** Checks all chains, keeps what was found, and anchors the heads if every chain was whole. */
export async function verifyChains({
  signal,
  progress,
  now = new Date(),
}: Verification): Promise<ChainCheck[]> {
  const heads = await throughKeeper(chainHeads)
  const anchors = await recentAnchors(now)
  const anchored = anchors.flatMap((anchor) => anchor.heads.map((head) => head.chainId))
  const chainIds = [...new Set([...heads.map((head) => head.chainId), ...anchored])]
  const checks: ChainCheck[] = []
  for (const chainId of chainIds) {
    if (signal.aborted) throw new Error('the check was stopped')
    progress('checking', checks.length, chainIds.length)
    const check = await verifyChain(chainId, heads.find((head) => head.chainId === chainId) ?? null, anchors)
    checks.push(check)
    await report(check)
  }
  progress('checking', chainIds.length, chainIds.length)
  if (checks.every((check) => check.outcome === 'intact')) await keepAnchor(heads, now)
  return checks
}

/** One chain: every row against its seal, then the end against the head and the anchors. */
async function verifyChain(
  chainId: string,
  head: Head | null,
  anchors: readonly Anchor[],
): Promise<ChainCheck> {
  const expected = new Map<number, Uint8Array>()
  for (const anchor of anchors)
    for (const { chainId: of, sequence, hash } of anchor.heads)
      if (of === chainId) expected.set(sequence, hash)
  let last: { sequence: number; hash: Uint8Array } | null = null
  let erased = 0
  const ended = (outcome: ChainCheck['outcome'], sequence: number | null, activityId: string | null) => ({
    chainId,
    outcome,
    checked: last?.sequence ?? 0,
    erased,
    brokenActivityId: activityId,
    brokenSequence: sequence,
  })
  for (;;) {
    const page: { after: number; limit: number } = { after: last?.sequence ?? 0, limit: SEALS_A_READ }
    const seals: SealAndRow[] = await throughKeeper((db) => sealsOfChain(db, chainId, page))
    for (const seal of seals) {
      const sequence: number = (last?.sequence ?? 0) + 1
      if (seal.sequence !== sequence) return ended('missing', sequence, null)
      if (!seal.isThere) return ended('missing', sequence, seal.activityId)
      const anchored = expected.get(sequence)
      if (!isWhole(seal, last?.hash ?? null) || (anchored && !isSame(anchored, seal.hash)))
        return ended('changed', sequence, seal.activityId)
      if (seal.payloadNow === null) erased++
      last = { sequence, hash: seal.hash }
    }
    if (seals.length < SEALS_A_READ) break
  }
  const end = Math.max(head?.sequence ?? 0, ...expected.keys())
  // Rows sealed since the heads were read make the chain longer, never shorter.
  if (end > (last?.sequence ?? 0)) return ended('cut', (last?.sequence ?? 0) + 1, null)
  const stray = await throughKeeper((db) => strayActivity(db, chainId))
  return stray ? ended('changed', null, stray) : ended('intact', null, null)
}

function isWhole(seal: SealAndRow, previous: Uint8Array | null): boolean {
  const row = seal as SealedRow & SealAndRow
  if (row.payloadNow && !isSame(row.payloadNow, row.payloadSha256)) return false
  return isSame(sealOf(previous, row.sequence, row), row.hash)
}

async function report(check: ChainCheck): Promise<void> {
  const tenantId = check.chainId === NO_TENANT_CHAIN ? null : check.chainId
  await throughKeeper((db) =>
    insertChainCheck(db, {
      tenantId,
      chainId: check.chainId,
      outcome: check.outcome,
      checkedCount: check.checked,
      erasedCount: check.erased,
      brokenActivityId: check.brokenActivityId,
      brokenSequence: check.brokenSequence,
    }),
  )
  if (check.outcome === 'intact') return
  log('error', 'audit_chain_broken', check)
  recordError({
    source: 'job',
    error: new Error(`the activity log is ${check.outcome} at row ${check.brokenSequence ?? 'unsealed'}`),
    requestId: null,
    tenantId,
    context: check,
  })
}
