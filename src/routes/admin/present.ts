// What the operator's pages share: who is signed in, and how their forms leave a choice open.
import type { StaffShell } from '#views/layout/staff.tsx'
import type { SuperAdminCaller } from '../../access/caller.ts'
import { operatorPerson } from '../../portal.ts'

/** For every route of the console: for the operator alone, and not in the API's document. */
export const hidden = { forSuperAdmin: true, detail: { hide: true } } as const

/** The empty choice of a select. */
export const emptyIsNone = (value: unknown) => (value === '' ? undefined : value)

export async function shellFor(superAdmin: SuperAdminCaller): Promise<StaffShell> {
  const person = await operatorPerson(superAdmin.scope, superAdmin.staffId)
  return { portal: 'admin', person, developments: [] }
}
