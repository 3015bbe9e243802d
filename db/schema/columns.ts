// The columns every table shares: ids, tenant, times. Leaf of the schema.
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7: time-ordered, so new rows land at the end of every index. */
export const id = () =>
  uuid('id')
    .primaryKey()
    .$defaultFn(() => Bun.randomUUIDv7())

export const tenantId = () => uuid('tenant_id').notNull()

/** Millisecond precision, because a JavaScript `Date` in a keyset cursor would lose microseconds. */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const createdAt = () => at('created_at').notNull().defaultNow()

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
