// All builders side by side: how lively, how well answered, what it costs, and what nobody could answer.

import * as rows from '#db/operator-analytics.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { euroOf } from './system-load.ts'

const ANALYTICS_SPANS = { '7d': 7, '30d': 30, '90d': 90 } as const
export type AnalyticsSpan = keyof typeof ANALYTICS_SPANS

export type Compared = rows.ComparedFigures & { euro: number }

export async function readComparison(
  scope: AdminScope,
  of: { span: AnalyticsSpan; tenantId: string | undefined },
): Promise<{ rows: Compared[]; countedTo: string | null }> {
  const asked = { days: ANALYTICS_SPANS[of.span], tenantId: of.tenantId }
  return acrossTenants(scope, 'analytics of all builders', async (db) => {
    const found = await rows.comparedFigures(db, asked)
    return {
      rows: found.map((row) => ({ ...row, euro: euroOf(row) })),
      countedTo: await rows.rolledUpDay(db),
    }
  })
}

/** Shows words of people, so it is put on record. */
export async function readTopGaps(
  scope: AdminScope,
  of: { span: AnalyticsSpan; tenantId: string | undefined },
): Promise<rows.TopGap[]> {
  const asked = { days: ANALYTICS_SPANS[of.span], tenantId: of.tenantId }
  return acrossTenants(scope, 'gaps of all builders', async (db) => {
    await noteActivity(db, scope, {
      tenantId: of.tenantId ?? null,
      action: 'gaps.read',
      targetType: 'gaps',
      targetId: of.span,
    })
    return rows.topGaps(db, asked)
  })
}
