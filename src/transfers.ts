// Moving on: a home's record is handed to its next owner, by its household and its builder together, and nothing personal with it.
import { deleteFeedsOfHome } from '#db/calendar-feeds.ts'
import { insertErasure } from '#db/erasure.ts'
import { endSessions, lockHomes, peopleOfHome, setHomes } from '#db/repairs.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import * as rows from '#db/transfers.ts'
import { unitById } from '#db/units.ts'
import { enqueue } from '#jobs/queue.ts'
import { encryptAccessCode, makeAccessCode, makePublicId } from './access/access-codes.ts'
import { forgetSession } from './access/sessions.ts'
import { noteActivity } from './activity.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { sendMailLater } from './mail.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { type ErasureContext, erasePerson } from './people/erasure.ts'
import { announce } from './webhooks.ts'

export type { TransferSide } from '#db/transfers.ts'

/** How long the other side has. */
const TRANSFER_DAYS = 30
const DAY_MS = 86_400_000
/** GDPR Art. 12(3): one month. It takes minutes. */
const ERASURE_DAYS_MAX = 30
/** What was asked just before the sessions ended has been stored by then, and is taken out with the rest. */
const LAST_ANSWERS_MS = 30_000

export const transferStates = [
  'awaits_household',
  'awaits_builder',
  'settling',
  'withdrawn',
  'expired',
  'completed',
] as const

export type Transfer = Pick<
  rows.TransferRow,
  | 'id'
  | 'developmentId'
  | 'unitId'
  | 'startedBy'
  | 'householdConfirmedAt'
  | 'builderConfirmedAt'
  | 'expiresAt'
  | 'endedAt'
  | 'createdAt'
> & { state: (typeof transferStates)[number] }

/** Where the home's newest handing over stands; null when there never was one. @throws Failure `not_found` */
export const transferOf = (scope: Scope, unitId: string): Promise<Transfer | null> =>
  within(scope, async (db) => {
    if (!(await unitById(db, unitId))) throw failure('not_found')
    const row = await rows.latestTransfer(db, unitId)
    return row && withState(row)
  })

/** @throws Failure `not_found` */
export const findTransfer = (scope: Scope, id: string): Promise<Transfer> =>
  within(scope, async (db) => {
    const row = await rows.transferById(db, id)
    if (!row) throw failure('not_found')
    return withState(row)
  })

/** Of all homes the caller may see, the oldest first. @throws Failure `invalid` for a cursor of another list */
export async function transfersPage(
  scope: Scope,
  query: rows.TransferFilter & { cursor?: string | undefined; limit: number },
): Promise<Page<Transfer>> {
  const { cursor, limit, ...filter } = query
  const list = `transfers ${JSON.stringify(filter)}`
  const after = readCursor(list, cursor, 1)?.[0]
  const found = await within(scope, (db) => rows.listTransfers(db, { ...filter, after, limit }))
  return pageOf(list, found.map(withState), limit, ({ id }) => [id])
}

/** Whether this caller may speak for the household: only those on the contract, where names are recorded at all. */
export const mayHandOver = (home: HomeScope, purchaserId: string | null): Promise<boolean> =>
  within(home, (db) => speaksForHousehold(db, home.unitId, purchaserId))

async function speaksForHousehold(db: Db, unitId: string, purchaserId: string | null): Promise<boolean> {
  return purchaserId !== null || (await peopleOfHome(db, unitId)).length === 0
}

export type Party = { side: 'builder' } | { side: 'household'; purchaserId: string | null }

/**
 * Starts handing over, which is the starter's confirmation.
 * @throws Failure `not_found`, `contract_only`, `transfer_open` while another one is
 */
