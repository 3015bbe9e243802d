// Documents, who may see them, their versions, and the pages and chunks that ingestion makes of a version.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { units } from './units.ts'

/** `unit_id` set: only that home; else the rows of `document_house_types`, none meaning the whole development. */
export const documents = pgTable(
  'documents',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id'),
    kind: text('kind').notNull().default('other'),
    title: text('title').notNull(),
    /** The version people see and answers use; null until a first version is ready. */
    liveVersionId: uuid('live_version_id'),
    /** Set: staff still see it, no home does and no answer uses it. */
    deprecatedAt: at('deprecated_at'),
    /** Set: every adult of a home that sees it must have read this version or a later one; see `acknowledgements.ts`. */
    mustReadFrom: integer('must_read_from'),
    deletedAt: at('deleted_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('documents_tenant_id_id_key').on(t.tenantId, t.id),
    unique('documents_in_development_key').on(t.tenantId, t.developmentId, t.id),
    index('documents_development').on(
      t.tenantId,
      t.developmentId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('documents_unit').on(t.tenantId, t.unitId),
    index('documents_must_read').on(t.tenantId, t.developmentId, t.id).where(sql`must_read_from is not null`),
    index('documents_live_version').on(t.tenantId, t.liveVersionId),
    check(
      'documents_kind_known',
      sql`${t.kind} in ('floor_plan','elevation','services_drawing','manual','specification','warranty','ber','user_guide','notice','certificate','brochure','structural','other')`,
    ),
    check('documents_must_read_from_positive', sql`${t.mustReadFrom} > 0`),
    check('documents_title_length', sql`length(${t.title}) between 1 and 300`),
    foreignKey({
      name: 'documents_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'documents_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

export const documentHouseTypes = pgTable(
  'document_house_types',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    documentId: uuid('document_id').notNull(),
    houseTypeId: uuid('house_type_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'document_house_types_pkey', columns: [t.tenantId, t.documentId, t.houseTypeId] }),
    index('document_house_types_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    foreignKey({
      name: 'document_house_types_document_fkey',
      columns: [t.tenantId, t.developmentId, t.documentId],
      foreignColumns: [documents.tenantId, documents.developmentId, documents.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'document_house_types_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
  ],
)

export const documentVersions = pgTable(
  'document_versions',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    documentId: uuid('document_id').notNull(),
    number: integer('number').notNull(),
    status: text('status').$type<'queued' | 'processing' | 'ready' | 'failed'>().notNull().default('queued'),
    stage: text('stage')
      .$type<'stored' | 'extracting' | 'chunking' | 'embedding' | 'ready'>()
      .notNull()
      .default('stored'),
    failureCode: text('failure_code'),
    fileName: text('file_name').notNull(),
    storageKey: text('storage_key').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    contentSha256: text('content_sha256').notNull(),
    /** Content and scope in one value: the same bytes for other homes are another document. */
    duplicateKey: text('duplicate_key').notNull(),
    /** What staff wrote about what changed. */
    notes: text('notes'),
    /** Whoever acknowledged an earlier version of a must-read document is asked again once this one is live. */
    asksAgain: boolean('asks_again').notNull().default(false),
    /** Which reading of the bytes people see; a later one is written beside it and takes its place when whole. */
    reading: smallint('reading').notNull().default(1),
    /** Somebody chose another version while this one was being read: it becomes ready, but not live by itself. */
    withdrawnAt: at('withdrawn_at'),
    pageCount: integer('page_count'),
    chunkCount: integer('chunk_count'),
    /** The last day that what it says holds, such as that of a certificate; null where nothing runs out. */
    expiresOn: date('expires_on', { mode: 'string' }),
    hasActiveContent: boolean('has_active_content').notNull().default(false),
    /** The newest job that ingests it; no foreign key, because finished jobs are pruned. */
    jobId: uuid('job_id'),
    readyAt: at('ready_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('document_versions_tenant_id_id_key').on(t.tenantId, t.id),
    unique('document_versions_in_document_key').on(t.tenantId, t.documentId, t.id),
    unique('document_versions_number_key').on(t.tenantId, t.documentId, t.number),
    uniqueIndex('document_versions_duplicate_key')
      .on(t.tenantId, t.developmentId, t.duplicateKey)
      .where(sql`coalesce(failure_code, '') not in ('storage_lost', 'ingestion_failed')`),
    index('document_versions_development').on(t.tenantId, t.developmentId, t.status),
    check('document_versions_status_known', sql`${t.status} in ('queued','processing','ready','failed')`),
    check(
      'document_versions_stage_known',
      sql`${t.stage} in ('stored','extracting','chunking','embedding','ready')`,
    ),
    check('document_versions_failure_code', sql`(${t.status} = 'failed') = (${t.failureCode} is not null)`),
    check(
      'document_versions_failure_code_known',
      sql`${t.failureCode} in ('file_empty','type_mismatch','unreadable','password_protected','needs_ocr','too_complex','too_many_pages','storage_lost','ingestion_failed')`,
    ),
    check('document_versions_size_range', sql`${t.sizeBytes} > 0`),
    check('document_versions_notes_length', sql`length(${t.notes}) between 1 and 2000`),
    check('document_versions_reading_positive', sql`${t.reading} > 0`),
    foreignKey({
      name: 'document_versions_document_fkey',
      columns: [t.tenantId, t.developmentId, t.documentId],
      foreignColumns: [documents.tenantId, documents.developmentId, documents.id],
    }).onDelete('cascade'),
  ],
)

/** The text of each page as blocks, for the page view and for checking that a quote stands where it is cited. */
export const documentPages = pgTable(
  'document_pages',
  {
    tenantId: tenantId(),
    versionId: uuid('version_id').notNull(),
    reading: smallint('reading').notNull(),
    page: integer('page').notNull(),
    printedPage: text('printed_page'),
    /** Blocks joined by a newline; `heading_lines` holds the indexes of those that are headings. */
    content: text('content').notNull(),
    headingLines: smallint('heading_lines').array().notNull(),
  },
  (t) => [
    primaryKey({ name: 'document_pages_pkey', columns: [t.tenantId, t.versionId, t.reading, t.page] }),
    check('document_pages_page_positive', sql`${t.page} > 0`),
    foreignKey({
      name: 'document_pages_version_fkey',
      columns: [t.tenantId, t.versionId],
      foreignColumns: [documentVersions.tenantId, documentVersions.id],
    }).onDelete('cascade'),
  ],
)

export const chunks = pgTable(
  'chunks',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    documentId: uuid('document_id').notNull(),
    versionId: uuid('version_id').notNull(),
    reading: smallint('reading').notNull(),
    ordinal: integer('ordinal').notNull(),
    page: integer('page').notNull(),
    printedPage: text('printed_page'),
    heading: text('heading'),
    content: text('content').notNull(),
    contentSha256: text('content_sha256').notNull(),
    /** Lexemes of `to_tsvector('english', …)` and how often each occurs: what the in-process index is built of. */
    terms: text('terms').array().notNull(),
    termCounts: smallint('term_counts').array().notNull(),
  },
  (t) => [
    unique('chunks_ordinal_key').on(t.tenantId, t.versionId, t.reading, t.ordinal),
    index('chunks_development').on(t.tenantId, t.developmentId, t.documentId),
    index('chunks_content').on(t.tenantId, t.developmentId, t.contentSha256),
    check('chunks_terms_counted', sql`cardinality(${t.terms}) = cardinality(${t.termCounts})`),
    foreignKey({
      name: 'chunks_version_fkey',
      columns: [t.tenantId, t.documentId, t.versionId],
      foreignColumns: [documentVersions.tenantId, documentVersions.documentId, documentVersions.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'chunks_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/**
 * Vectors by what was embedded, so that text that did not change is never embedded twice, whatever version or
 * reading it stands in, and two models can stand beside each other while a development is re-indexed.
 */
export const chunkEmbeddings = pgTable(
  'chunk_embeddings',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    model: text('model').notNull(),
    dimensions: smallint('dimensions').notNull(),
    contentSha256: text('content_sha256').notNull(),
    embedding: bytes('embedding').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'chunk_embeddings_pkey',
      columns: [t.tenantId, t.developmentId, t.contentSha256, t.model, t.dimensions],
    }),
    check('chunk_embeddings_whole', sql`length(${t.embedding}) = ${t.dimensions} * 4`),
    foreignKey({
      name: 'chunk_embeddings_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)
