// What every page of the builder's and the operator's portal needs: who is signed in, which development is chosen.

import type { DevelopmentRow } from '#db/developments.ts'
import { jobStateCounts, staffPerson, staffPlace, type TenantFigures, tenantFigures } from '#db/overview.ts'
import { type AdminScope, acrossTenants, type Scope, within } from '#db/scope.ts'
import { failure } from './failure.ts'
import { keptRead } from './kept-reads.ts'

/** Developments in the switch; a tenant with more of them gets a search there (a later issue). */
const DEVELOPMENTS_MAX = 100

export type PortalPerson = {
  name: string
  email: string
  organisation: string
  isAdmin?: boolean
}

export type Branding = { accent: string | null; logoId: string | null }

export type PortalPlace = {
  person: PortalPerson
  branding: Branding
  developments: DevelopmentRow[]
  chosen: DevelopmentRow
}

/** The chosen development, or the first one. @throws Failure `not_found` for one that is not theirs. */
export async function portalPlace(
  scope: Scope,
  staffId: string,
  developmentId: string | undefined,
): Promise<PortalPlace | { person: PortalPerson; branding: Branding; developments: []; chosen: null }> {
  const found = await keptRead(scope, {
    name: 'place',
    parts: [staffId],
    tables: ['staff', 'staff_developments', 'developments', 'brandings'],
    read: () => within(scope, (db) => staffPlace(db, staffId, DEVELOPMENTS_MAX)),
  })
  const { developments, branding } = found
  const person = {
    name: found.person?.name ?? '',
    email: found.person?.email ?? '',
    organisation: found.tenantName ?? '',
    isAdmin: found.person?.role === 'admin',
  }
  if (developments.length === 0 && !developmentId) return { person, branding, developments: [], chosen: null }
  const chosen = developmentId
    ? developments.find((development) => development.id === developmentId)
    : developments[0]
  if (!chosen) throw failure('not_found')
  return { person, branding, developments, chosen }
}

/** Every builder with its counts. */
export const operatorTenants = (scope: AdminScope): Promise<TenantFigures[]> =>
  acrossTenants(scope, 'overview of the builders', tenantFigures)

export const operatorJobStates = (scope: AdminScope): Promise<{ state: string; count: number }[]> =>
  acrossTenants(scope, 'overview of the jobs', jobStateCounts)

export async function operatorPerson(scope: AdminScope, staffId: string): Promise<PortalPerson> {
  const person = await acrossTenants(scope, 'the name of the operator', (db) => staffPerson(db, staffId))
  return { name: person?.name ?? '', email: person?.email ?? '', organisation: 'OpenHouse' }
}
