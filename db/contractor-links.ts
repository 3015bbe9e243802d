// Statements about the links with which contractors see the snags they repair, and say that they are done.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { contractorLinkSnags, contractorLinks, developments, snags, tenants, units } from './schema/index.ts'

const SNAGS_A_LINK_MAX = 100
const LINKS_OF_A_SNAG_MAX = 50

export async function insertContractorLink(
  db: Db,
  row: typeof contractorLinks.$inferInsert & { id: string },
  snagIds: readonly string[],
): Promise<void> {
  await db.insert(contractorLinks).values(row)
  const { tenantId, developmentId, id: linkId } = row
  await db
    .insert(contractorLinkSnags)
    .values(snagIds.map((snagId) => ({ tenantId, developmentId, linkId, snagId })))
}

/** Those of the snags that are of the development, to be named in a link. */
export async function snagsOfDevelopment(
  db: Db,
  developmentId: string,
  snagIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .select({ id: snags.id })
    .from(snags)
    .where(and(eq(snags.developmentId, developmentId), inArray(snags.id, [...snagIds])))
    .limit(SNAGS_A_LINK_MAX)
  return rows.map(({ id }) => id)
}

export type LiveLink = { id: string; tenantId: string; developmentId: string }

/** Through the door: whose link that is, while it is good. */
export async function liveContractorLink(db: Db, tokenHash: string): Promise<LiveLink | null> {
  const [row] = await db
    .select({
      id: contractorLinks.id,
      tenantId: contractorLinks.tenantId,
      developmentId: contractorLinks.developmentId,
    })
    .from(contractorLinks)
    .innerJoin(tenants, and(eq(tenants.id, contractorLinks.tenantId), isNull(tenants.suspendedAt)))
    .where(
      and(
        eq(contractorLinks.tokenHash, tokenHash),
        isNull(contractorLinks.withdrawnAt),
        sql`${contractorLinks.expiresAt} > now()`,
      ),
    )
    .limit(1)
  return row ?? null
}

export type ContractorSnag = {
  id: string
  room: string
  category: string
  description: string
  photoId: string | null
  unitAddress: string
  reportedAt: Date
  doneAt: Date | null
  closedAt: Date | null
}

/** What the contractor is shown: the home's address and the fault, nothing of who lives there. */
export const snagsOfLink = (
  db: Db,
  linkId: string,
): Promise<(ContractorSnag & { contractor: string; developmentName: string; expiresAt: Date })[]> =>
  db
    .select({
      id: snags.id,
      room: snags.room,
      category: snags.category,
      description: snags.description,
      photoId: snags.photoId,
      unitAddress: units.addressLine,
      reportedAt: snags.createdAt,
      doneAt: contractorLinkSnags.doneAt,
      closedAt: snags.closedAt,
      contractor: contractorLinks.contractor,
      developmentName: developments.name,
      expiresAt: contractorLinks.expiresAt,
    })
    .from(contractorLinkSnags)
    .innerJoin(
      contractorLinks,
      and(
        eq(contractorLinks.tenantId, contractorLinkSnags.tenantId),
        eq(contractorLinks.id, contractorLinkSnags.linkId),
      ),
    )
    .innerJoin(
      snags,
      and(eq(snags.tenantId, contractorLinkSnags.tenantId), eq(snags.id, contractorLinkSnags.snagId)),
    )
    .innerJoin(units, and(eq(units.tenantId, snags.tenantId), eq(units.id, snags.unitId)))
    .innerJoin(
      developments,
      and(eq(developments.tenantId, snags.tenantId), eq(developments.id, snags.developmentId)),
    )
    .where(eq(contractorLinkSnags.linkId, linkId))
    .orderBy(asc(snags.id))
    .limit(SNAGS_A_LINK_MAX)

/** False when it is not one of the link's, or was said before. */
export async function setSaidDone(db: Db, linkId: string, snagId: string): Promise<boolean> {
  const rows = await db
    .update(contractorLinkSnags)
    .set({ doneAt: sql`now()` })
    .where(
      and(
        eq(contractorLinkSnags.linkId, linkId),
        eq(contractorLinkSnags.snagId, snagId),
        isNull(contractorLinkSnags.doneAt),
      ),
    )
    .returning({ snagId: contractorLinkSnags.snagId })
  return rows.length > 0
}

export type SnagLink = {
  id: string
  contractor: string
  expiresAt: Date
  withdrawnAt: Date | null
  doneAt: Date | null
}

/** Every link that shows the snag, oldest first. */
export const linksOfSnag = (db: Db, snagId: string): Promise<SnagLink[]> =>
  db
    .select({
      id: contractorLinks.id,
      contractor: contractorLinks.contractor,
      expiresAt: contractorLinks.expiresAt,
      withdrawnAt: contractorLinks.withdrawnAt,
      doneAt: contractorLinkSnags.doneAt,
    })
    .from(contractorLinkSnags)
    .innerJoin(
      contractorLinks,
      and(
        eq(contractorLinks.tenantId, contractorLinkSnags.tenantId),
        eq(contractorLinks.id, contractorLinkSnags.linkId),
      ),
    )
    .where(eq(contractorLinkSnags.snagId, snagId))
    .orderBy(asc(contractorLinks.id))
    .limit(LINKS_OF_A_SNAG_MAX)

/** The development of the link that is now withdrawn; null when it was before, or is not there. */
export async function setLinkWithdrawn(db: Db, linkId: string): Promise<{ developmentId: string } | null> {
  const [row] = await db
    .update(contractorLinks)
    .set({ withdrawnAt: sql`now()` })
    .where(and(eq(contractorLinks.id, linkId), isNull(contractorLinks.withdrawnAt)))
    .returning({ developmentId: contractorLinks.developmentId })
  return row ?? null
}
