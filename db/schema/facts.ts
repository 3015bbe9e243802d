// Facts recorded for a home, a house type or a development, and the places near a development.
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { units } from './units.ts'

/** `unit_id` set: of that home; else `house_type_id` set: typical of the type; else of the development. */
export const facts = pgTable(
  'facts',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    houseTypeId: uuid('house_type_id'),
    unitId: uuid('unit_id'),
    topic: text('topic').notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    value: text('value').notNull(),
    lengthM: numeric('length_m', { precision: 6, scale: 2, mode: 'number' }),
    widthM: numeric('width_m', { precision: 6, scale: 2, mode: 'number' }),
    areaM2: numeric('area_m2', { precision: 7, scale: 2, mode: 'number' }),
    source: text('source').notNull(),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('facts_scope_key').on(
      t.tenantId,
      t.developmentId,
      t.key,
      sql`coalesce(${t.houseTypeId}, '00000000-0000-0000-0000-000000000000')`,
      sql`coalesce(${t.unitId}, '00000000-0000-0000-0000-000000000000')`,
    ),
    index('facts_unit').on(t.tenantId, t.unitId),
    index('facts_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    check('facts_one_scope', sql`${t.houseTypeId} is null or ${t.unitId} is null`),
    foreignKey({
      name: 'facts_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'facts_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'facts_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

/**
 * A place without coordinates is known by name only and is neither mapped nor measured. Those with a `provider`
 * were fetched and are replaced by every refresh; the others were recorded by people and stay.
 */
export const places = pgTable(
  'places',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    category: text('category').notNull(),
    name: text('name').notNull(),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    source: text('source').notNull(),
    recordedOn: date('recorded_on', { mode: 'string' }).notNull(),
    provider: text('provider').$type<'overpass' | 'google'>(),
    externalId: text('external_id'),
    fetchedAt: at('fetched_at'),
    expiresAt: at('expires_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('places_name_key')
      .on(t.tenantId, t.developmentId, t.category, t.name)
      .where(sql`provider is null`),
    uniqueIndex('places_external_key')
      .on(t.tenantId, t.developmentId, t.provider, t.externalId)
      .where(sql`provider is not null`),
    index('places_list').on(t.tenantId, t.developmentId, t.category, t.name, t.id),
    index('places_expiry').on(t.expiresAt).where(sql`expires_at is not null`),
    check('places_provider_known', sql`${t.provider} in ('overpass','google')`),
    check(
      'places_fetched',
      sql`(${t.provider} is null) = (${t.fetchedAt} is null) and (${t.provider} is null) = (${t.expiresAt} is null) and (${t.provider} is null) = (${t.externalId} is null)`,
    ),
    check('places_coordinates_together', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    foreignKey({
      name: 'places_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** Kinds of places that a development does not show. None: every kind. */
export const hiddenPlaceCategories = pgTable(
  'hidden_place_categories',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    category: text('category').notNull(),
    hiddenAt: at('hidden_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({
      name: 'hidden_place_categories_pkey',
      columns: [t.tenantId, t.developmentId, t.category],
    }),
    check('hidden_place_categories_length', sql`length(${t.category}) between 1 and 60`),
    foreignKey({
      name: 'hidden_place_categories_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)
