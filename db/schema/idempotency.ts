// Requests that programs may send twice, and what was answered the first time.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { apiKeys } from './sessions.ts'

/** The answer is sealed with the program's own idempotency key, of which only a hash is kept: we cannot read it. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    id: id(),
    tenantId: tenantId(),
    apiKeyId: uuid('api_key_id').notNull(),
    /** Method and path, so that one key may name one step of each kind. */
    route: text('route').notNull(),
    keyHash: bytes('key_hash').notNull(),
    requestHash: bytes('request_hash').notNull(),
    sealedAnswer: bytes('sealed_answer'),
    answeredAt: at('answered_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('idempotent_requests_key').on(t.tenantId, t.apiKeyId, t.route, t.keyHash),
    index('idempotent_requests_age').on(t.createdAt),
    check('idempotent_requests_answer_whole', sql`(${t.answeredAt} is null) = (${t.sealedAnswer} is null)`),
    foreignKey({
      name: 'idempotent_requests_api_key_fkey',
      columns: [t.tenantId, t.apiKeyId],
      foreignColumns: [apiKeys.tenantId, apiKeys.id],
    }).onDelete('cascade'),
  ],
)
