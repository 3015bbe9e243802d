// The staff of a builder: invited, given developments, disabled, signed out, and let in again by a one-time link.
import { createHash, randomBytes } from 'node:crypto'
import { type Db, type Scope, within } from '#db/scope.ts'
import { clearSecondFactor } from '#db/second-factor.ts'
import { secondFactorRequiredAt, setSecondFactorRequired } from '#db/sign-in-rules.ts'
import * as rows from '#db/staff.ts'
import { hashPassword } from './access/passwords.ts'
import { forgetSession } from './access/sessions.ts'
import { noteActivity } from './activity.ts'
import { mailIsSetUp } from './clients/mail.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { readEmail, textOf } from './imports/values.ts'
import { sendMailLater } from './mail.ts'

export type { StaffMember, StaffRole } from '#db/staff.ts'

const STAFF_SHOWN = 500
const NAME_CHARS_MAX = 200
const TOKEN_BYTES = 32
const LINK_LIFETIME_MS = 3 * 86_400_000

export const listStaff = (scope: Scope): Promise<rows.StaffMember[]> =>
  within(scope, (db) => rows.staffMembers(db, STAFF_SHOWN))

/** @throws Failure `not_found` */
export const findStaff = (scope: Scope, id: string): Promise<rows.StaffMember> =>
  within(scope, (db) => existing(db, id))

/** What an administrator hands over; with mail set up it is sent as well. */
export type StaffLink = { url: string; name: string; isMailed: boolean; purpose: Purpose }
type Purpose = 'invitation' | 'password_reset'

export type Rights = { role: rows.StaffRole; developmentIds: readonly string[] }

/** Nobody knows a password of the new account until the link is used. @throws Failure `invalid` */
export async function inviteStaff(
  scope: Scope,
  asked: { name: string; email: string } & Rights,
): Promise<StaffLink> {
  const name = textOf(asked.name)
  const email = readEmail(asked.email.trim())
  const fields: { path: string; message: string }[] = []
  if (name === '' || name.length > NAME_CHARS_MAX) fields.push({ path: 'name', message: 'Enter a name.' })
  if ('problem' in email) fields.push({ path: 'email', message: 'Enter one e-mail address.' })
  if ('problem' in email || fields.length > 0) throw failure('invalid', { fields })
  const id = Bun.randomUUIDv7()
  const passwordHash = await hashPassword(randomBytes(TOKEN_BYTES).toString('base64url'))
  return within(scope, async (db) => {
    const { tenantId } = scope
    const row = { id, tenantId, name, email: email.value, role: asked.role, passwordHash }
    if (!(await rows.insertStaffMember(db, row)))
      throw failure('invalid', {
        fields: [{ path: 'email', message: 'There is an account with this e-mail address already.' }],
      })
    await grant(db, id, asked)
    await note(db, scope, 'staff.invited', id, { role: asked.role, developmentIds: asked.developmentIds })
    return makeLink(db, scope, { id, name, email: email.value }, 'invitation')
  })
}

/** @throws Failure `not_found`, `invalid` for the last administrator or oneself */
export async function changeRights(scope: Scope, id: string, rights: Rights): Promise<void> {
  await changing(scope, id, async (db, member) => {
    if (member.role === 'admin' && rights.role !== 'admin') await refuseIfNeeded(db, scope, id)
    await rows.setStaffRole(db, id, rights.role)
    await rows.deleteGrants(db, id)
    await grant(db, id, rights)
    await note(db, scope, 'staff.rights_changed', id, {
      from: { role: member.role, developmentIds: member.developmentIds },
      to: rights,
    })
    return rows.rereadStaffSessions(db, id)
  })
}

/** Signs the person out at once and keeps them out. @throws Failure `not_found`, `invalid` */
export async function disableStaff(scope: Scope, id: string): Promise<void> {
  await changing(scope, id, async (db) => {
    await refuseIfNeeded(db, scope, id)
    await rows.setStaffDisabled(db, id, true)
    await note(db, scope, 'staff.disabled', id)
    return rows.endStaffSessions(db, id)
  })
}

/** @throws Failure `not_found` */
export async function enableStaff(scope: Scope, id: string): Promise<void> {
  await changing(scope, id, async (db) => {
    await rows.setStaffDisabled(db, id, false)
    await note(db, scope, 'staff.enabled', id)
    return rows.rereadStaffSessions(db, id)
  })
}

/** @throws Failure `not_found` */
export async function endSessionsOf(scope: Scope, id: string): Promise<void> {
  await changing(scope, id, async (db) => {
    await note(db, scope, 'staff.sessions_ended', id)
    return rows.endStaffSessions(db, id)
  })
}

