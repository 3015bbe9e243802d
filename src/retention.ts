// How long what is kept, and the nightly removal of what was kept long enough.
import { deleteQuietGroups } from '#db/errors.ts'
import * as rows from '#db/retention.ts'
import { periodsOfRule } from '#db/retention-periods.ts'
import {
  acknowledgements,
  contractorLinks,
  dataAccessLog,
  errorLog,
  events,
  idempotentRequests,
  imports,
  incidents,
  ingestionLog,
  llmErrorLog,
  loadSamples,
  mails,
  qrScans,
  ragLog,
  rateLimitLog,
  requestLog,
  sessions,
  webhookDeliveries,
} from '#db/schema/index.ts'
import { type Db, throughKeeper } from '#db/scope.ts'
import {
  beginCounting,
  holdStorageUse,
  recountStorage,
  setPictureBytes,
  unweighedPictures,
} from '#db/storage-use.ts'
import { StoredFileMissing, storage } from './clients/storage.ts'
import { log } from './log.ts'

/** In days. The notice of the app promises the first; figures of analytics need a year of scans and openings. */
export const RETENTION_DAYS = {
  idempotent_requests: 1,
  raw_addresses: 30,
  request_log: 30,
  rate_limit_log: 30,
  ended_sessions: 30,
  deleted_documents: 30,
  webhook_deliveries: 30,
  events: 30,
  unfinished_exports: 7,
  load_samples: 7,
  error_log: 90,
  llm_error_log: 90,
  mails: 90,
  rag_log: 180,
  ingestion_log: 180,
  imports: 180,
  contractor_links: 180,
  qr_scans: 400,
  daily_home_activity: 400,
  data_access_log: 730,
  incidents: 730,
} as const

const DAY_MS = 86_400_000
const ROWS_A_STATEMENT = 5_000
const FILES_A_BATCH = 100
const BATCHES_MAX = 2_000
const TENANTS_A_BATCH = 500
/** Pictures whose bytes nobody noted, weighed in one night: each is read from the store. */
const WEIGHED_A_NIGHT_MAX = 1_000

type Rule = {
  name: string
  days: number
  /** Removes a batch and says how many rows that were, and whether there may be more. */
  remove(cutoff: Date): Promise<{ count: number; isDone: boolean }>
  /** The same of one tenant, where tenants may keep less. */
  removeOfTenant?: (tenantId: string, cutoff: Date) => Promise<{ count: number; isDone: boolean }>
}

const byRows = (
  name: string,
  days: number,
  remove: (db: Db, cutoff: Date, limit: number) => Promise<number>,
): Rule => ({
  name,
  days,
  remove: async (cutoff) => {
    const count = await throughKeeper((db) => remove(db, cutoff, ROWS_A_STATEMENT))
    return { count, isDone: count < ROWS_A_STATEMENT }
  },
})

/** Rows with files: the files go first, so that no run leaves one that nothing points to. */
const withFiles = (
  name: string,
  days: number,
  find: typeof rows.expiredExports,
  remove: typeof rows.deleteExportsById,
): Rule => ({
  name,
  days,
  remove: async (cutoff) => {
    const found = await throughKeeper((db) => find(db, cutoff, FILES_A_BATCH))
    for (const key of found.flatMap(({ storageKeys }) => storageKeys)) await storage().remove(key)
    const ids = found.map(({ id }) => id)
    const count = ids.length > 0 ? await throughKeeper((db) => remove(db, ids)) : 0
    return { count, isDone: found.length < FILES_A_BATCH }
  },
})

