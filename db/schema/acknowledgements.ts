// Acknowledgements: which person of a home said when, and from where, that they read which version of a document.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, tenantId } from './columns.ts'
import { documentVersions } from './documents.ts'
import { units } from './units.ts'

export const acknowledgements = pgTable(
  'acknowledgements',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    documentId: uuid('document_id').notNull(),
    versionId: uuid('version_id').notNull(),
    versionNumber: integer('version_number').notNull(),
    unitId: uuid('unit_id').notNull(),
    /** The person of the household, or the home itself where no names are recorded. */
    readerId: uuid('reader_id').notNull(),
    /** Whole for 30 days, shortened afterwards, as every address. */
    ipAddress: text('ip_address'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('acknowledgements_tenant_id_id_key').on(t.tenantId, t.id),
    unique('acknowledgements_reader_key').on(t.tenantId, t.documentId, t.readerId, t.versionNumber),
    index('acknowledgements_unit').on(t.tenantId, t.unitId),
    index('acknowledgements_development').on(t.tenantId, t.developmentId, t.id),
    index('acknowledgements_version').on(t.tenantId, t.documentId, t.versionId),
    check('acknowledgements_version_positive', sql`${t.versionNumber} > 0`),
    foreignKey({
      name: 'acknowledgements_version_fkey',
      columns: [t.tenantId, t.documentId, t.versionId],
      foreignColumns: [documentVersions.tenantId, documentVersions.documentId, documentVersions.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'acknowledgements_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)