/** For somebody who lost phone and recovery codes: the password alone signs in again. @throws Failure `not_found` */
export async function resetSecondFactor(scope: Scope, id: string): Promise<void> {
  await changing(scope, id, async (db, member) => {
    if (!member.hasSecondFactor) return []
    // One's own takes a code, on the page of one's own sign-in.
    if (scope.actor.id === id) throw failure('invalid')
    await clearSecondFactor(db, id)
    await note(db, scope, 'staff.second_factor_reset', id)
    return rows.endStaffSessions(db, id)
  })
}

/** A link to set a new password; the old one works until it is used. @throws Failure `not_found` */
export async function makePasswordLink(scope: Scope, id: string): Promise<StaffLink> {
  return within(scope, async (db) => {
    const member = await existing(db, id)
    const purpose = member.pendingLink === 'invitation' ? 'invitation' : 'password_reset'
    await note(db, scope, 'staff.link_made', id, { purpose })
    return makeLink(db, scope, member, purpose)
  })
}

const hashOfLink = (token: string): string => createHash('sha256').update(token).digest('hex')

async function makeLink(
  db: Db,
  scope: Scope,
  member: { id: string; name: string; email: string },
  purpose: Purpose,
): Promise<StaffLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const url = `${config().publicUrl}/developer/password/${token}`
  const expiresAt = new Date(Date.now() + LINK_LIFETIME_MS)
  const tokenHash = hashOfLink(token)
  await rows.setStaffLink(db, { tenantId: scope.tenantId, staffId: member.id, purpose, tokenHash, expiresAt })
  const isMailed = mailIsSetUp()
  if (isMailed) await sendMailLater(db, scope, mailOf(member, purpose, url, tokenHash))
  return { url, name: member.name, isMailed, purpose }
}

const mailOf = (
  member: { name: string; email: string },
  purpose: Purpose,
  url: string,
  tokenHash: string,
) => ({
  uniqueKey: `staff link ${tokenHash}`,
  to: member.email,
  subject: purpose === 'invitation' ? 'Your account for the builder portal' : 'Set a new password',
  body: `Hello ${member.name},

${
  purpose === 'invitation'
    ? 'you were invited to the builder portal of OpenHouse. Choose a password here:'
    : 'somebody of your company asked for a new password for your account. Choose it here:'
}

${url}

The address works once, within three days. If you did not expect this mail, leave it and tell your administrator.
`,
})

/** An administrator sees every development, so that none needs to be granted. */
async function grant(db: Db, staffId: string, { role, developmentIds }: Rights): Promise<void> {
  const wanted = role === 'admin' ? [] : [...new Set(developmentIds)]
  if ((await rows.insertGrants(db, staffId, wanted)) < wanted.length) throw failure('not_found')
}

async function changing(
  scope: Scope,
  id: string,
  work: (db: Db, member: rows.StaffMember) => Promise<string[]>,
): Promise<void> {
  const sessionIds = await within(scope, async (db) => work(db, await existing(db, id)))
  for (const sessionId of sessionIds) forgetSession(sessionId)
}

/** A builder without an administrator could only be helped from outside. */
async function refuseIfNeeded(db: Db, scope: Scope, id: string): Promise<void> {
  const admins = await rows.lockAdmins(db)
  const refusal =
    scope.actor.id === id
      ? 'You cannot take your own rights away. Ask another administrator.'
      : admins.every((admin) => admin === id)
        ? 'The last administrator stays one.'
        : null
  if (refusal) throw failure('invalid', { fields: [{ path: 'role', message: refusal }] })
}

async function existing(db: Db, id: string): Promise<rows.StaffMember> {
  const member = await rows.staffMember(db, id)
  if (!member) throw failure('not_found')
  return member
}

export const isSecondFactorRequired = (scope: Scope): Promise<boolean> =>
  within(scope, async (db) => (await secondFactorRequiredAt(db)) !== null)

/** Who has none sets it up when they next sign in; nobody is thrown out. Nobody turns theirs off while it is so. */
export const requireSecondFactor = (scope: Scope, isRequired: boolean): Promise<void> =>
  within(scope, async (db) => {
    if (!(await setSecondFactorRequired(db, scope.tenantId, isRequired))) return
    const action = isRequired ? 'staff.second_factor_required' : 'staff.second_factor_optional'
    await note(db, scope, action, scope.tenantId)
  })

const note = (
  db: Db,
  scope: Scope,
  action: string,
  targetId: string,
  changes: Record<string, unknown> = {},
) => noteActivity(db, scope, { action, targetType: 'staff', targetId, changes })
