// Lists that were too large to wait for: files that a job wrote for one member of staff, kept for a day.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'

export type ExportedList = 'homes' | 'homeowners'

export const listExports = pgTable(
  'list_exports',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    list: text('list').$type<ExportedList>().notNull(),
    /** Filters and order in force when it was asked for. */
    request: jsonb('request').$type<Record<string, unknown>>().notNull(),
    /** Whose file it is: nobody else may take it. */
    staffId: uuid('staff_id').notNull(),
    /** No foreign key, because finished jobs are pruned. */
    jobId: uuid('job_id'),
    storageKey: text('storage_key'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    rowCount: integer('row_count'),
    readyAt: at('ready_at'),
    expiresAt: at('expires_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('list_exports_tenant_id_id_key').on(t.tenantId, t.id),
    index('list_exports_development').on(t.tenantId, t.developmentId, t.list),
    check('list_exports_list_known', sql`${t.list} in ('homes','homeowners')`),
    check(
      'list_exports_ready_whole',
      sql`(${t.readyAt} is null) = (${t.storageKey} is null) and (${t.readyAt} is null) = (${t.sizeBytes} is null) and (${t.readyAt} is null) = (${t.rowCount} is null) and (${t.readyAt} is null) = (${t.expiresAt} is null)`,
    ),
    foreignKey({
      name: 'list_exports_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)
