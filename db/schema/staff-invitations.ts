// One-time links with which a new member of staff chooses a password.
import { foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { staff } from './staff.ts'

export const staffInvitations = pgTable(
  'staff_invitations',
  {
    id: id(),
    tenantId: tenantId(),
    staffId: uuid('staff_id').notNull(),
    /** SHA-256 of the link's last part, which is stored nowhere. */
    tokenHash: text('token_hash').notNull().unique('staff_invitations_token_hash_key'),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('staff_invitations_staff').on(t.tenantId, t.staffId),
    foreignKey({
      name: 'staff_invitations_staff_fkey',
      columns: [t.tenantId, t.staffId],
      foreignColumns: [staff.tenantId, staff.id],
    }).onDelete('cascade'),
  ],
)
