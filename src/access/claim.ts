// Claiming a home: the printed link names it, the access code opens it, several phones of a household may.

import { lockClaim, purchaserForNewSession, setClaimed } from '#db/claims.ts'
import { insertActivity, insertQrScan } from '#db/logs.ts'
import { insertFirstLanguage } from '#db/preferences.ts'
import { type HomeScope, mintHomeScope, throughDoor, within } from '#db/scope.ts'
import { type HomeLink, homeByPublicId } from '#db/sessions.ts'
import { isBetweenHouseholds } from '#db/transfers.ts'
import { type Branding, logoPicture, readBranding } from '../branding.ts'
import type { StoredFile } from '../clients/storage.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { log } from '../log.ts'
import { announce } from '../webhooks.ts'
import { accessCodesMatch, decryptAccessCode } from './access-codes.ts'
import { claimSubjects, longestWaitMs, mustBeChallenged, noteFailure, noteSuccess } from './attempts.ts'
import { type Answer, answerChallenge, PATIENCE_S } from './challenge.ts'
import type { CookiePolicy } from './cookies.ts'
import { openSession } from './sessions.ts'

const PUBLIC_ID_SHAPE = /^[A-Za-z0-9_-]{22}$/
const USER_AGENT_CHARS_MAX = 300

export type Visitor = {
  requestId: string
  address: string
  addressGroup: string
  userAgent: string | null
  policy: CookiePolicy
  /** Which the browser asks for and the app speaks; null for English. */
  language?: string | null
}

/** Throws for a visitor who comes too often: before the scan is noted, or a flood would fill the log. */
type Admission = (isKnown: boolean) => void

/** The development behind a printed link, or null for an unknown or replaced one. Looking consumes nothing. */
export async function openLink(
  publicId: string,
  visitor: Visitor,
  admit: Admission,
): Promise<{ developmentName: string; waitMs: number; mustBeChallenged: boolean } | null> {
  const link = await lookUp(publicId)
  admit(link !== null)
  await noteScan(link, link ? 'opened' : 'unknown_link', visitor)
  const subjects = claimSubjects(publicId, visitor.addressGroup)
  return (
    link && {
      developmentName: link.developmentName,
      waitMs: longestWaitMs(subjects),
      mustBeChallenged: mustBeChallenged(subjects),
    }
  )
}

/** The builder behind a printed link, whose notice it is; null for an unknown or replaced link. */
export const builderOfLink = async (publicId: string): Promise<string | null> =>
  (await lookUp(publicId))?.tenantName ?? null

/** How the builder behind a printed link looks; null for an unknown or replaced link. */
export async function brandOfLink(publicId: string, requestId: string): Promise<Branding | null> {
  const link = await lookUp(publicId)
  return link && readBranding(claimingScope(link, requestId))
}

/** @throws Failure `not_found` for an unknown link and for any other picture than the builder's logo */
export async function logoOfLink(publicId: string, logoId: string, requestId: string): Promise<StoredFile> {
  const link = await lookUp(publicId)
  if (!link) throw failure('not_found')
  return logoPicture(claimingScope(link, requestId), logoId)
}

export type Claim =
  | { outcome: 'claimed'; setCookies: string[] }
  | { outcome: 'wrong_code'; developmentName: string; mustBeChallenged: boolean }
  | { outcome: 'challenge'; developmentName: string; waitMs: number }
  | { outcome: 'wait'; developmentName: string; waitMs: number }
  /** The old household has left, and its data is still being taken out. */
  | { outcome: 'preparing'; developmentName: string }

/**
 * Opens a session for whoever knows the home's code.
 * @throws Failure `not_found` for an unknown or replaced link
 */
