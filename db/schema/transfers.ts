// Homes that change hands: who has confirmed it, and how far the old household's leaving has come.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { units } from './units.ts'

export type TransferSide = 'household' | 'builder'
export type TransferEnding = 'withdrawn' | 'expired' | 'completed'

/** Names nobody: who did what is in the activity log, and goes from there with the person. */
export const homeTransfers = pgTable(
  'home_transfers',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    startedBy: text('started_by').$type<TransferSide>().notNull(),
    /** Starting it is the first confirmation. */
    householdConfirmedAt: at('household_confirmed_at'),
    builderConfirmedAt: at('builder_confirmed_at'),
    /** Both have confirmed: nobody of the old household gets in any more, and what is theirs is being taken out. */
    settledAt: at('settled_at'),
    endedAt: at('ended_at'),
    ending: text('ending').$type<TransferEnding>(),
    /** Without a second confirmation until then it ends by itself. */
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('home_transfers_tenant_id_id_key').on(t.tenantId, t.id),
    uniqueIndex('home_transfers_one_open').on(t.tenantId, t.unitId).where(sql`${t.endedAt} is null`),
    index('home_transfers_unit').on(t.tenantId, t.unitId, t.id.desc().nullsFirst()),
    index('home_transfers_open').on(t.tenantId, t.developmentId, t.id).where(sql`${t.endedAt} is null`),
    check('home_transfers_started_by_known', sql`${t.startedBy} in ('household','builder')`),
    check('home_transfers_ending_known', sql`${t.ending} in ('withdrawn','expired','completed')`),
    check('home_transfers_ended_whole', sql`(${t.endedAt} is null) = (${t.ending} is null)`),
    check(
      'home_transfers_settled_by_both',
      sql`(${t.settledAt} is not null) = (${t.householdConfirmedAt} is not null and ${t.builderConfirmedAt} is not null)`,
    ),
    check(
      'home_transfers_completed_when_settled',
      sql`${t.ending} is null or (${t.ending} = 'completed') = (${t.settledAt} is not null)`,
    ),
    foreignKey({
      name: 'home_transfers_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)
