// Who looks after the things around the homes of a development, and what says so.
import { sql } from 'drizzle-orm'
import { check, date, foreignKey, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, tenantId } from './columns.ts'
import { developments } from './developments.ts'

export type ResponsibleParty =
  | 'owner'
  | 'builder'
  | 'management_company'
  | 'council'
  | 'utility'
  | 'unresolved'

export const responsibilities = pgTable(
  'responsibilities',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    thing: text('thing').notNull(),
    party: text('party').$type<ResponsibleParty>().notNull(),
    /** What the party is called, where that says more. */
    partyName: text('party_name'),
    evidence: text('evidence').notNull(),
    evidenceOn: date('evidence_on', { mode: 'string' }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('responsibilities_thing_key').on(t.tenantId, t.developmentId, t.thing),
    check(
      'responsibilities_party_known',
      sql`${t.party} in ('owner','builder','management_company','council','utility','unresolved')`,
    ),
    check('responsibilities_thing_length', sql`length(${t.thing}) between 1 and 80`),
    check('responsibilities_party_name_length', sql`length(${t.partyName}) between 1 and 120`),
    check('responsibilities_evidence_length', sql`length(${t.evidence}) between 1 and 300`),
    foreignKey({
      name: 'responsibilities_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)
