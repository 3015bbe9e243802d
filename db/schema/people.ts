// What people ask of their own data: copies of it, and its erasure.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { purchasers, units } from './units.ts'

/** `purchaser_id` is null where the builder recorded no names: then the home is the person. */
export const personExports = pgTable(
  'person_exports',
  {
    id: id(),
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    purchaserId: uuid('purchaser_id'),
    /** No foreign key, because finished jobs are pruned. */
    jobId: uuid('job_id'),
    storageKey: text('storage_key'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    readyAt: at('ready_at'),
    expiresAt: at('expires_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('person_exports_tenant_id_id_key').on(t.tenantId, t.id),
    index('person_exports_unit').on(t.tenantId, t.unitId, t.createdAt.desc().nullsFirst()),
    index('person_exports_purchaser').on(t.tenantId, t.purchaserId),
    check(
      'person_exports_ready_whole',
      sql`(${t.readyAt} is null) = (${t.storageKey} is null) and (${t.readyAt} is null) = (${t.sizeBytes} is null) and (${t.readyAt} is null) = (${t.expiresAt} is null)`,
    ),
    foreignKey({
      name: 'person_exports_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'person_exports_purchaser_fkey',
      columns: [t.tenantId, t.unitId, t.purchaserId],
      foreignColumns: [purchasers.tenantId, purchasers.unitId, purchasers.id],
      // A person who is moved to another home takes their copies along.
    }).onUpdate('cascade'),
  ],
)

/** That somebody was erased, when, and how many rows went: never who. */
export const erasures = pgTable(
  'erasures',
  {
    id: id(),
    tenantId: tenantId(),
    jobId: uuid('job_id'),
    /** The last day that the law allows. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    doneAt: at('done_at'),
    counts: jsonb('counts').$type<Record<string, number>>(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('erasures_tenant_id_id_key').on(t.tenantId, t.id),
    index('erasures_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check('erasures_done_whole', sql`(${t.doneAt} is null) = (${t.counts} is null)`),
  ],
)
