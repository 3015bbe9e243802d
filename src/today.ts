// The builder's first page: who has moved in, what they ask, what nobody could answer, what is missing.
import { type Scope, within } from '#db/scope.ts'
import { type TodayRow, todayRow } from '#db/today.ts'
import { type Analytics, analyticsOf, FIGURE_TABLES, irishToday, shifted } from './analytics.ts'
import { coverageOf } from './documents/coverage.ts'
import { keptRead } from './kept-reads.ts'

export const PERIOD_DAYS = 30

const TODAY_TABLES = [
  ...FIGURE_TABLES,
  'daily_home_activity',
  'developments',
  'house_types',
  'documents',
  'document_versions',
  'document_house_types',
  'acknowledgements',
  'purchasers',
  'gaps',
  'snags',
  'contractor_link_snags',
] as const

/** A share in whole percent, null where there is nothing to have a share of. */
type Share = number | null

export type Today = Omit<TodayRow, 'coverage'> & {
  activation: { now: Share; before: Share }
  /** Answered among the questions that were answered or not, in the period and in the one before. */
  answerRate: { now: Share; before: Share; answered: number; unanswered: number }
  coverage: { now: Share; gaps: number; cells: number }
  mustRead: { now: Share; acknowledged: number; required: number }
  days: Analytics['days']
}

/** Two statements, none when nothing was written since. The development is one the caller has found. */
export async function readToday(scope: Scope, developmentId: string): Promise<Today> {
  const to = irishToday()
  const from = shifted(to, 1 - 2 * PERIOD_DAYS)
  const [row, { days }] = await Promise.all([
    keptRead(scope, {
      name: 'today',
      parts: [developmentId, to],
      tables: TODAY_TABLES,
      read: () => within(scope, (db) => todayRow(db, developmentId, PERIOD_DAYS)),
    }),
    analyticsOf(scope, { developmentId, from, to }),
  ])
  const now = questionsOf(days.slice(-PERIOD_DAYS))
  const before = questionsOf(days.slice(0, -PERIOD_DAYS))
  const { cells, gaps } = coverageOf(row.coverage)
  return {
    ...row,
    activation: {
      now: share(row.handedOverClaimed, row.handedOver),
      before: share(row.handedOverClaimedBefore, row.handedOverBefore),
    },
    answerRate: { ...now, now: rateOf(now), before: rateOf(before) },
    coverage: { now: share(cells - gaps, cells), gaps, cells },
    mustRead: {
      now: share(row.mustReadDone, row.mustReadHomes),
      acknowledged: row.mustReadDone,
      required: row.mustReadHomes,
    },
    days: days.slice(-PERIOD_DAYS),
  }
}

const questionsOf = (days: Analytics['days']) => ({
  answered: days.reduce((sum, day) => sum + day.answered, 0),
  unanswered: days.reduce((sum, day) => sum + day.unanswered, 0),
})

const rateOf = ({ answered, unanswered }: { answered: number; unanswered: number }) =>
  share(answered, answered + unanswered)

const share = (part: number, whole: number): Share => (whole > 0 ? Math.round((100 * part) / whole) : null)
