// What a builder may keep for less time than everybody: within bounds that the law and the product set.

import { deletePeriod, periodsOfTenant, putPeriod } from '#db/retention-periods.ts'
import { type Scope, within } from '#db/scope.ts'
import { noteActivity } from '../activity.ts'
import { failure } from '../failure.ts'
import { RETENTION_DAYS } from '../retention.ts'

/**
 * The least that each must be kept: faults are looked for in the last month; who looked at a person's data is told
 * for a year (GDPR Art. 15 asks for an answer within months, and complaints come later).
 */
const LEAST_DAYS = {
  qr_scans: 30,
  rag_log: 30,
  ingestion_log: 30,
  imports: 7,
  mails: 30,
  data_access_log: 365,
} as const

export type PeriodRule = keyof typeof LEAST_DAYS
export const PERIOD_RULES = Object.keys(LEAST_DAYS) as PeriodRule[]

/** Kept equally long for everybody: the notice of the app promises it. */
export const FIXED_RULES = ['raw_addresses', 'request_log', 'ended_sessions', 'deleted_documents'] as const

export type Period = { rule: PeriodRule; days: number; least: number; most: number }

export async function readPeriods(scope: Scope): Promise<Period[]> {
  const own = await within(scope, periodsOfTenant)
  return PERIOD_RULES.map((rule) => ({
    rule,
    days: own.find((row) => row.rule === rule)?.days ?? RETENTION_DAYS[rule],
    least: LEAST_DAYS[rule],
    most: RETENTION_DAYS[rule],
  }))
}

export const fixedPeriods = () => FIXED_RULES.map((rule) => ({ rule, days: RETENTION_DAYS[rule] }))

/** @throws Failure `invalid` naming every period that is out of its bounds; then none is changed */
export async function changePeriods(scope: Scope, typed: Record<PeriodRule, string>): Promise<void> {
  const read = PERIOD_RULES.map((rule) => ({ rule, days: daysOf(typed[rule]) }))
  const fields = read.flatMap(({ rule, days }) =>
    days !== null && days >= LEAST_DAYS[rule] && days <= RETENTION_DAYS[rule]
      ? []
      : [
          {
            path: rule,
            message: `Type a number of days between ${LEAST_DAYS[rule]} and ${RETENTION_DAYS[rule]}.`,
          },
        ],
  )
  if (fields.length > 0) throw failure('invalid', { fields })
  const { tenantId } = scope
  await within(scope, async (db) => {
    for (const { rule, days } of read) {
      if (days === null || days === RETENTION_DAYS[rule]) await deletePeriod(db, rule)
      else await putPeriod(db, tenantId, rule, days)
    }
    await noteActivity(db, scope, {
      action: 'retention.changed',
      targetType: 'tenant',
      targetId: tenantId,
      changes: Object.fromEntries(read.map(({ rule, days }) => [rule, days])),
    })
  })
}

const daysOf = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null)
