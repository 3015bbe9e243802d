// Repairs of homes that had the wrong people or the wrong house type: what was done, why, and how to take it back.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { conversations } from './chat.ts'
import { createdAt, id, tenantId } from './columns.ts'
import { units } from './units.ts'

/** Where people live, and what opens their homes, at one moment. */
export type Placement = {
  purchasers: { id: string; unitId: string; position: number; introSeenAt: string | null }[]
  units: {
    id: string
    houseTypeId: string
    publicId: string
    accessCodeEncrypted: string
    claimedAt: string | null
  }[]
}

export const homeRepairs = pgTable(
  'home_repairs',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    /** The other home that people moved to, or changed places with. */
    otherUnitId: uuid('other_unit_id'),
    kind: text('kind').$type<'move' | 'exchange' | 'house_type' | 'undo'>().notNull(),
    reason: text('reason').notNull(),
    before: jsonb('before').$type<Placement>().notNull(),
    after: jsonb('after').$type<Placement>().notNull(),
    /** A repair is taken back once, by a row of its own. */
    undoesId: uuid('undoes_id'),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('home_repairs_tenant_id_id_key').on(t.tenantId, t.id),
    unique('home_repairs_undoes_key').on(t.tenantId, t.undoesId),
    index('home_repairs_unit').on(
      t.tenantId,
      t.unitId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('home_repairs_other_unit').on(t.tenantId, t.otherUnitId),
    check('home_repairs_kind_known', sql`${t.kind} in ('move','exchange','house_type','undo')`),
    check('home_repairs_undo_names_what', sql`(${t.kind} = 'undo') = (${t.undoesId} is not null)`),
    check('home_repairs_reason_length', sql`length(${t.reason}) between 10 and 500`),
    foreignKey({
      name: 'home_repairs_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'home_repairs_other_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.otherUnitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'home_repairs_undoes_fkey',
      columns: [t.tenantId, t.undoesId],
      foreignColumns: [t.tenantId, t.id],
    }).onDelete('cascade'),
  ],
)

/** Conversations closed by a repair, with whose they were: only undoing that repair opens them again. */
export const sealedConversations = pgTable(
  'sealed_conversations',
  {
    tenantId: tenantId(),
    repairId: uuid('repair_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** No foreign key: the person lives in another home now, or has been erased. */
    purchaserId: uuid('purchaser_id'),
    origin: text('origin').$type<'app' | 'api'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'sealed_conversations_pkey', columns: [t.tenantId, t.conversationId] }),
    index('sealed_conversations_repair').on(t.tenantId, t.repairId),
    index('sealed_conversations_purchaser').on(t.tenantId, t.purchaserId),
    check('sealed_conversations_origin_known', sql`${t.origin} in ('app','api')`),
    foreignKey({
      name: 'sealed_conversations_repair_fkey',
      columns: [t.tenantId, t.repairId],
      foreignColumns: [homeRepairs.tenantId, homeRepairs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'sealed_conversations_conversation_fkey',
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete('cascade'),
  ],
)