export async function claimHome(
  publicId: string,
  typed: Answer & { accessCode: string },
  visitor: Visitor,
  admit: Admission,
): Promise<Claim> {
  const link = await lookUp(publicId)
  admit(link !== null)
  if (!link) {
    await noteScan(null, 'unknown_link', visitor)
    throw failure('not_found')
  }
  const { developmentName } = link
  const subjects = claimSubjects(publicId, visitor.addressGroup)
  const waitMs = longestWaitMs(subjects)
  if (waitMs > 0) {
    await noteScan(link, 'limited', visitor)
    return { outcome: 'wait', developmentName, waitMs }
  }
  const patienceS = mustBeChallenged(subjects) ? await answerChallenge(typed) : 0
  if (patienceS !== 0) {
    await noteScan(link, 'limited', visitor)
    return { outcome: 'challenge', developmentName, waitMs: (patienceS ?? PATIENCE_S) * 1_000 }
  }
  if (
    !accessCodesMatch(
      typed.accessCode,
      decryptAccessCode(link.accessCodeEncrypted, link.unitId, config().encryptionKey),
    )
  ) {
    noteFailure(subjects)
    await noteScan(link, 'wrong_code', visitor)
    return { outcome: 'wrong_code', developmentName, mustBeChallenged: mustBeChallenged(subjects) }
  }
  noteSuccess(subjects)
  const setCookies = await join(publicId, link, visitor)
  return setCookies ? { outcome: 'claimed', setCookies } : { outcome: 'preparing', developmentName }
}

/** Null while the home is between two households: whoever joined now could be taken for one of the old. */
async function join(publicId: string, link: HomeLink, visitor: Visitor): Promise<string[] | null> {
  const { tenantId, unitId, developmentId, houseTypeId } = link
  const home = claimingScope(link, visitor.requestId)
  return within(home, async (db) => {
    const card = await lockClaim(db, unitId)
    if (card?.publicId !== publicId || card.accessCodeEncrypted !== link.accessCodeEncrypted)
      throw failure('not_found')
    if (await isBetweenHouseholds(db, unitId)) return null
    const purchaserId = await purchaserForNewSession(db, unitId)
    const client = { ipAddress: visitor.address, userAgent: visitor.userAgent }
    const { sessionId, setCookies } = await openSession(
      db,
      'purchaser',
      { tenantId, staffId: null, unitId, purchaserId },
      client,
      visitor.policy,
    )
    if (visitor.language)
      await insertFirstLanguage(db, {
        tenantId,
        unitId,
        readerId: purchaserId ?? unitId,
        language: visitor.language,
      })
    const isFirst = await setClaimed(db, unitId)
    const claimed = { unit_id: unitId, development_id: developmentId }
    if (isFirst) await announce(db, home, 'unit.claimed', claimed)
    await insertQrScan(db, scanRow(link, 'claimed', visitor))
    await insertActivity(db, {
      tenantId,
      actorType: 'purchaser',
      actorId: purchaserId ?? unitId,
      action: 'home.claimed',
      targetType: 'unit',
      targetId: unitId,
      changes: { sessionId, developmentId, houseTypeId },
      ipAddress: visitor.address,
      requestId: visitor.requestId,
    })
    return setCookies
  })
}

function claimingScope(link: HomeLink, requestId: string): HomeScope {
  const { tenantId, unitId, developmentId, houseTypeId } = link
  return mintHomeScope(
    {
      tenantId,
      actor: { type: 'system', id: 'claim' },
      requestId,
      developmentIds: [developmentId],
      readOnly: false,
    },
    { developmentId, unitId, houseTypeId },
  )
}

const lookUp = (publicId: string): Promise<HomeLink | null> =>
  PUBLIC_ID_SHAPE.test(publicId) ? throughDoor((db) => homeByPublicId(db, publicId)) : Promise.resolve(null)

type Outcome = 'opened' | 'unknown_link' | 'wrong_code' | 'limited' | 'claimed'

/** A scan that cannot be noted must not keep a family out of their home. */
async function noteScan(link: HomeLink | null, outcome: Outcome, visitor: Visitor): Promise<void> {
  await throughDoor((db) => insertQrScan(db, scanRow(link, outcome, visitor))).catch((error) =>
    log('warn', 'scan_not_noted', { error }),
  )
}

const scanRow = (link: HomeLink | null, outcome: Outcome, visitor: Visitor) => ({
  tenantId: link?.tenantId ?? null,
  unitId: link?.unitId ?? null,
  outcome,
  ipAddress: visitor.address,
  userAgent: visitor.userAgent?.slice(0, USER_AGENT_CHARS_MAX) ?? null,
  requestId: visitor.requestId,
})
