// Mails: what is to be sent, what became of it, and what was never sent because mail is not set up.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'
import { units } from './units.ts'

/** `unique_key` names the occasion: the same occasion again is the same mail. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    uniqueKey: text('unique_key').notNull(),
    toAddress: text('to_address').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** Whose data it holds, if a purchaser's: it goes with them. */
    unitId: uuid('unit_id'),
    purchaserId: uuid('purchaser_id'),
    /** `sending`: the text is on its way and nobody knows yet whether it arrived. */
    state: text('state').$type<'queued' | 'sending' | 'sent' | 'failed' | 'not_sent'>().notNull(),
    failureCode: text('failure_code'),
    jobId: uuid('job_id'),
    sentAt: at('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('mails_tenant_id_id_key').on(t.tenantId, t.id),
    unique('mails_unique_key').on(t.tenantId, t.uniqueKey),
    index('mails_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('mails_unit').on(t.tenantId, t.unitId),
    check('mails_state_known', sql`${t.state} in ('queued','sending','sent','failed','not_sent')`),
    check('mails_sent_whole', sql`(${t.state} = 'sent') = (${t.sentAt} is not null)`),
    foreignKey({
      name: 'mails_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)
