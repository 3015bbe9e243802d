// Snags: what a household, or a program for it, reports as wrong in a home, and what was done about each.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'
import { units } from './units.ts'

export type SnagStatus = 'reported' | 'seen' | 'scheduled' | 'fixed' | 'declined'
export type SnagCategory =
  | 'plumbing'
  | 'electrical'
  | 'heating'
  | 'doors_windows'
  | 'walls_paint'
  | 'floors'
  | 'kitchen'
  | 'outside'
  | 'other'

export const snags = pgTable(
  'snags',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    /** Who of the household reported it; no foreign key, because a person may be erased and the fault stays. */
    purchaserId: uuid('purchaser_id'),
    room: text('room').notNull(),
    category: text('category').$type<SnagCategory>().notNull(),
    description: text('description').notNull(),
    status: text('status').$type<SnagStatus>().notNull().default('reported'),
    /** The stored picture, without what the camera wrote into it. */
    photoId: uuid('photo_id'),
    /** Null where it was never weighed; says nothing once the picture is gone. */
    photoBytes: bigint('photo_bytes', { mode: 'number' }),
    /** Of the form it came by: what a double tap sends twice is one snag. */
    formHash: text('form_hash'),
    closedAt: at('closed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('snags_tenant_id_id_key').on(t.tenantId, t.id),
    unique('snags_in_development_key').on(t.tenantId, t.developmentId, t.id),
    unique('snags_form_key').on(t.tenantId, t.unitId, t.formHash),
    index('snags_unit').on(t.tenantId, t.unitId, t.id),
    index('snags_board').on(t.tenantId, t.developmentId, t.status, t.id),
    index('snags_unweighed').on(t.tenantId, t.id).where(sql`photo_id is not null and photo_bytes is null`),
    check('snags_photo_weighs_something', sql`${t.photoBytes} >= 0`),
    index('snags_open').on(t.tenantId, t.developmentId, t.id).where(sql`closed_at is null`),
    check('snags_status_known', sql`${t.status} in ('reported','seen','scheduled','fixed','declined')`),
    check(
      'snags_category_known',
      sql`${t.category} in ('plumbing','electrical','heating','doors_windows','walls_paint','floors','kitchen','outside','other')`,
    ),
    check('snags_closed_when_over', sql`(${t.status} in ('fixed','declined')) = (${t.closedAt} is not null)`),
    check('snags_room_length', sql`length(${t.room}) between 1 and 60`),
    check('snags_description_length', sql`length(${t.description}) between 1 and 2000`),
    foreignKey({
      name: 'snags_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

/** What the builder did or said about a snag; the household reads it. */
export const snagChanges = pgTable(
  'snag_changes',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    snagId: uuid('snag_id').notNull(),
    status: text('status').$type<SnagStatus>().notNull(),
    note: text('note'),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('snag_changes_snag').on(t.tenantId, t.snagId, t.id),
    check(
      'snag_changes_status_known',
      sql`${t.status} in ('reported','seen','scheduled','fixed','declined')`,
    ),
    check('snag_changes_note_length', sql`length(${t.note}) between 1 and 1000`),
    foreignKey({
      name: 'snag_changes_snag_fkey',
      columns: [t.tenantId, t.developmentId, t.snagId],
      foreignColumns: [snags.tenantId, snags.developmentId, snags.id],
    }).onDelete('cascade'),
  ],
)

/**
 * A link for the contractor who repairs some snags: opened without signing in by whoever holds it, until it expires
 * or is withdrawn. 256 random bits, of which only the hash is kept.
 */
export const contractorLinks = pgTable(
  'contractor_links',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    contractor: text('contractor').notNull(),
    tokenHash: text('token_hash').notNull().unique('contractor_links_token_hash_key'),
    expiresAt: at('expires_at').notNull(),
    withdrawnAt: at('withdrawn_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('contractor_links_in_development_key').on(t.tenantId, t.developmentId, t.id),
    check('contractor_links_contractor_length', sql`length(${t.contractor}) between 1 and 120`),
    foreignKey({
      name: 'contractor_links_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** The snags that a link shows, and which of them the contractor says are done; what was said is in the history. */
export const contractorLinkSnags = pgTable(
  'contractor_link_snags',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    linkId: uuid('link_id').notNull(),
    snagId: uuid('snag_id').notNull(),
    doneAt: at('done_at'),
  },
  (t) => [
    primaryKey({ name: 'contractor_link_snags_pkey', columns: [t.tenantId, t.linkId, t.snagId] }),
    index('contractor_link_snags_link').on(t.tenantId, t.developmentId, t.linkId),
    index('contractor_link_snags_snag').on(t.tenantId, t.developmentId, t.snagId),
    foreignKey({
      name: 'contractor_link_snags_link_fkey',
      columns: [t.tenantId, t.developmentId, t.linkId],
      foreignColumns: [contractorLinks.tenantId, contractorLinks.developmentId, contractorLinks.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'contractor_link_snags_snag_fkey',
      columns: [t.tenantId, t.developmentId, t.snagId],
      foreignColumns: [snags.tenantId, snags.developmentId, snags.id],
    }).onDelete('cascade'),
  ],
)
