// Settings: the staff of a builder. Only administrators find these pages.
import { Elysia } from 'elysia'
import { z } from 'zod'
import {
  type NewLinkView,
  type RightsView,
  StaffMemberPage,
  StaffSettingsPage,
} from '#views/developer/settings/staff.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import {
  changeRights,
  disableStaff,
  enableStaff,
  endSessionsOf,
  findStaff,
  inviteStaff,
  isSecondFactorRequired,
  listStaff,
  makePasswordLink,
  requireSecondFactor,
  resetSecondFactor,
  type StaffMember,
} from '../../../staff.ts'
import { shellOf } from '../present.ts'
import { many, type Problems, problemsOf, sayingOf } from './refused.ts'

const itemParams = z.object({ id: z.uuid() })
const rights = {
  role: z.enum(['admin', 'developer']),
  development_ids: many(z.uuid(), 200),
}
const invitationBody = z.object({ name: z.string().max(1_000), email: z.string().max(1_000), ...rights })
const ofItem = { forStaff: 'admin', params: itemParams, detail: { hide: true } } as const

const DONE = {
  rights: 'Saved. It counts at once, also where this person is signed in.',
  signed_out: 'Signed out everywhere.',
  disabled: 'Disabled, and signed out everywhere.',
  enabled: 'This person can sign in again.',
  rule: 'Saved. It counts from everybody’s next sign-in on.',
  second_factor_reset: 'Reset, and signed out everywhere. The password alone signs in now.',
} as const

export const staffSettings = new Elysia({ name: 'developer/settings/staff' })
  .use(access)
  .get('/developer/settings', ({ staff, query }) => list(staff, { isSaved: query.done !== undefined }), {
    forStaff: 'admin',
    query: z.object({ done: z.literal('rule').optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/settings/second-factor-rule',
    async ({ staff, body, request }) => {
      await requireSecondFactor(staff.scope, body.required === 'yes')
      return seeOther(request, paths.developer.settings({ done: 'rule' }))
    },
    { forStaff: 'admin', body: z.object({ required: z.enum(['yes', 'no']) }), detail: { hide: true } },
  )
  .post(
    '/developer/settings/invitations',
    async ({ staff, body, set }) => {
      const asked = {
        name: body.name,
        email: body.email,
        role: body.role,
        developmentIds: body.development_ids,
      }
      try {
        return await list(staff, { link: await inviteStaff(staff.scope, asked) })
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return list(staff, { invitation: asked, problems })
      }
    },
    { forStaff: 'admin', body: invitationBody, detail: { hide: true } },
  )
  .get(
    '/developer/settings/staff/:id',
    ({ staff, params, query }) => member(staff, params.id, { message: query.done && DONE[query.done] }),
    {
      ...ofItem,
      query: z.object({
        done: z.enum(['rights', 'signed_out', 'disabled', 'enabled', 'second_factor_reset']).optional(),
      }),
    },
  )
  .post(
    '/developer/settings/staff/:id',
    async ({ staff, params, body, request, set }) => {
      const asked: RightsView = { role: body.role, developmentIds: body.development_ids }
      try {
        await changeRights(staff.scope, params.id, asked)
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return member(staff, params.id, { rights: asked, problems })
      }
      return seeOther(request, doneUrl(params.id, 'rights'))
    },
    { ...ofItem, body: z.object(rights) },
  )
  .post(
    '/developer/settings/staff/:id/link',
    async ({ staff, params }) =>
      member(staff, params.id, { link: await makePasswordLink(staff.scope, params.id) }),
    ofItem,
  )
  .post(
    '/developer/settings/staff/:id/sessions/end',
    async ({ staff, params, request }) => {
      await endSessionsOf(staff.scope, params.id)
      return seeOther(request, doneUrl(params.id, 'signed_out'))
    },
    ofItem,
  )
  .post(
    '/developer/settings/staff/:id/disabling',
    async ({ staff, params, request, set }) => {
      try {
        await disableStaff(staff.scope, params.id)
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return member(staff, params.id, { problems })
      }
      return seeOther(request, doneUrl(params.id, 'disabled'))
    },
    ofItem,
  )
  .post(
    '/developer/settings/staff/:id/enabling',
    async ({ staff, params, request }) => {
      await enableStaff(staff.scope, params.id)
      return seeOther(request, doneUrl(params.id, 'enabled'))
    },
    ofItem,
  )
  .post(
    '/developer/settings/staff/:id/second-factor/removal',
    async ({ staff, params, request }) => {
      await resetSecondFactor(staff.scope, params.id)
      return seeOther(request, doneUrl(params.id, 'second_factor_reset'))
    },
    ofItem,
  )

const doneUrl = (id: string, done: keyof typeof DONE) => `${paths.developer.staffMember(id)}?done=${done}`

async function list(
  staff: StaffCaller,
  said: {
    link?: NewLinkView
    invitation?: RightsView & { name: string; email: string }
    problems?: Problems
    isSaved?: boolean
  },
) {
  const [place, members, isFactorRequired] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    listStaff(staff.scope),
    isSecondFactorRequired(staff.scope),
  ])
  const shell = shellOf(place)
  const blank = { name: '', email: '', role: 'developer' as const, developmentIds: [] }
  return StaffSettingsPage({
    shell,
    members: members.map((each) => memberView(each, shell.developments, staff.staffId)),
    link: said.link ?? null,
    isFactorRequired,
    message: said.isSaved ? DONE.rule : undefined,
    invitation: {
      ...(said.invitation ?? blank),
      problem: sayingOf(said.problems),
    },
  })
}

async function member(
  staff: StaffCaller,
  id: string,
  said: { link?: NewLinkView; rights?: RightsView; problems?: Problems; message?: string | undefined },
) {
  const [place, found] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    findStaff(staff.scope, id),
  ])
  const shell = shellOf(place)
  return StaffMemberPage({
    shell,
    member: memberView(found, shell.developments, staff.staffId),
    rights: said.rights ?? { role: found.role, developmentIds: found.developmentIds },
    problem: sayingOf(said.problems),
    link: said.link ?? null,
    message: said.message,
  })
}

const memberView = (member: StaffMember, developments: { id: string; name: string }[], ownId: string) => ({
  id: member.id,
  name: member.name,
  email: member.email,
  role: member.role,
  developmentIds: member.developmentIds,
  developments: developments.filter(({ id }) => member.developmentIds.includes(id)).map(({ name }) => name),
  isDisabled: member.disabledAt !== null,
  isInvited: member.pendingLink === 'invitation',
  liveSessions: member.liveSessions,
  hasSecondFactor: member.hasSecondFactor,
  lastSeenAt: member.lastSeenAt ? new Date(member.lastSeenAt) : null,
  isSelf: member.id === ownId,
})
