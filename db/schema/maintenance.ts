// Maintenance: what a builder plans for its homes, what a household adds, what was done when, and private calendars.
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { purchasers, units } from './units.ts'

/** `warranty`: ends so many months after handover. `task`: comes due every so many months, or once. */
export type MaintenanceKind = 'warranty' | 'task'

/** Without a home it is the builder's plan, for a house type or the whole development; with one the household's own. */
export const maintenanceItems = pgTable(
  'maintenance_items',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    houseTypeId: uuid('house_type_id'),
    unitId: uuid('unit_id'),
    /** Who of the household wrote it; no foreign key, because the words go by themselves with an erasure. */
    purchaserId: uuid('purchaser_id'),
    kind: text('kind').$type<MaintenanceKind>().notNull(),
    title: text('title').notNull(),
    note: text('note'),
    /** Null: due once, on `first_due_on`. */
    months: smallint('months'),
    /** Of a household's own; the builder's plan counts from each home's handover. */
    firstDueOn: date('first_due_on', { mode: 'string' }),
    /** What says so. No foreign key: a document may go, and the item stays. */
    documentId: uuid('document_id'),
    /** Set: nobody sees it any more; what was done stays. */
    retiredAt: at('retired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('maintenance_items_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    unique('maintenance_items_tenant_id_id_key').on(t.tenantId, t.id),
    unique('maintenance_items_in_development_key').on(t.tenantId, t.developmentId, t.id),
    // What a double tap adds twice is one item of the household.
    unique('maintenance_items_own_key').on(t.tenantId, t.unitId, t.title, t.firstDueOn),
    index('maintenance_items_unit').on(t.tenantId, t.unitId),
    check('maintenance_items_kind_known', sql`${t.kind} in ('warranty','task')`),
    check('maintenance_items_months_range', sql`${t.months} between 1 and 600`),
    check('maintenance_items_title_length', sql`length(${t.title}) between 1 and 120`),
    check('maintenance_items_note_length', sql`length(${t.note}) between 1 and 500`),
    check(
      'maintenance_items_plan_or_own',
      sql`case when ${t.unitId} is null then ${t.months} is not null and ${t.firstDueOn} is null and ${t.purchaserId} is null
        else ${t.kind} = 'task' and ${t.firstDueOn} is not null and ${t.houseTypeId} is null and ${t.documentId} is null end`,
    ),
    foreignKey({
      name: 'maintenance_items_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'maintenance_items_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'maintenance_items_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

/** One row for each time that something was done; of two who say so at once the second changes nothing. */
export const maintenanceDone = pgTable(
  'maintenance_done',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    itemId: uuid('item_id').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    doneOn: date('done_on', { mode: 'string' }).notNull(),
    /** Who said so; null once they are erased, because the record belongs to the home. */
    purchaserId: uuid('purchaser_id'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('maintenance_done_tenant_id_id_key').on(t.tenantId, t.id),
    unique('maintenance_done_occurrence_key').on(t.tenantId, t.unitId, t.itemId, t.dueOn),
    index('maintenance_done_item').on(t.tenantId, t.itemId),
    foreignKey({
      name: 'maintenance_done_item_fkey',
      columns: [t.tenantId, t.developmentId, t.itemId],
      foreignColumns: [maintenanceItems.tenantId, maintenanceItems.developmentId, maintenanceItems.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'maintenance_done_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

/** A private calendar address of one person: whoever has it reads what is due in the home, and nothing else. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: id(),
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    /** Null for somebody of the household who is not on the contract. */
    purchaserId: uuid('purchaser_id'),
    /** SHA-256 of the 256-bit token in the address; the address itself is stored nowhere. */
    tokenHash: text('token_hash').notNull().unique('calendar_feeds_token_hash_key'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('calendar_feeds_tenant_id_id_key').on(t.tenantId, t.id),
    uniqueIndex('calendar_feeds_person_key').on(
      t.tenantId,
      t.unitId,
      sql`coalesce(${t.purchaserId}, ${t.unitId})`,
    ),
    index('calendar_feeds_purchaser').on(t.tenantId, t.unitId, t.purchaserId),
    foreignKey({
      name: 'calendar_feeds_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'calendar_feeds_purchaser_fkey',
      columns: [t.tenantId, t.unitId, t.purchaserId],
      foreignColumns: [purchasers.tenantId, purchasers.unitId, purchasers.id],
    })
      .onDelete('cascade')
      // A person who is moved to another home takes their calendar along.
      .onUpdate('cascade'),
  ],
)
