// Re-indexing a development: vectors of another model are made beside those in use, and swapped in when all are there.

import { developmentById } from '#db/developments.ts'
import {
  deleteForgottenEmbeddings,
  developmentsInOtherSpaces,
  type EmbeddingSpace,
  embeddingCounts,
  embeddingSpace,
  insertEmbeddings,
  liveTextsToEmbed,
  lockEmbeddingSpace,
  setEmbeddingSpace,
  textsToEmbed,
} from '#db/embeddings.ts'
import {
  closeReindexRuns,
  deleteOpenReindexRuns,
  type GoldenRunRow,
  openReindexRun,
} from '#db/golden-runs.ts'
import { type LiveJob, liveJobOfKey } from '#db/job-keys.ts'
import { type Db, type Scope, throughQueue, within } from '#db/scope.ts'
import { enqueue, enqueueMany } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { configuredSpace } from './clients/models.ts'
import { config } from './config.ts'
import { type ChooseEmbedder, EMBEDDING_BATCH, embedTexts, isSameSpace } from './documents/embedding.ts'
import { failure } from './failure.ts'

/** English text of manuals; the provider's bill is the truth, this is the estimate before it. */
const CHARACTERS_A_TOKEN = 4
/** A large development gives its slot back to the others after this long, and goes on where it stopped. */
const TURN_MS = 120_000
const FAN_OUT_BATCH = 500
const FAN_OUT_BATCHES_MAX = 200

export type ReindexEstimate = {
  /** What the settings ask for, and what searches use now (null while nothing is embedded). */
  target: EmbeddingSpace
  current: EmbeddingSpace | null
  chunks: number
  chunksToEmbed: number
  tokens: number
  costEur: number
  job: LiveJob | null
  /** The golden suite with the new vectors, while they are not in use. */
  review: GoldenRunRow | null
}

/** What a re-index would embed and cost. @throws Failure `not_found`, `embeddings_not_set_up` */
export async function estimateReindex(scope: Scope, developmentId: string): Promise<ReindexEstimate> {
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const target = configuredSpace()
    if (!target) throw failure('embeddings_not_set_up')
    const [current, counts, job, review] = await Promise.all([
      embeddingSpace(db, developmentId),
      embeddingCounts(db, developmentId, target),
      liveJobOfKey(db, 'reindex-development', developmentId),
      openReindexRun(db, developmentId),
    ])
    const tokens = Math.ceil(counts.charactersWithoutVector / CHARACTERS_A_TOKEN)
    const costEur = (tokens * config().OPENAI_EMBEDDING_EUR_PER_MILLION_TOKENS) / 1_000_000
    const chunksToEmbed = counts.textsWithoutVector
    return { target, current, chunks: counts.chunks, chunksToEmbed, tokens, costEur, job, review }
  })
}

/** @throws Failure `not_found`, `embeddings_not_set_up` */
export async function requestReindex(scope: Scope, developmentId: string): Promise<{ jobId: string }> {
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const target = configuredSpace()
    if (!target) throw failure('embeddings_not_set_up')
    await noteActivity(db, scope, {
      action: 'development.reindexed',
      targetType: 'development',
      targetId: developmentId,
      changes: target,
    })
    await deleteOpenReindexRuns(db, developmentId)
    return { jobId: await enqueueReindex(db, scope, developmentId) }
  })
}

/** In the caller's transaction: when a version that becomes live again lacks vectors, they are made in the background. */
export async function fillVectors(
  db: Db,
  scope: Scope,
  developmentId: string,
  version: { id: string; reading: number },
): Promise<void> {
  const space = configuredSpace() && (await embeddingSpace(db, developmentId))
  if (!space) return
  const missing = await textsToEmbed(db, { versionId: version.id, reading: version.reading }, space, 1)
  if (missing.length > 0) await enqueueReindex(db, scope, developmentId)
}

const enqueueReindex = (db: Db, scope: Scope, developmentId: string) =>
  enqueue(
    db,
    'reindex-development',
    { tenantId: scope.tenantId, developmentId },
    { dedupeKey: developmentId, requestId: scope.requestId },
  )

export type ReindexContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
  embedder: ChooseEmbedder | null
  /** Whether searches may use the vectors that have been made. */
  review(target: EmbeddingSpace): Promise<'passed' | 'waiting' | 'rejected'>
  turnMs?: number
}

export type Reindexed = 'swapped' | 'gone' | 'not_set_up' | 'later' | 'waiting' | 'rejected'

/**
 * Embeds what has no vector in the settings' space yet, batch by batch, and makes searches use them in one statement.
 * Vectors that are there, from an earlier try or from equal text, are not made again.
 */
export async function reindexDevelopment(
  scope: Scope,
  developmentId: string,
  context: ReindexContext,
): Promise<Reindexed> {
  if (!context.embedder) return 'not_set_up'
  const embedder = context.embedder(null)
  const of = { tenantId: scope.tenantId, developmentId }
  const endsAtMs = performance.now() + (context.turnMs ?? TURN_MS)
  for (;;) {
    context.signal.throwIfAborted()
    const { counts, batch } = await context.fenced(async (db) => ({
      counts: await embeddingCounts(db, developmentId, embedder),
      batch: await liveTextsToEmbed(db, developmentId, embedder, EMBEDDING_BATCH),
    }))
    context.progress('embedding', counts.texts - counts.textsWithoutVector, counts.texts)
    if (batch.length === 0) {
      const verdict = await context.review(embedder)
      if (verdict !== 'passed') return verdict
      const outcome = await context.fenced((db) => swap(db, developmentId, embedder))
      if (outcome) return outcome
      continue
    }
    if (performance.now() > endsAtMs) return 'later'
    const rows = await embedTexts(of, batch, embedder, context.signal)
    await context.fenced((db) => insertEmbeddings(db, rows))
  }
}

/** Null: a document became live meanwhile, embedded for the space that is about to be left. */
async function swap(
  db: Db,
  developmentId: string,
  target: EmbeddingSpace,
): Promise<'swapped' | 'gone' | null> {
  const current = await lockEmbeddingSpace(db, developmentId)
  if (current === undefined) return 'gone'
  const late = await liveTextsToEmbed(db, developmentId, target, 1)
  if (late.length > 0) return null
  await setEmbeddingSpace(db, developmentId, { model: target.model, dimensions: target.dimensions })
  await closeReindexRuns(db, developmentId)
  // The vectors just left stay until the next re-index: going back to them costs nothing, and a search that is
  // being built of them at this moment finds them.
  const kept = isSameSpace(current, target) ? null : [target, ...(current ? [current] : [])]
  if (kept) await deleteForgottenEmbeddings(db, developmentId, kept)
  return 'swapped'
}

/**
 * At the start of the process: developments whose searches use other vectors than the settings ask for are
 * re-indexed. Any number of processes may do this at once; a development has one such job at a time.
 */
export async function reindexChangedDevelopments(): Promise<number> {
  const space = configuredSpace()
  if (!space) return 0
  let after: string | null = null
  let enqueued = 0
  for (let batch = 0; batch < FAN_OUT_BATCHES_MAX; batch++) {
    const developments = await throughQueue(async (db) => {
      const rows = await developmentsInOtherSpaces(db, space, after, FAN_OUT_BATCH)
      const entries = rows.map(({ id, tenantId }) => ({
        payload: { tenantId, developmentId: id },
        dedupeKey: id,
      }))
      enqueued += await enqueueMany(db, 'reindex-development', entries)
      return rows
    })
    if (developments.length < FAN_OUT_BATCH) break
    after = developments.at(-1)?.id ?? null
  }
  return enqueued
}
