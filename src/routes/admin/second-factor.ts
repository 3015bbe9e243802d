// The operator's own second factor.
import { Elysia } from 'elysia'
import { AdminSecondFactorPage } from '#views/admin/second-factor.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { seeOther } from '../../http/redirect.ts'
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
} from '../second-factor-forms.ts'
import { hidden, shellFor } from './present.ts'

export const adminSecondFactor = new Elysia({ name: 'admin/second-factor', prefix: '/admin/second-factor' })
  .use(access)
  .get(
    '',
    async ({ superAdmin, query: { done } }) => {
      const { shell, person } = await personOf(superAdmin)
      const message = doneMessage(done)
      return AdminSecondFactorPage({ shell, message, secondFactor: await secondFactorView(person) })
    },
    { ...hidden, query: secondFactorQuery },
  )
  .post(
    '',
    async ({ superAdmin, body, request, set }) => {
      const { shell, person } = await personOf(superAdmin)
      return AdminSecondFactorPage({ shell, secondFactor: await enrolled(person, body, { request, set }) })
    },
    { ...hidden, body: enrolmentBody },
  )
  .post(
    '/recovery-codes',
    async ({ superAdmin, body, request, set }) => {
      const { shell, person } = await personOf(superAdmin)
      const secondFactor = await renewed(person, body.code, { request, set })
      return AdminSecondFactorPage({ shell, secondFactor })
    },
    { ...hidden, body: codeBody },
  )
  .post(
    '/removal',
    async ({ superAdmin, body, request, set }) => {
      const { shell, person } = await personOf(superAdmin)
      const secondFactor = await removed(person, body.code, { request, set })
      if (!secondFactor) return seeOther(request, paths.admin.secondFactor({ done: 'removed' }))
      return AdminSecondFactorPage({ shell, secondFactor })
    },
    { ...hidden, body: codeBody },
  )
  .post(
    '/password',
    async ({ superAdmin, body, request, set }) => {
      const { shell, person } = await personOf(superAdmin)
      const secondFactor = await changed(person, body, { request, set })
      if (!secondFactor) return seeOther(request, paths.admin.secondFactor({ done: 'password' }))
      return AdminSecondFactorPage({ shell, secondFactor })
    },
    { ...hidden, body: passwordBody },
  )
  .post(
    '/sessions',
    async ({ superAdmin, body, request, set }) => {
      const { shell, person } = await personOf(superAdmin)
      const secondFactor = await ended(person, body, { request, set })
      if (!secondFactor) return seeOther(request, paths.admin.secondFactor({ done: 'sessions' }))
      return AdminSecondFactorPage({ shell, secondFactor })
    },
    { ...hidden, body: sessionsBody },
  )

async function personOf(superAdmin: SuperAdminCaller) {
  const shell = await shellFor(superAdmin)
  const { staffId, sessionId } = superAdmin
  return { shell, person: { portal: 'admin' as const, staffId, sessionId, email: shell.person.email } }
}