export async function startTransfer(scope: Scope, party: Party, unitId: string): Promise<string> {
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    if (!unit) throw failure('not_found')
    await mustSpeak(db, party, unitId)
    await rows.endExpiredTransfer(db, unitId)
    const now = new Date()
    const isNew = await rows.insertTransfer(db, {
      id,
      tenantId: scope.tenantId,
      developmentId: unit.developmentId,
      unitId,
      startedBy: party.side,
      householdConfirmedAt: party.side === 'household' ? now : null,
      builderConfirmedAt: party.side === 'builder' ? now : null,
      expiresAt: new Date(now.getTime() + TRANSFER_DAYS * DAY_MS),
    })
    if (!isNew) throw failure('transfer_open')
    await note(db, scope, 'home.transfer_started', unitId, { transferId: id, by: party.side })
    const { developmentId: development_id } = unit
    const started = { transfer_id: id, unit_id: unitId, development_id, started_by: party.side }
    await announce(db, scope, 'home.transfer_started', started)
    if (party.side === 'builder') await tellHousehold(db, scope, unitId, id, 'started', unit.addressLine)
  })
  return id
}

/**
 * The other side's confirmation: from the same moment nobody of the household is signed in, link and code are new,
 * and a job takes out what is theirs. Confirming one's own side again changes nothing.
 * @throws Failure `not_found`, `contract_only`, `transfer_over`
 */
export async function confirmTransfer(
  scope: Scope,
  party: Party,
  unitId: string,
  transferId: string,
): Promise<'waiting' | 'settled'> {
  const sessionIds = await within(scope, async (db) => {
    const transfer = await open(db, party, unitId, transferId)
    const mine = party.side === 'household' ? transfer.householdConfirmedAt : transfer.builderConfirmedAt
    if (mine !== null) return null
    return settle(db, scope, transfer)
  })
  for (const id of sessionIds ?? []) forgetSession(id)
  return sessionIds === null ? 'waiting' : 'settled'
}

/** Either side, until both have confirmed. @throws Failure `not_found`, `transfer_over` */
export async function withdrawTransfer(
  scope: Scope,
  party: Party,
  unitId: string,
  transferId: string,
): Promise<void> {
  await within(scope, async (db) => {
    await open(db, party, unitId, transferId)
    await rows.setTransferEnded(db, transferId, 'withdrawn')
    await note(db, scope, 'home.transfer_withdrawn', unitId, { transferId, by: party.side })
  })
}

/** The home's transfer, locked and still undecided. */
async function open(db: Db, party: Party, unitId: string, transferId: string): Promise<rows.TransferRow> {
  const transfer = await rows.lockTransfer(db, unitId, transferId)
  if (!transfer) throw failure('not_found')
  await mustSpeak(db, party, unitId)
  if (!isUndecided(withState(transfer))) throw failure('transfer_over')
  return transfer
}

async function settle(db: Db, scope: Scope, { id, unitId }: rows.TransferRow): Promise<string[]> {
  const { tenantId, requestId } = scope
  const [home] = await lockHomes(db, [unitId])
  if (!home) throw failure('not_found')
  const unit = await unitById(db, unitId)
  const people = await peopleOfHome(db, unitId)
  await tellHousehold(db, scope, unitId, id, 'settled', unit?.addressLine ?? '')
  await rows.setTransferSettled(db, id)
  const sessionIds = await endSessions(db, [unitId], [])
  await deleteFeedsOfHome(db, unitId)
  const code = makeAccessCode(home.codePrefix)
  await setHomes(db, [
    {
      id: unitId,
      houseTypeId: home.houseTypeId,
      publicId: makePublicId(),
      claimedAt: null,
      accessCodeEncrypted: encryptAccessCode(code, unitId, config().encryptionKey),
    },
  ])
  // Those without a name last: only then is nobody left whose traces the home's could be.
  const leaving = [...people.map((person) => person.id), null].map((purchaserId) => ({
    erasureId: Bun.randomUUIDv7(),
    purchaserId,
  }))
  const jobId = await enqueue(
    db,
    'transfer-home',
    { tenantId, transferId: id, unitId, people: leaving },
    { dedupeKey: id, requestId, delayMs: config().OPENAI_TIMEOUT_MS + LAST_ANSWERS_MS },
  )
  const dueOn = new Date(Date.now() + ERASURE_DAYS_MAX * DAY_MS).toISOString().slice(0, 10)
  for (const { erasureId } of leaving) await insertErasure(db, { id: erasureId, tenantId, jobId, dueOn })
  await note(db, scope, 'home.transfer_confirmed', unitId, { transferId: id, sessions: sessionIds.length })
  return sessionIds
}

