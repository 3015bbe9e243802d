// The columns every table shares: ids, tenant, times. Leaf of the schema.
import { customType, doublePrecision, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

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

/** Where something is and how that became known. Whether a pin was entered, the database itself notes. */
export const locationColumns = () => ({
  latitude: doublePrecision('latitude'),
  longitude: doublePrecision('longitude'),
  /** `development`: looked for in vain, so the development's own pin stands for it. */
  locationSource: text('location_source').$type<'entered' | 'geocoded' | 'development'>(),
  geocodeQuality: text('geocode_quality').$type<'exact' | 'interpolated' | 'street' | 'area'>(),
  /** The form of the address that is being tried, and how often it has been. */
  geocodeForm: text('geocode_form').$type<'full' | 'without_eircode' | 'locality'>(),
  geocodeAttempts: smallint('geocode_attempts').notNull().default(0),
  geocodeFailureCode: text('geocode_failure_code'),
  geocodedAt: at('geocoded_at'),
})
