// Statements about the printed cards of homes: their links and codes, and when they were printed.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { developments, units } from './schema/index.ts'

export type CardRow = {
  unitId: string
  number: string
  addressLine: string
  developmentName: string
  codePrefix: string
  publicId: string
  accessCodeEncrypted: string
}

/** By number as it sorts in the list of homes. */
export const cardsOf = (db: Db, unitIds: readonly string[]): Promise<CardRow[]> =>
  db
    .select({
      unitId: units.id,
      number: units.number,
      addressLine: units.addressLine,
      developmentName: developments.name,
      codePrefix: developments.codePrefix,
      publicId: units.publicId,
      accessCodeEncrypted: units.accessCodeEncrypted,
    })
    .from(units)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId)),
    )
    .where(inArray(units.id, [...unitIds]))
    .orderBy(
      asc(sql`lpad(left(regexp_replace(${units.number}, '\\D', '', 'g'), 10), 10, '0')`),
      asc(units.id),
    )
    .limit(unitIds.length)

export async function setCardsPrinted(db: Db, unitIds: readonly string[]): Promise<void> {
  await db
    .update(units)
    .set({ cardPrintedAt: sql`now()` })
    .where(and(inArray(units.id, [...unitIds]), isNull(units.cardPrintedAt)))
}

/** The old link or code is dead with the commit; the card with it has not been printed. */
export async function setCard(
  db: Db,
  unitId: string,
  card: { publicId: string } | { accessCodeEncrypted: string },
): Promise<void> {
  await db
    .update(units)
    .set({ ...card, cardPrintedAt: null })
    .where(eq(units.id, unitId))
}
