// Settings: the second factor of whoever is signed in.
import { Elysia } from 'elysia'
import { SecondFactorPage } from '#views/developer/settings/second-factor.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import {
  changed,
  codeBody,
  doneMessage,
  ended,
  enrolled,
  enrolmentBody,
  passwordBody,
  removed,
  renewed,
  secondFactorQuery,
  secondFactorView,
  sessionsBody,
} from '../../second-factor-forms.ts'
import { shellOf } from '../present.ts'

const ofStaff = { forStaff: 'developer', detail: { hide: true } } as const

export const secondFactorSettings = new Elysia({ name: 'developer/settings/second-factor' })
  .use(access)
  .get(
    '/developer/settings/second-factor',
    async ({ staff, query: { done } }) => {
      const { shell, person } = await personOf(staff)
      const message = doneMessage(done)
      return SecondFactorPage({ shell, message, secondFactor: await secondFactorView(person) })
    },
    { ...ofStaff, query: secondFactorQuery },
  )
  .post(
    '/developer/settings/second-factor',
    async ({ staff, body, request, set }) => {
      const { shell, person } = await personOf(staff)
      return SecondFactorPage({ shell, secondFactor: await enrolled(person, body, { request, set }) })
    },
    { ...ofStaff, body: enrolmentBody },
  )
  .post(
    '/developer/settings/second-factor/recovery-codes',
    async ({ staff, body, request, set }) => {
      const { shell, person } = await personOf(staff)
      return SecondFactorPage({ shell, secondFactor: await renewed(person, body.code, { request, set }) })
    },
    { ...ofStaff, body: codeBody },
  )
  .post(
    '/developer/settings/second-factor/removal',
    async ({ staff, body, request, set }) => {
      const { shell, person } = await personOf(staff)
      const secondFactor = await removed(person, body.code, { request, set })
      if (!secondFactor) return seeOther(request, paths.developer.secondFactor({ done: 'removed' }))
      return SecondFactorPage({ shell, secondFactor })
    },
    { ...ofStaff, body: codeBody },
  )
  .post(
    '/developer/settings/second-factor/password',
    async ({ staff, body, request, set }) => {
      const { shell, person } = await personOf(staff)
      const secondFactor = await changed(person, body, { request, set })
      if (!secondFactor) return seeOther(request, paths.developer.secondFactor({ done: 'password' }))
      return SecondFactorPage({ shell, secondFactor })
    },
    { ...ofStaff, body: passwordBody },
  )
  .post(
    '/developer/settings/second-factor/sessions',
    async ({ staff, body, request, set }) => {
      const { shell, person } = await personOf(staff)
      const secondFactor = await ended(person, body, { request, set })
      if (!secondFactor) return seeOther(request, paths.developer.secondFactor({ done: 'sessions' }))
      return SecondFactorPage({ shell, secondFactor })
    },
    { ...ofStaff, body: sessionsBody },
  )

async function personOf({ scope, staffId, sessionId }: StaffCaller) {
  const shell = shellOf(await portalPlace(scope, staffId, undefined))
  return { shell, person: { portal: 'developer' as const, staffId, sessionId, email: shell.person.email } }
}
