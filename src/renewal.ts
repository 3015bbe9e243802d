// The yearly renewal of a development: what changed since a year ago, what runs out, what is missing, what it would cost.
import { coverageOfDevelopment, coverageThen } from '#db/coverage.ts'
import { developmentById } from '#db/developments.ts'
import * as rows from '#db/renewal.ts'
import { type Scope, within } from '#db/scope.ts'
import { enqueueMany } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { irishToday, shifted } from './analytics.ts'
import { configuredSpace } from './clients/models.ts'
import { config } from './config.ts'
import { type Coverage, coverageOf } from './documents/coverage.ts'
import { EXPIRES_SOON_DAYS } from './documents/quality.ts'
import { failure } from './failure.ts'

const YEAR_DAYS = 365
/** English text of manuals; the provider's bill is the truth, this is the estimate before it. */
const CHARACTERS_A_TOKEN = 4

export type Expiry = 'expired' | 'soon' | 'later' | 'none'
/** Against a year ago. */
export type Change = 'new' | 'renewed' | 'unchanged'

export type RenewalDocument = rows.RenewalRow & { expiry: Expiry; change: Change }

export type CoverageChange = {
  code: string
  name: string
  homes: number
  gapsNow: string[]
  gapsThen: number
}

export type Renewal = {
  today: string
  yearAgo: string
  documents: RenewalDocument[]
  coverage: { gaps: number; gapsThen: number; cells: number; lines: CoverageChange[] }
  /** `costEur` null: no language model is set up, and reading again costs nothing. */
  estimate: { passages: number; tokens: number; costEur: number | null }
  rereading: number
}

/** @throws Failure `not_found` */
export async function readRenewal(scope: Scope, developmentId: string): Promise<Renewal> {
  const today = irishToday()
  const yearAgo = shifted(today, -YEAR_DAYS)
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const [documents, now, before, size, rereading] = await Promise.all([
      rows.renewalRows(db, developmentId, yearAgo),
      coverageOfDevelopment(db, developmentId),
      coverageThen(db, developmentId, yearAgo),
      rows.renewalSize(db, developmentId),
      rows.rereadingCount(db, developmentId),
    ])
    return {
      today,
      yearAgo,
      rereading,
      documents: documents.map((row) => ({
        ...row,
        expiry: expiryOf(row.expiresOn, today),
        change: changeOf(row),
      })),
      coverage: difference(coverageOf(now), coverageOf(before)),
      estimate: estimateOf(size),
    }
  })
}

export function expiryOf(expiresOn: string | null, today: string): Expiry {
  if (expiresOn === null) return 'none'
  if (expiresOn < today) return 'expired'
  return expiresOn <= shifted(today, EXPIRES_SOON_DAYS) ? 'soon' : 'later'
}

const changeOf = ({ number, thenNumber }: rows.RenewalRow): Change =>
  thenNumber === null ? 'new' : thenNumber === number ? 'unchanged' : 'renewed'

function difference(now: Coverage, before: Coverage): Renewal['coverage'] {
  const lines = now.lines.map(({ code, name, homes, cells }) => ({
    code,
    name,
    homes,
    gapsNow: cells.filter(({ isGap }) => isGap).map(({ kind }) => kind),
    gapsThen: (before.lines.find((line) => line.code === code)?.cells ?? []).filter(({ isGap }) => isGap)
      .length,
  }))
  return { gaps: now.gaps, gapsThen: before.gaps, cells: now.cells, lines }
}

function estimateOf({ passages, characters }: rows.RenewalSize): Renewal['estimate'] {
  const tokens = Math.ceil(characters / CHARACTERS_A_TOKEN)
  const costEur = configuredSpace()
    ? (tokens * config().OPENAI_EMBEDDING_EUR_PER_MILLION_TOKENS) / 1_000_000
    : null
  return { passages, tokens, costEur }
}

/** Reads the stored file of every live document again; what is under way already is not begun twice. @returns how many */
export async function rereadDocuments(scope: Scope, developmentId: string): Promise<number> {
  const { tenantId, requestId } = scope
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const versions = await rows.liveVersions(db, developmentId)
    const entries = versions.map((version) => ({
      payload: { tenantId, ...version },
      dedupeKey: version.versionId,
    }))
    const begun = await enqueueMany(db, 'reingest-document', entries, { requestId })
    await rows.nameRereadings(db, developmentId)
    await noteActivity(db, scope, {
      action: 'development.renewed',
      targetType: 'development',
      targetId: developmentId,
      changes: { documents: begun },
    })
    return begun
  })
}
