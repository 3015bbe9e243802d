// Checklists: what a builder has each home go through at handover and moving in, and what a home has ticked off.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'
import { units } from './units.ts'

export type ChecklistKey = 'handover' | 'moving_in'

export const checklistItems = pgTable(
  'checklist_items',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    checklist: text('checklist').$type<ChecklistKey>().notNull(),
    title: text('title').notNull(),
    note: text('note'),
    /** The order in which a home goes through it. */
    position: smallint('position').notNull(),
    /** Set: no home sees it any more; what was ticked stays on record. */
    retiredAt: at('retired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('checklist_items_tenant_id_id_key').on(t.tenantId, t.id),
    unique('checklist_items_in_development_key').on(t.tenantId, t.developmentId, t.id),
    check('checklist_items_checklist_known', sql`${t.checklist} in ('handover','moving_in')`),
    check('checklist_items_title_length', sql`length(${t.title}) between 1 and 160`),
    check('checklist_items_note_length', sql`length(${t.note}) between 1 and 500`),
    check('checklist_items_position_range', sql`${t.position} between 1 and 1000`),
    foreignKey({
      name: 'checklist_items_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** A row while it is ticked. */
export const checklistTicks = pgTable(
  'checklist_ticks',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    itemId: uuid('item_id').notNull(),
    /** Who ticked it; null once they are erased, because the home keeps it. */
    purchaserId: uuid('purchaser_id'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'checklist_ticks_pkey', columns: [t.tenantId, t.unitId, t.itemId] }),
    index('checklist_ticks_item').on(t.tenantId, t.itemId),
    foreignKey({
      name: 'checklist_ticks_item_fkey',
      columns: [t.tenantId, t.developmentId, t.itemId],
      foreignColumns: [checklistItems.tenantId, checklistItems.developmentId, checklistItems.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'checklist_ticks_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)
