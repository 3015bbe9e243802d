// Anchors: the heads of all chains, kept once a day in the file store, where no SQL can reach them.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Head } from '#db/audit.ts'
import { anchorKey, StoredFileMissing, storage } from '../clients/storage.ts'
import { config } from '../config.ts'

/** How far back a check looks for anchors. */
const DAYS_BACK = 31
const DAY_MS = 86_400_000

const anchor = z.object({
  at: z.iso.datetime(),
  heads: z.array(z.object({ chain_id: z.uuid(), sequence: z.number().int(), hash: z.hex() })),
})

export type Anchor = { day: string; heads: Head[] }

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** Keeps the day's anchor. The first of a day stands: later ones could only hide something. */
export async function keepAnchor(heads: readonly Head[], now: Date): Promise<void> {
  if (await readAnchor(dayOf(now))) return
  const folder = join(config().dataDir, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = join(folder, crypto.randomUUID())
  const body: z.input<typeof anchor> = {
    at: now.toISOString(),
    heads: heads.map(({ chainId, sequence, hash }) => ({
      chain_id: chainId,
      sequence,
      hash: Buffer.from(hash).toString('hex'),
    })),
  }
  try {
    await Bun.write(path, JSON.stringify(body))
    await storage().store(anchorKey(dayOf(now)), path, 'application/json')
  } finally {
    await rm(path, { force: true })
  }
}

/** The anchors of the last weeks, oldest first. */
export async function recentAnchors(now: Date): Promise<Anchor[]> {
  const days = Array.from({ length: DAYS_BACK + 1 }, (_, i) =>
    dayOf(new Date(now.getTime() - (DAYS_BACK - i) * DAY_MS)),
  )
  const found = await Promise.all(days.map(readAnchor))
  return found.filter((each) => each !== null)
}

async function readAnchor(day: string): Promise<Anchor | null> {
  try {
    const file = await storage().open(anchorKey(day))
    const { heads } = anchor.parse(JSON.parse(await file.text()))
    return {
      day,
      heads: heads.map((head) => ({
        chainId: head.chain_id,
        sequence: head.sequence,
        hash: Buffer.from(head.hash, 'hex'),
      })),
    }
  } catch (error) {
    if (error instanceof StoredFileMissing) return null
    throw error
  }
}
