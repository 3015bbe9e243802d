// The printed card of a home: its link as a QR code, its access code, printing them, and making new ones.
import { type CardRow, cardsOf, setCard, setCardsPrinted } from '#db/home-cards.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { decryptAccessCode, encryptAccessCode, makeAccessCode, makePublicId } from './access/access-codes.ts'
import { noteActivity } from './activity.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { type HomeFilter, homesPage } from './home-list.ts'
import { qrSvg } from './qr-code.ts'

/** One A4 page each; a larger development is printed house type by house type. */
export const CARDS_A_PRINT_MAX = 300

export type HomeCard = {
  unitId: string
  number: string
  address: string
  developmentName: string
  url: string
  accessCode: string
  /** Markup made by the `qrcode` package from the address alone. */
  qrSvg: string
}

/** Cards of all homes that match, noted as printed. `isWhole` is false when there are more. */
export async function printCards(
  scope: Scope,
  filter: HomeFilter,
): Promise<{ cards: HomeCard[]; isWhole: boolean }> {
  const page = await homesPage(
    scope,
    filter,
    { sort: 'number', isDescending: false },
    { limit: CARDS_A_PRINT_MAX },
  )
  const unitIds = page.rows.map(({ id }) => id)
  if (unitIds.length === 0) return { cards: [], isWhole: true }
  const cards = await print(scope, unitIds, { type: 'development', id: filter.developmentId })
  return { cards, isWhole: page.nextCursor === null }
}

/** @throws Failure `not_found` */
export async function printCard(scope: Scope, unitId: string): Promise<HomeCard> {
  const [card] = await print(scope, [unitId], { type: 'unit', id: unitId })
  if (!card) throw failure('not_found')
  return card
}

async function print(
  scope: Scope,
  unitIds: readonly string[],
  target: { type: 'unit' | 'development'; id: string },
): Promise<HomeCard[]> {
  const rows = await within(scope, async (db) => {
    const found = await cardsOf(db, unitIds)
    if (found.length === 0) return found
    await setCardsPrinted(db, unitIds)
    await note(db, scope, 'homes.cards_printed', target, { unitIds })
    return found
  })
  return Promise.all(rows.map(cardOf))
}

async function cardOf(row: CardRow): Promise<HomeCard> {
  const url = `${config().publicUrl}/h/${row.publicId}`
  return {
    unitId: row.unitId,
    number: row.number,
    address: row.addressLine,
    developmentName: row.developmentName,
    url,
    accessCode: codeOf(row),
    qrSvg: await qrSvg(url),
  }
}

const codeOf = (row: CardRow) =>
  decryptAccessCode(row.accessCodeEncrypted, row.unitId, config().encryptionKey)

/** The code in force, noted as seen. @throws Failure `not_found` */
export async function showAccessCode(scope: Scope, unitId: string): Promise<string> {
  return within(scope, async (db) => {
    const card = await existing(db, unitId)
    await note(db, scope, 'home.code_shown', { type: 'unit', id: unitId })
    return codeOf(card)
  })
}

/** Whoever is signed in stays so; a card with the old code opens nothing from now on. @throws Failure `not_found` */
export async function rotateAccessCode(scope: Scope, unitId: string): Promise<string> {
  return within(scope, async (db) => {
    const { codePrefix } = await existing(db, unitId)
    const code = makeAccessCode(codePrefix)
    await setCard(db, unitId, {
      accessCodeEncrypted: encryptAccessCode(code, unitId, config().encryptionKey),
    })
    await note(db, scope, 'home.code_rotated', { type: 'unit', id: unitId })
    return code
  })
}

/** @throws Failure `not_found` */
export async function rotateLink(scope: Scope, unitId: string): Promise<void> {
  await within(scope, async (db) => {
    await existing(db, unitId)
    await setCard(db, unitId, { publicId: makePublicId() })
    await note(db, scope, 'home.link_rotated', { type: 'unit', id: unitId })
  })
}

async function existing(db: Db, unitId: string): Promise<CardRow> {
  const [card] = await cardsOf(db, [unitId])
  if (!card) throw failure('not_found')
  return card
}

const note = (
  db: Db,
  scope: Scope,
  action: string,
  target: { type: string; id: string },
  changes: Record<string, unknown> = {},
) => noteActivity(db, scope, { action, targetType: target.type, targetId: target.id, changes })
