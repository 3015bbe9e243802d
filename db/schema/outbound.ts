// Whose turn it is to call an outside system: one row a system, shared by every thread and process.
import { pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

export const outboundSlots = pgTable('outbound_slots', {
  name: text('name').primaryKey(),
  /** Nobody may call before that. */
  nextAt: at('next_at').notNull(),
  /** Until then the peer has asked for silence, turns already taken included. */
  deferredUntil: at('deferred_until'),
})