/** Takes out what is the old household's, and opens the home to the next one. Running twice leaves what once does. */
export async function finishTransfer(
  scope: Scope,
  transfer: {
    transferId: string
    unitId: string
    people: readonly { erasureId: string; purchaserId: string | null }[]
  },
  context: ErasureContext,
): Promise<void> {
  const { transferId, unitId, people } = transfer
  for (const { erasureId, purchaserId } of people)
    await erasePerson(scope, erasureId, { unitId, purchaserId }, context)
  await context.fenced(async (db) => {
    if (!(await rows.setTransferEnded(db, transferId, 'completed'))) return
    const unit = await unitById(db, unitId)
    await note(db, scope, 'home.transferred', unitId, { transferId })
    await announce(db, scope, 'home.transferred', {
      transfer_id: transferId,
      unit_id: unitId,
      development_id: unit?.developmentId ?? null,
    })
  })
}

async function mustSpeak(db: Db, party: Party, unitId: string): Promise<void> {
  if (party.side === 'household' && !(await speaksForHousehold(db, unitId, party.purchaserId)))
    throw failure('contract_only')
}

export const isUndecided = ({ state }: Transfer): boolean =>
  state === 'awaits_household' || state === 'awaits_builder'

function withState({ settledAt, ending, ...row }: rows.TransferRow): Transfer {
  const { expiresAt, endedAt } = row
  const isRunOut = settledAt === null && endedAt === null && expiresAt.getTime() <= Date.now()
  const state = ending ?? (isRunOut ? 'expired' : openState({ settledAt, ...row }))
  return { ...row, state, endedAt: endedAt ?? (isRunOut ? expiresAt : null) }
}

function openState(row: Pick<rows.TransferRow, 'settledAt' | 'householdConfirmedAt'>): Transfer['state'] {
  if (row.settledAt !== null) return 'settling'
  return row.householdConfirmedAt === null ? 'awaits_household' : 'awaits_builder'
}

const MAILS = {
  started: (address: string) => ({
    subject: `Handing over ${address}`,
    body: `The record of ${address} is to be handed to those who live there next.\n\nNothing happens unless somebody of your household confirms it in the app, under Home, Moving on. You can refuse it there as well. Without an answer it ends by itself after ${TRANSFER_DAYS} days.\n`,
  }),
  settled: (address: string) => ({
    subject: `${address} has been handed over`,
    body: `The record of ${address} has been handed over: it was confirmed on both sides.\n\nYou are signed out of the home’s app. Your questions and everything else about you are being erased. If you did not expect this, please phone whoever looks after your home for you at once.\n`,
  }),
}

/** Always sent, whatever notifications somebody has chosen: it is about whether they may open their home’s app. */
async function tellHousehold(
  db: Db,
  scope: Scope,
  unitId: string,
  transferId: string,
  what: keyof typeof MAILS,
  address: string,
): Promise<void> {
  for (const { id: purchaserId, email } of await rows.householdAddresses(db, unitId))
    await sendMailLater(db, scope, {
      uniqueKey: `transfer ${transferId} ${what} ${purchaserId}`,
      to: email,
      ...MAILS[what](address),
      about: { unitId, purchaserId },
    })
}

const note = (db: Db, scope: Scope, action: string, unitId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'unit', targetId: unitId, changes })
