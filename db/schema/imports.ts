// Imports of units from a file: what was uploaded, what the check said of each row, and what became of it.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'

export const imports = pgTable(
  'imports',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    fileName: text('file_name').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** The file itself, until it has been read: then its rows hold all that matters, and it is forgotten. */
    content: bytes('content'),
    /** Without a dry run the rows are imported at once when none of them is wrong. */
    isDryRun: boolean('is_dry_run').notNull(),
    status: text('status')
      .$type<'checking' | 'checked' | 'importing' | 'imported' | 'refused' | 'failed'>()
      .notNull()
      .default('checking'),
    failureCode: text('failure_code'),
    /** Sentences about the file as a whole: why it was refused, what in it was not read. */
    notes: jsonb('notes').$type<string[]>().notNull().default([]),
    createCount: integer('create_count').notNull().default(0),
    updateCount: integer('update_count').notNull().default(0),
    unchangedCount: integer('unchanged_count').notNull().default(0),
    errorCount: integer('error_count').notNull().default(0),
    jobId: uuid('job_id'),
    checkedAt: at('checked_at'),
    confirmedAt: at('confirmed_at'),
    importedAt: at('imported_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('imports_tenant_id_id_key').on(t.tenantId, t.id),
    unique('imports_in_development_key').on(t.tenantId, t.developmentId, t.id),
    index('imports_recent').on(
      t.tenantId,
      t.developmentId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    check(
      'imports_status_known',
      sql`${t.status} in ('checking','checked','importing','imported','refused','failed')`,
    ),
    check('imports_imported', sql`(${t.importedAt} is not null) = (${t.status} = 'imported')`),
    check(
      'imports_failure_stated',
      sql`(${t.failureCode} is not null) = (${t.status} in ('refused','failed'))`,
    ),
    foreignKey({
      name: 'imports_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** What the check said of a row, and what is to be done with it. */
export const importRows = pgTable(
  'import_rows',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    importId: uuid('import_id').notNull(),
    /** As the spreadsheet numbers it: the first row of the file is 1. */
    rowNumber: integer('row_number').notNull(),
    action: text('action').$type<'create' | 'update' | 'unchanged' | 'error'>().notNull(),
    unitNumber: text('unit_number'),
    unitId: uuid('unit_id'),
    messages: jsonb('messages').$type<string[]>().notNull(),
    /** Field by field, before and after. */
    changes: jsonb('changes').notNull(),
    /** What was read, until it is imported. */
    values: jsonb('values'),
  },
  (t) => [
    primaryKey({ name: 'import_rows_pkey', columns: [t.tenantId, t.importId, t.rowNumber] }),
    check('import_rows_action_known', sql`${t.action} in ('create','update','unchanged','error')`),
    foreignKey({
      name: 'import_rows_import_fkey',
      columns: [t.tenantId, t.developmentId, t.importId],
      foreignColumns: [imports.tenantId, imports.developmentId, imports.id],
    }).onDelete('cascade'),
  ],
)
