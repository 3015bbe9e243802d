// Units (homes) and the purchasers who live in them.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, locationColumns, tenantId } from './columns.ts'
import { developments, houseTypes, type Tenure } from './developments.ts'

export const units = pgTable(
  'units',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    houseTypeId: uuid('house_type_id').notNull(),
    number: text('number').notNull(),
    addressLine: text('address_line').notNull(),
    eircode: text('eircode'),
    bedrooms: integer('bedrooms'),
    bathrooms: integer('bathrooms'),
    floorAreaM2: numeric('floor_area_m2', { precision: 7, scale: 2, mode: 'number' }),
    ...locationColumns(),
    /** Of its own in a mixed development; elsewhere the development's tenure is the home's. */
    tenure: text('tenure').$type<Tenure>(),
    /** Of the building works, in the builder's own words; homes of a phase are handed over together. */
    phase: text('phase'),
    handedOverOn: date('handed_over_on', { mode: 'string' }),
    /** 128 random bits in the printed QR code; names the home's development only. */
    publicId: text('public_id').notNull().unique('units_public_id_key'),
    /** Kept encrypted, not hashed, so that the code can be printed again. */
    accessCodeEncrypted: text('access_code_encrypted').notNull(),
    claimedAt: at('claimed_at'),
    /** When the card with this link and code was first made for the printer. */
    cardPrintedAt: at('card_printed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('units_tenant_id_id_key').on(t.tenantId, t.id),
    unique('units_in_development_key').on(t.tenantId, t.developmentId, t.id),
    unique('units_number_key').on(t.tenantId, t.developmentId, t.number),
    index('units_house_type').on(t.tenantId, t.developmentId, t.houseTypeId, t.id),
    // One for each order of the builder's list, in the words of `SORT_KEYS` there.
    index('units_by_number').on(
      t.tenantId,
      t.developmentId,
      sql`(lpad(left(regexp_replace(number, '\\D', '', 'g'), 10), 10, '0') || number) collate "C"`,
      t.id,
    ),
    index('units_by_address').on(t.tenantId, t.developmentId, sql`lower(address_line) collate "C"`, t.id),
    index('units_by_bedrooms').on(t.tenantId, t.developmentId, sql`coalesce(bedrooms, 0)`, t.id),
    index('units_by_area').on(t.tenantId, t.developmentId, sql`coalesce(floor_area_m2, 0)`, t.id),
    index('units_by_handover').on(
      t.tenantId,
      t.developmentId,
      sql`coalesce(handed_over_on, '-infinity'::date)`,
      t.id,
    ),
    index('units_by_claim').on(
      t.tenantId,
      t.developmentId,
      sql`coalesce(claimed_at, '-infinity'::timestamptz)`,
      t.id,
    ),
    index('units_phase').on(t.tenantId, t.developmentId, t.phase),
    check('units_phase_length', sql`length(${t.phase}) between 1 and 40`),
    check('units_tenure_known', sql`${t.tenure} in ('sale','rent')`),
    check(
      'units_eircode_shape',
      sql`${t.eircode} ~ '^(?:D6W|[AC-FHKNPRTV-Y][0-9]{2})[0-9AC-FHKNPRTV-Y]{4}$'`,
    ),
    check(
      'units_location_stated',
      sql`(${t.latitude} is not null and ${t.locationSource} in ('entered','geocoded')) or (${t.latitude} is null and coalesce(${t.locationSource}, 'development') = 'development')`,
    ),
    check('units_coordinates_together', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    foreignKey({
      name: 'units_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'units_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }),
  ],
)

export const purchasers = pgTable(
  'purchasers',
  {
    id: id(),
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    fullName: text('full_name').notNull(),
    email: text('email'),
    /** 1 to 4: the order in which the names stand on the contract and in the intro. */
    position: smallint('position').notNull(),
    introSeenAt: at('intro_seen_at'),
    /** Chosen by the person; off until they do. */
    remindersByMail: boolean('reminders_by_mail').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    unique('purchasers_tenant_id_id_key').on(t.tenantId, t.id),
    unique('purchasers_in_unit_key').on(t.tenantId, t.unitId, t.id),
    unique('purchasers_position_key').on(t.tenantId, t.unitId, t.position),
    check('purchasers_position_range', sql`${t.position} between 1 and 4`),
    check('purchasers_full_name_length', sql`length(${t.fullName}) between 1 and 200`),
    check('purchasers_email_length', sql`length(${t.email}) between 3 and 254`),
    foreignKey({
      name: 'purchasers_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)