const days = RETENTION_DAYS
export const RULES: readonly Rule[] = [
  byRows('qr_scans addresses shortened', days.raw_addresses, (db, cutoff, limit) =>
    rows.shortenAddresses(db, qrScans, cutoff, limit),
  ),
  byRows('sessions addresses shortened', days.raw_addresses, (db, cutoff, limit) =>
    rows.shortenAddresses(db, sessions, cutoff, limit),
  ),
  byRows('acknowledgements addresses shortened', days.raw_addresses, (db, cutoff, limit) =>
    rows.shortenAddresses(db, acknowledgements, cutoff, limit),
  ),
  byRows('activity addresses shortened', days.raw_addresses, rows.shortenLoggedAddresses),
  byRows('ended sessions', days.ended_sessions, rows.deleteEndedSessions),
  withFiles('exports', days.unfinished_exports, rows.expiredExports, rows.deleteExportsById),
  withFiles('list_exports', days.unfinished_exports, rows.expiredLists, rows.deleteListsById),
  withFiles('deleted documents', days.deleted_documents, rows.deletedDocuments, rows.deleteDocumentsById),
  byRows('daily_home_activity', days.daily_home_activity, rows.deleteOldHomeDays),
  byRows('error_groups', days.error_log, deleteQuietGroups),
  ...(
    [
      ['load_samples', loadSamples],
      ['incidents', incidents],
    ] as const
  ).map(([name, table]) =>
    byRows(name, days[name], (db, cutoff, limit) => rows.deleteOlder(db, table, cutoff, limit)),
  ),
  ...(
    [
      ['idempotent_requests', idempotentRequests],
      ['request_log', requestLog],
      ['rate_limit_log', rateLimitLog],
      ['error_log', errorLog],
      ['llm_error_log', llmErrorLog],
      ['rag_log', ragLog],
      ['ingestion_log', ingestionLog],
      ['qr_scans', qrScans],
      ['data_access_log', dataAccessLog],
      ['contractor_links', contractorLinks],
      ['imports', imports],
      ['mails', mails],
      ['webhook_deliveries', webhookDeliveries],
      ['events', events],
    ] as const
  ).map(
    ([name, table]): Rule => ({
      ...byRows(name, days[name], (db, cutoff, limit) => rows.deleteOlder(db, table, cutoff, limit)),
      removeOfTenant: async (tenantId, cutoff) => {
        const count = await throughKeeper((db) =>
          rows.deleteOlderOfTenant(db, table, tenantId, cutoff, ROWS_A_STATEMENT),
        )
        return { count, isDone: count < ROWS_A_STATEMENT }
      },
    }),
  ),
]

export type PurgeContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  now?: Date
}

/** Applies every rule and writes down how many rows each removed. Returns the counts by rule. */
export async function purgeExpired({ signal, progress, now = new Date() }: PurgeContext) {
  const counts: Record<string, number> = {}
  for (const [done, rule] of RULES.entries()) {
    progress(rule.name, done, RULES.length)
    const cutoffAt = new Date(now.getTime() - rule.days * DAY_MS)
    let rowCount = await removeAll(signal, () => rule.remove(cutoffAt))
    const { removeOfTenant } = rule
    for await (const { tenantId, days } of removeOfTenant ? shorterPeriods(rule.name) : []) {
      const cutoff = new Date(now.getTime() - days * DAY_MS)
      rowCount += await removeAll(signal, () => removeOfTenant!(tenantId, cutoff))
    }
    counts[rule.name] = rowCount
    await throughKeeper((db) => rows.insertPurge(db, { rule: rule.name, rowCount, cutoffAt }))
  }
  await weighPictures()
  await recountStorageUse()
  progress('done', RULES.length, RULES.length)
  log('info', 'purged', counts)
  return counts
}

/** Files that went with their time give their room back. Returns how many figures changed. */
export const recountStorageUse = (): Promise<number> =>
  throughKeeper(async (db) => {
    await beginCounting(db)
    await holdStorageUse(db)
    return recountStorage(db)
  })

/** Pictures of before their bytes were noted; one that the store does not have weighs nothing. Returns how many. */
async function weighPictures(): Promise<number> {
  const found = await throughKeeper((db) => unweighedPictures(db, WEIGHED_A_NIGHT_MAX))
  for (const picture of found) {
    const bytes = await weight(picture.storageKey)
    await throughKeeper((db) => setPictureBytes(db, picture, bytes))
  }
  return found.length
}

async function weight(key: string): Promise<number> {
  let bytes = 0
  try {
    const file = await storage().open(key)
    for await (const part of file.stream()) bytes += part.byteLength
  } catch (error) {
    if (!(error instanceof StoredFileMissing)) throw error
  }
  return bytes
}

async function removeAll(
  signal: AbortSignal,
  remove: () => Promise<{ count: number; isDone: boolean }>,
): Promise<number> {
  let rowCount = 0
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    if (signal.aborted) throw new Error('the purge was stopped')
    const { count, isDone } = await remove()
    rowCount += count
    if (isDone) break
  }
  return rowCount
}

/** Of the builders that keep less than everybody. */
async function* shorterPeriods(rule: string): AsyncGenerator<{ tenantId: string; days: number }> {
  let after: string | null = null
  for (;;) {
    const found: { tenantId: string; days: number }[] = await throughKeeper((db) =>
      periodsOfRule(db, rule, { after, limit: TENANTS_A_BATCH }),
    )
    yield* found
    if (found.length < TENANTS_A_BATCH) return
    after = found.at(-1)?.tenantId ?? null
  }
}
