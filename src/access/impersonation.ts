// The operator looking at the application as somebody else: with a reason, for a while, without changing anything.
import { createHash, randomBytes } from 'node:crypto'
import {
  hasOpenImpersonation,
  type ImpersonationRow,
  type ImpersonationTarget,
  impersonationTarget,
  insertImpersonation,
  liveImpersonation,
  stopImpersonations,
} from '#db/impersonations.ts'
import { insertActivity } from '#db/logs.ts'
import { insertAccessOncePerDay } from '#db/person-data.ts'
import { type AdminScope, acrossTenants, throughDoor } from '#db/scope.ts'
import { failure } from '../failure.ts'
import { type CookiePolicy, cookieLine, impersonationCookie, readCookie } from './cookies.ts'
import { liveSession } from './sessions.ts'

export const IMPERSONATION_MINUTES_MAX = 30
export const REASON_CHARS_MIN = 10
const TOKEN_BYTES = 32
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/

export type Impersonation = ImpersonationRow

/**
 * Begins to look as somebody of a tenant. Never as another super admin, because those belong to no tenant; and not
 * while another one runs, so that none is made longer than it may be.
 * @throws Failure `not_found`, `impersonation_running`
 */
export async function startImpersonation(
  scope: AdminScope,
  wanted: { tenantId: string; staffId: string | null; home: string | null; reason: string; minutes: number },
  policy: CookiePolicy,
): Promise<{ target: ImpersonationTarget; setCookie: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const { tenantId, reason } = wanted
  const minutes = Math.min(wanted.minutes, IMPERSONATION_MINUTES_MAX)
  const id = Bun.randomUUIDv7()
  const target = await acrossTenants(scope, reason, async (db) => {
    const found = await impersonationTarget(db, wanted)
    if (!found) throw failure('not_found')
    if (await hasOpenImpersonation(db, scope.actor.id)) throw failure('impersonation_running')
    await insertImpersonation(db, {
      id,
      tenantId,
      reason,
      operatorId: scope.actor.id,
      operatorName: scope.actor.name,
      staffId: found.type === 'staff' ? found.id : null,
      unitId: found.type === 'unit' ? found.id : null,
      tokenHash: hashOf(token),
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + minutes * 60_000),
    })
    const changes = { impersonationId: id, operator: scope.actor.name, as: found.id, reason, minutes }
    const act = {
      ...actOf(scope.actor.id, scope.requestId, 'impersonation.started', found.type, found.id),
      changes,
    }
    // In the tenant's own chain, and in the platform's.
    await insertActivity(db, { ...act, tenantId })
    await insertActivity(db, { ...act, tenantId: null })
    if (found.type === 'unit')
      await insertAccessOncePerDay(db, {
        tenantId,
        unitId: found.id,
        actorType: scope.actor.type,
        actorId: scope.actor.id,
        action: 'home.impersonated',
        requestId: scope.requestId,
      })
    return found
  })
  return { target, setCookie: cookieLine(impersonationCookie(policy), token, minutes * 60, policy) }
}

/** Whom this request looks as. Only together with the live session of the very operator who began it. */
export async function impersonationOf(request: Request, policy: CookiePolicy): Promise<Impersonation | null> {
  const token = readCookie(request, impersonationCookie(policy))
  if (!token || !TOKEN_SHAPE.test(token)) return null
  const row = await throughDoor((db) => liveImpersonation(db, hashOf(token)))
  if (!row || (!row.staff && !row.home)) return null
  const session = await liveSession(request, 'staff', policy)
  const operator = session?.row.staff
  return operator?.role === 'super_admin' && operator.id === row.operatorId ? row : null
}

/** Ends it at once, in every process. */
export async function stopImpersonation(scope: AdminScope, policy: CookiePolicy): Promise<string> {
  await throughDoor(async (db) => {
    for (const ended of await stopImpersonations(db, scope.actor.id)) {
      const { id, tenantId, type, subject, operatorId } = ended
      const act = actOf(operatorId, scope.requestId, 'impersonation.stopped', type, subject)
      await insertActivity(db, { ...act, tenantId, changes: { impersonationId: id } })
      await insertActivity(db, { ...act, tenantId: null, changes: { impersonationId: id } })
    }
  })
  return cookieLine(impersonationCookie(policy), '', 0, policy)
}

/** Personal data that leaves the application is not for looking: copies of it, and lists of people as files. */
const NOT_FOR_LOOKING =
  /^\/(?:my-data\/exports\/|developer\/homeowners\.csv|developer\/list-exports\/.*\/file)/

/**
 * Puts on record that something was looked at under both identities, and refuses whatever is more than looking.
 * @throws Failure `read_only`
 */
export async function guardImpersonation(
  { id, tenantId, operatorId, staff, home }: Impersonation,
  asked: { method: string; route: string; path: string; requestId: string },
): Promise<void> {
  const isLooking = ['GET', 'HEAD'].includes(asked.method) && !NOT_FOR_LOOKING.test(asked.path)
  const action = isLooking ? 'impersonation.looked' : 'impersonation.refused'
  const subject = staff ? staff.id : (home?.unitId ?? '')
  const act = actOf(operatorId, asked.requestId, action, staff ? 'staff' : 'unit', subject)
  const changes = { impersonationId: id, method: asked.method, route: asked.route }
  await throughDoor((db) => insertActivity(db, { ...act, tenantId, changes }))
  if (!isLooking) throw failure('read_only')
}

const actOf = (operatorId: string, requestId: string, action: string, type: string, subject: string) => ({
  actorType: 'super_admin',
  actorId: operatorId,
  action,
  targetType: type,
  targetId: subject,
  requestId,
})

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
