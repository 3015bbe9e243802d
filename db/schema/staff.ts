// Staff of the tenants, the platform's super admins, and which developments a member of staff may open.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'
import { tenants } from './tenants.ts'

/** A super admin has no tenant: row-level security then hides the row from every tenant by itself. */
export const staff = pgTable(
  'staff',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<'super_admin' | 'admin' | 'developer'>().notNull(),
    passwordHash: text('password_hash').notNull(),
    totpSecretEncrypted: text('totp_secret_encrypted'),
    totpEnabledAt: at('totp_enabled_at'),
    /** The newest 30 seconds a code was accepted for; what is not newer was used already. */
    totpLastStep: integer('totp_last_step'),
    /** SHA-256 of those that were not used yet. */
    recoveryCodeHashes: text('recovery_code_hashes').array().notNull().default([]),
    disabledAt: at('disabled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('staff_email_key').on(sql`lower(${t.email})`),
    unique('staff_tenant_id_id_key').on(t.tenantId, t.id),
    check('staff_role_known', sql`${t.role} in ('super_admin', 'admin', 'developer')`),
    check('staff_totp_has_secret', sql`(${t.totpSecretEncrypted} is null) = (${t.totpEnabledAt} is null)`),
    check('staff_super_admin_has_no_tenant', sql`(${t.role} = 'super_admin') = (${t.tenantId} is null)`),
  ],
)

export const staffDevelopments = pgTable(
  'staff_developments',
  {
    tenantId: tenantId(),
    staffId: uuid('staff_id').notNull(),
    developmentId: uuid('development_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'staff_developments_pkey', columns: [t.tenantId, t.staffId, t.developmentId] }),
    index('staff_developments_development').on(t.tenantId, t.developmentId),
    foreignKey({
      name: 'staff_developments_staff_fkey',
      columns: [t.tenantId, t.staffId],
      foreignColumns: [staff.tenantId, staff.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'staff_developments_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/**
 * The one live link with which a member of staff sets a password: an invitation, or a forgotten password. 256
 * random bits, of which only the hash is kept; a new link takes the place of the old one.
 */
export const staffLinks = pgTable(
  'staff_links',
  {
    tenantId: tenantId(),
    staffId: uuid('staff_id').notNull(),
    purpose: text('purpose').$type<'invitation' | 'password_reset'>().notNull(),
    tokenHash: text('token_hash').notNull().unique('staff_links_token_hash_key'),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'staff_links_pkey', columns: [t.tenantId, t.staffId] }),
    check('staff_links_purpose_known', sql`${t.purpose} in ('invitation', 'password_reset')`),
    foreignKey({
      name: 'staff_links_staff_fkey',
      columns: [t.tenantId, t.staffId],
      foreignColumns: [staff.tenantId, staff.id],
    }).onDelete('cascade'),
  ],
)
