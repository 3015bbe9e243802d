// Signed-in state: one revocable row per session, and the API keys of other programs.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { staff } from './staff.ts'
import { tenants } from './tenants.ts'
import { purchasers, units } from './units.ts'

/** Either a member of staff or a home's purchaser; a super admin's session has no tenant. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    staffId: uuid('staff_id').references(() => staff.id, { onDelete: 'cascade' }),
    unitId: uuid('unit_id'),
    purchaserId: uuid('purchaser_id'),
    /** SHA-256 of the opaque 256-bit refresh cookie; the cookie itself is stored nowhere. */
    refreshHash: text('refresh_hash').notNull().unique('sessions_refresh_hash_key'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    index('sessions_tenant').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('sessions_staff').on(t.staffId),
    index('sessions_unit').on(t.tenantId, t.unitId, t.purchaserId),
    check('sessions_one_subject', sql`(${t.staffId} is null) <> (${t.unitId} is null)`),
    foreignKey({
      name: 'sessions_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'sessions_purchaser_fkey',
      columns: [t.tenantId, t.unitId, t.purchaserId],
      foreignColumns: [purchasers.tenantId, purchasers.unitId, purchasers.id],
    }),
  ],
)

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    name: text('name').notNull(),
    /** First characters of the key, to recognise it in a list. */
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull().unique('api_keys_key_hash_key'),
    scopes: text('scopes').array().notNull(),
    /** Sites whose pages may call with this key. */
    allowedOrigins: text('allowed_origins').array().notNull().default(sql`'{}'`),
    requestsPerMinute: integer('requests_per_minute').notNull(),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('api_keys_tenant_id_id_key').on(t.tenantId, t.id),
    check('api_keys_allowed_origins_few', sql`cardinality(${t.allowedOrigins}) <= 20`),
    check('api_keys_requests_per_minute_range', sql`${t.requestsPerMinute} between 1 and 100000`),
  ],
)
