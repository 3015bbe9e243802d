// The builder's snags as a file for spreadsheets: every one that matches, the oldest first.

import { type Scope, within } from '#db/scope.ts'
import { listSnags, type SnagFilter, type SnagRow } from '#db/snags.ts'
import { noteActivity } from '../activity.ts'
import { type CsvColumn, csvParts, csvStream } from '../csv.ts'

const DAY_MS = 86_400_000

const COLUMNS: CsvColumn<SnagRow>[] = [
  ['address', (snag) => snag.unitAddress],
  ['house_type', (snag) => snag.houseTypeCode],
  ['room', (snag) => snag.room],
  ['kind', (snag) => snag.category],
  ['status', (snag) => snag.status],
  ['contractor_says_done', (snag) => (snag.isSaidDone ? 'yes' : 'no')],
  ['description', (snag) => snag.description],
  ['reported_at', (snag) => snag.createdAt.toISOString()],
  ['closed_at', (snag) => snag.closedAt?.toISOString() ?? null],
  ['days_open', daysOpen],
]

/** Read as fast as the other side takes it. */
export async function snagsCsv(
  scope: Scope,
  filter: SnagFilter & { developmentId: string },
): Promise<ReadableStream<Uint8Array>> {
  await noteExport(scope, filter.developmentId)
  return csvStream(
    csvParts(COLUMNS, (last, limit) =>
      within(scope, (db) => listSnags(db, { ...filter, after: last?.id, limit })),
    ),
  )
}

function daysOpen({ createdAt, closedAt }: SnagRow): number {
  return Math.max(0, Math.floor(((closedAt ?? new Date()).getTime() - createdAt.getTime()) / DAY_MS))
}

async function noteExport(scope: Scope, developmentId: string): Promise<void> {
  if (scope.readOnly) return
  await within(scope, (db) =>
    noteActivity(db, scope, { action: 'snags.exported', targetType: 'development', targetId: developmentId }),
  )
}
