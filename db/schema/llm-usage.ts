// What a tenant has used of the language model today, and how many of its answers are being written now.
import { sql } from 'drizzle-orm'
import { bigint, check, date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

export const llmUsage = pgTable(
  'llm_usage',
  {
    tenantId: tenantId().references(() => tenants.id),
    day: date('day', { mode: 'string' }).notNull(),
    tokenCount: bigint('token_count', { mode: 'number' }).notNull().default(0),
    callCount: integer('call_count').notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'llm_usage_pkey', columns: [t.tenantId, t.day] }),
    check('llm_usage_counts_positive', sql`${t.tokenCount} >= 0 and ${t.callCount} >= 0`),
  ],
)

/** One row for each call under way. A process that dies leaves its rows, which count no more once they expire. */
export const llmCalls = pgTable(
  'llm_calls',
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text('id').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [primaryKey({ name: 'llm_calls_pkey', columns: [t.tenantId, t.id] })],
)
