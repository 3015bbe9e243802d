// Notices that staff write to the homes of a development, and who has said that they read them.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { units } from './units.ts'

export type NoticeCategory = 'general' | 'works' | 'utilities' | 'safety' | 'event'

export const notices = pgTable(
  'notices',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    category: text('category').$type<NoticeCategory>().notNull(),
    /** Only for homes of these phases; none: of every phase. */
    phases: text('phases').array().notNull().default([]),
    /** Homes see it from then on, until it is withdrawn. */
    publishAt: at('publish_at').notNull().defaultNow(),
    withdrawnAt: at('withdrawn_at'),
    authorName: text('author_name').notNull(),
    /** Of the form it came by: what a double click sends twice is one notice. */
    formHash: text('form_hash'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('notices_tenant_id_id_key').on(t.tenantId, t.id),
    unique('notices_in_development_key').on(t.tenantId, t.developmentId, t.id),
    unique('notices_form_key').on(t.tenantId, t.developmentId, t.formHash),
    check('notices_category_known', sql`${t.category} in ('general','works','utilities','safety','event')`),
    check('notices_title_length', sql`length(${t.title}) between 1 and 120`),
    check('notices_phases_bounded', sql`cardinality(${t.phases}) <= 50`),
    check('notices_body_length', sql`length(${t.body}) between 1 and 4000`),
    foreignKey({
      name: 'notices_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** None: every home of the development. */
export const noticeHouseTypes = pgTable(
  'notice_house_types',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    noticeId: uuid('notice_id').notNull(),
    houseTypeId: uuid('house_type_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'notice_house_types_pkey', columns: [t.tenantId, t.noticeId, t.houseTypeId] }),
    index('notice_house_types_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    foreignKey({
      name: 'notice_house_types_notice_fkey',
      columns: [t.tenantId, t.developmentId, t.noticeId],
      foreignColumns: [notices.tenantId, notices.developmentId, notices.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'notice_house_types_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
  ],
)

export const noticeReads = pgTable(
  'notice_reads',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    noticeId: uuid('notice_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    /** The person of the household, or the home itself where no names are recorded. */
    readerId: uuid('reader_id').notNull(),
    readAt: at('read_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'notice_reads_pkey', columns: [t.tenantId, t.noticeId, t.readerId] }),
    index('notice_reads_unit').on(t.tenantId, t.unitId),
    foreignKey({
      name: 'notice_reads_notice_fkey',
      columns: [t.tenantId, t.developmentId, t.noticeId],
      foreignColumns: [notices.tenantId, notices.developmentId, notices.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'notice_reads_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)
