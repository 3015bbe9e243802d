// Links for contractors: made by the builder for some snags, opened without signing in, good for saying "done".
import { randomBytes } from 'node:crypto'
import {
  type ContractorSnag,
  insertContractorLink,
  linksOfSnag,
  type SnagLink,
  setLinkWithdrawn,
  setSaidDone,
  snagsOfDevelopment,
  snagsOfLink,
} from '#db/contractor-links.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { insertSnagChange, snagById } from '#db/snags.ts'
import { type ContractorCaller, hashOfContractorToken } from './access/contractor-links.ts'
import { noteActivity } from './activity.ts'
import type { StoredFile } from './clients/storage.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { SNAG_NOTE_CHARS_MAX, snagPhoto } from './snags.ts'

export type { ContractorSnag, SnagLink } from '#db/contractor-links.ts'

const CONTRACTOR_CHARS_MAX = 120
const LINK_SNAGS_MAX = 50
export const LINK_DAYS = [7, 14, 30] as const
const TOKEN_BYTES = 32
const DAY_MS = 86_400_000

export type NewLink = { url: string; contractor: string; snags: number; expiresAt: Date }

/** The address is returned this once; only its hash is kept. @throws Failure `invalid`, `not_found` */
export async function makeContractorLink(
  scope: Scope,
  developmentId: string,
  asked: { contractor: string; snagIds: readonly string[]; days: (typeof LINK_DAYS)[number] },
): Promise<NewLink> {
  const contractor = asked.contractor.trim()
  const wrong = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })
  if (contractor.length === 0 || contractor.length > CONTRACTOR_CHARS_MAX)
    throw wrong('contractor', `Say who repairs it, in at most ${CONTRACTOR_CHARS_MAX} characters.`)
  const snagIds = [...new Set(asked.snagIds)]
  if (snagIds.length === 0) throw wrong('snags', 'Choose at least one snag.')
  if (snagIds.length > LINK_SNAGS_MAX) throw wrong('snags', `Choose at most ${LINK_SNAGS_MAX} snags.`)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const id = Bun.randomUUIDv7()
  const expiresAt = new Date(Date.now() + asked.days * DAY_MS)
  await within(scope, async (db) => {
    const found = await snagsOfDevelopment(db, developmentId, snagIds)
    if (found.length < snagIds.length) throw failure('not_found')
    const { tenantId } = scope
    const tokenHash = hashOfContractorToken(token)
    await insertContractorLink(db, { id, tenantId, developmentId, contractor, tokenHash, expiresAt }, found)
    await note(db, scope, 'contractor_link.made', id, { contractor, snags: found.length })
  })
  return { url: `${config().publicUrl}/contractor/${token}`, contractor, snags: snagIds.length, expiresAt }
}

export const contractorLinksOf = (scope: Scope, snagId: string): Promise<SnagLink[]> =>
  within(scope, (db) => linksOfSnag(db, snagId))

/** @throws Failure `not_found` */
export const withdrawContractorLink = (scope: Scope, linkId: string): Promise<{ developmentId: string }> =>
  within(scope, async (db) => {
    const withdrawn = await setLinkWithdrawn(db, linkId)
    if (!withdrawn) throw failure('not_found')
    await note(db, scope, 'contractor_link.withdrawn', linkId, {})
    return withdrawn
  })

export type ContractorPage = {
  contractor: string
  developmentName: string
  expiresAt: Date
  snags: ContractorSnag[]
}

/** What the link shows. @throws Failure `not_found` when none of its snags is left */
export async function openContractorLink({ scope, linkId }: ContractorCaller): Promise<ContractorPage> {
  const rows = await within(scope, (db) => snagsOfLink(db, linkId))
  const [first] = rows
  if (!first) throw failure('not_found')
  const { contractor, developmentName, expiresAt } = first
  return { contractor, developmentName, expiresAt, snags: rows }
}

/**
 * The contractor says that a snag is done. It stays open: the builder looks, and closes it. Saying it twice says it
 * once. @throws Failure `not_found`, `invalid`
 */
export async function sayDone(caller: ContractorCaller, snagId: string, words: string): Promise<void> {
  const { scope, linkId } = caller
  const said = words.trim()
  if (said.length > SNAG_NOTE_CHARS_MAX - CONTRACTOR_CHARS_MAX)
    throw failure('invalid', { fields: [{ path: 'note', message: 'Use fewer words.' }] })
  const { contractor } = await snagOf(caller, snagId)
  await within(scope, async (db) => {
    const snag = await snagById(db, snagId)
    if (!snag) throw failure('not_found')
    if (!(await setSaidDone(db, linkId, snagId))) return
    await insertSnagChange(db, {
      tenantId: scope.tenantId,
      developmentId: snag.developmentId,
      snagId,
      status: snag.status,
      note: `${contractor} says that it is done.${said ? ` ${said}` : ''}`,
      actorType: scope.actor.type,
      actorId: scope.actor.id,
    })
    await note(db, scope, 'snag.said_done', snagId, {})
  })
}

/** @throws Failure `not_found` */
export async function contractorPhoto(caller: ContractorCaller, snagId: string): Promise<StoredFile> {
  return snagPhoto(caller.scope, await snagOf(caller, snagId))
}

async function snagOf({ scope, linkId }: ContractorCaller, snagId: string) {
  const snag = (await within(scope, (db) => snagsOfLink(db, linkId))).find(({ id }) => id === snagId)
  if (!snag) throw failure('not_found')
  return snag
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, {
    action,
    targetType: action.startsWith('snag') ? 'snag' : 'contractor_link',
    targetId,
    changes,
  })
