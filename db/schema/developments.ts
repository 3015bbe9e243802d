// Developments (sites of homes) and the house types their homes are built to.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
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
import { tenants } from './tenants.ts'

/** Homes are built to be sold, or to be let by the builder. */
export type Tenure = 'sale' | 'rent'

export const developments = pgTable(
  'developments',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    /** Two unambiguous letters that open every access code of the development. */
    codePrefix: text('code_prefix').notNull(),
    /** Whether its homes are sold, let, or each as its own row says. */
    tenure: text('tenure').$type<Tenure | 'mixed'>().notNull().default('sale'),
    addressLine: text('address_line').notNull(),
    locality: text('locality').notNull(),
    county: text('county').notNull(),
    eircode: text('eircode'),
    ...locationColumns(),
    /** When the places nearby were last fetched with success, and why the newest try failed if it did. */
    placesRefreshedAt: at('places_refreshed_at'),
    placesFailureCode: text('places_failure_code'),
    /** Raised by a trigger with every change that retrieval must see. */
    retrievalVersion: bigint('retrieval_version', { mode: 'number' }).notNull().default(0),
    /** The vectors that searches use; null while nothing is embedded. Changed in one statement by a re-index. */
    embeddingModel: text('embedding_model'),
    embeddingDimensions: smallint('embedding_dimensions'),
    /** Raised whenever vectors of text that is already indexed appear or change. */
    embeddingVersion: integer('embedding_version').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    check(
      'developments_embedding_whole',
      sql`(${t.embeddingModel} is null) = (${t.embeddingDimensions} is null)`,
    ),
    unique('developments_tenant_id_id_key').on(t.tenantId, t.id),
    unique('developments_tenant_id_slug_key').on(t.tenantId, t.slug),
    check('developments_tenure_known', sql`${t.tenure} in ('sale','rent','mixed')`),
    check('developments_code_prefix_shape', sql`${t.codePrefix} ~ '^[A-Z]{2}$'`),
    check(
      'developments_location_stated',
      sql`${t.latitude} is null or ${t.locationSource} in ('entered','geocoded')`,
    ),
    check('developments_coordinates_together', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
  ],
)

export const houseTypes = pgTable(
  'house_types',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    typicalBedrooms: integer('typical_bedrooms'),
    typicalFloorAreaM2: numeric('typical_floor_area_m2', { precision: 7, scale: 2, mode: 'number' }),
    createdAt: createdAt(),
  },
  (t) => [
    unique('house_types_tenant_id_id_key').on(t.tenantId, t.id),
    unique('house_types_in_development_key').on(t.tenantId, t.developmentId, t.id),
    index('house_types_by_code').on(t.tenantId, t.developmentId, sql`code collate "C"`, t.id),
    unique('house_types_code_key').on(t.tenantId, t.developmentId, t.code),
    foreignKey({
      name: 'house_types_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)
