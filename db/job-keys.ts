// The job that is under way for one thing, found by its dedupe key.
import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from './client.ts'
import { jobStatus } from './schema/index.ts'

export type LiveJob = {
  id: string
  state: (typeof jobStatus.$inferSelect)['state']
  stage: string | null
  progressDone: number
  progressTotal: number
}

export async function liveJobOfKey(db: Db, kind: string, dedupeKey: string): Promise<LiveJob | null> {
  const [row] = await db
    .select({
      id: jobStatus.id,
      state: jobStatus.state,
      stage: jobStatus.stage,
      progressDone: jobStatus.progressDone,
      progressTotal: jobStatus.progressTotal,
    })
    .from(jobStatus)
    .where(
      and(
        eq(jobStatus.kind, kind),
        eq(jobStatus.dedupeKey, dedupeKey),
        inArray(jobStatus.state, ['available', 'scheduled', 'running', 'retryable']),
      ),
    )
    .limit(1)
  return row ?? null
}
