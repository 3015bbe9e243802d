// What every page of the builder's and the operator's portal needs: who is signed in, which development is chosen.
import { type DevelopmentRow, listDevelopments, listHouseTypes } from '#db/developments.ts'
import {
  jobStateCounts,
  staffPerson,
  type TenantFigures,
  type TodayFigures,
  tenantFigures,
  todayFigures,
} from '#db/overview.ts'
import { type AdminScope, acrossTenants, type Scope, within } from '#db/scope.ts'
import { failure } from './failure.ts'

/** Developments in the switch; a tenant with more of them gets a search there (a later issue). */
const DEVELOPMENTS_MAX = 100
const HOUSE_TYPES_MAX = 100

export type PortalPerson = { name: string; email: string; organisation: string }

export type PortalPlace = { person: PortalPerson; developments: DevelopmentRow[]; chosen: DevelopmentRow }

/** The chosen development, or the first one. @throws Failure `not_found` for one that is not theirs. */
export async function portalPlace(
  scope: Scope,
  staffId: string,
  developmentId: string | undefined,
): Promise<PortalPlace | { person: PortalPerson; developments: []; chosen: null }> {
  const { person, developments } = await within(scope, async (db) => {
    const [person, developments] = await Promise.all([
      staffPerson(db, staffId),
      listDevelopments(db, { limit: DEVELOPMENTS_MAX }),
    ])
    return {
      person: {
        name: person?.name ?? '',
        email: person?.email ?? '',
        organisation: person?.tenantName ?? '',
      },
      developments,
    }
  })
  if (developments.length === 0 && !developmentId) return { person, developments: [], chosen: null }
  const chosen = developmentId
    ? developments.find((development) => development.id === developmentId)
    : developments[0]
  if (!chosen) throw failure('not_found')
  return { person, developments, chosen }
}

export const readToday = (scope: Scope, developmentId: string): Promise<TodayFigures> =>
  within(scope, (db) => todayFigures(db, developmentId))

export async function houseTypeOptions(
  scope: Scope,
  developmentId: string,
): Promise<{ code: string; name: string }[]> {
  const rows = await within(scope, (db) => listHouseTypes(db, { developmentId, limit: HOUSE_TYPES_MAX }))
  return rows.slice(0, HOUSE_TYPES_MAX).map(({ code, name }) => ({ code, name }))
}

export type OperatorOverview = {
  person: PortalPerson
  tenants: TenantFigures[]
  jobStates: { state: string; count: number }[]
}

export async function operatorOverview(scope: AdminScope, staffId: string): Promise<OperatorOverview> {
  return acrossTenants(scope, 'overview of the console', async (db) => {
    const [person, tenants, jobStates] = await Promise.all([
      staffPerson(db, staffId),
      tenantFigures(db),
      jobStateCounts(db),
    ])
    return {
      person: { name: person?.name ?? '', email: person?.email ?? '', organisation: 'OpenHouse' },
      tenants,
      jobStates,
    }
  })
}

export async function operatorPerson(scope: AdminScope, staffId: string): Promise<PortalPerson> {
  const person = await acrossTenants(scope, 'the name of the operator', (db) => staffPerson(db, staffId))
  return { name: person?.name ?? '', email: person?.email ?? '', organisation: 'OpenHouse' }
}
