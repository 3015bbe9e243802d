// The builder's snags as a file for spreadsheets: every one that matches, the oldest first.
import { insertActivity } from '#db/logs.ts'
import { type Scope, within } from '#db/scope.ts'
import { listSnags, type SnagFilter, type SnagRow } from '#db/snags.ts'
import { csvCell } from '../home-list.ts'

const BATCH = 1_000
const BATCHES_MAX = 200
const DAY_MS = 86_400_000

const COLUMNS: [name: string, of: (snag: SnagRow) => string | number | null][] = [
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

/** Read as fast as the other side takes it. The mark at its start is for Excel. */
export async function snagsCsv(
  scope: Scope,
  filter: SnagFilter & { developmentId: string },
): Promise<ReadableStream<Uint8Array>> {
  const read = (after?: string) => within(scope, (db) => listSnags(db, { ...filter, after, limit: BATCH }))
  let rows: SnagRow[] | null = await read()
  await noteExport(scope, filter.developmentId)
  const encoder = new TextEncoder()
  let batches = 0
  let text = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`
  return new ReadableStream({
    async pull(controller) {
      if (rows === null) return controller.close()
      const batch: SnagRow[] = rows.slice(0, BATCH)
      controller.enqueue(encoder.encode(text + batch.map(lineOf).join('')))
      text = ''
      batches++
      rows = rows.length > BATCH && batches < BATCHES_MAX ? await read(batch.at(-1)?.id) : null
    },
  })
}

const lineOf = (snag: SnagRow) => `${COLUMNS.map(([, of]) => csvCell(of(snag))).join(',')}\r\n`

function daysOpen({ createdAt, closedAt }: SnagRow): number {
  return Math.max(0, Math.floor(((closedAt ?? new Date()).getTime() - createdAt.getTime()) / DAY_MS))
}

async function noteExport(scope: Scope, developmentId: string): Promise<void> {
  if (scope.readOnly) return
  await within(scope, (db) =>
    insertActivity(db, {
      ...{ tenantId: scope.tenantId, actorType: scope.actor.type, actorId: scope.actor.id },
      ...{ action: 'snags.exported', targetType: 'development', targetId: developmentId },
      requestId: scope.requestId,
    }),
  )
}
