// From a request to a verified caller with a Scope; the only minting of scopes for people.
import { mintAdminScope, mintHomeScope, mintScope } from '#db/scope.ts'
import type { PurchaserCaller, StaffCaller, SuperAdminCaller } from './caller.ts'
import type { CookiePolicy } from './cookies.ts'
import type { Impersonation } from './impersonation.ts'
import { liveSession } from './sessions.ts'

export type Identified<C> = { caller: C; setCookies: string[] }

export async function identifyPurchaser(
  request: Request,
  requestId: string,
  policy: CookiePolicy,
): Promise<Identified<PurchaserCaller> | null> {
  const session = await liveSession(request, 'purchaser', policy)
  if (!session?.row.home || !session.row.tenantId) return null
  const { id, tenantId, home } = session.row
  const scope = mintHomeScope(
    {
      tenantId,
      actor: { type: 'purchaser', id: home.purchaserId ?? home.unitId, sessionId: id },
      requestId,
      developmentIds: [home.developmentId],
      readOnly: false,
    },
    home,
  )
  return { caller: { scope, sessionId: id, purchaserId: home.purchaserId }, setCookies: session.setCookies }
}

export async function identifyStaff(
  request: Request,
  requestId: string,
  policy: CookiePolicy,
): Promise<Identified<{ staff: StaffCaller } | { superAdmin: SuperAdminCaller }> | null> {
  const session = await liveSession(request, 'staff', policy)
  const person = session?.row.staff
  if (!session || !person) return null
  const { id: sessionId, tenantId } = session.row
  if (person.role === 'super_admin') {
    const scope = mintAdminScope({
      actor: { type: 'super_admin', id: person.id, name: person.name },
      requestId,
    })
    return {
      caller: { superAdmin: { scope, sessionId, staffId: person.id, name: person.name } },
      setCookies: session.setCookies,
    }
  }
  if (!tenantId) return null
  const scope = mintScope({
    tenantId,
    actor: { type: 'staff', id: person.id, name: person.name, role: person.role },
    requestId,
    developmentIds: person.role === 'admin' ? 'all' : person.developmentIds,
    readOnly: false,
  })
  return {
    caller: { staff: { scope, sessionId, staffId: person.id, name: person.name, role: person.role } },
    setCookies: session.setCookies,
  }
}

/** The caller an operator is while they look as a member of staff: that person's reach, and no right to change. */
export function staffCallerOf(
  impersonation: Impersonation,
  staff: NonNullable<Impersonation['staff']>,
  requestId: string,
): StaffCaller {
  const scope = mintScope({
    ...lookingScope(impersonation, requestId),
    developmentIds: staff.role === 'admin' ? 'all' : staff.developmentIds,
  })
  return { scope, sessionId: impersonation.id, staffId: staff.id, name: staff.name, role: staff.role }
}

/** The same as a home; nobody of its household in particular, whose conversations stay their own. */
export function homeCallerOf(
  impersonation: Impersonation,
  home: NonNullable<Impersonation['home']>,
  requestId: string,
): PurchaserCaller {
  const scope = mintHomeScope(
    { ...lookingScope(impersonation, requestId), developmentIds: [home.developmentId] },
    { unitId: home.unitId, developmentId: home.developmentId, houseTypeId: home.houseTypeId },
  )
  return { scope, sessionId: impersonation.id, purchaserId: null }
}

const lookingScope = ({ tenantId, operatorId, operatorName }: Impersonation, requestId: string) => ({
  tenantId,
  actor: { type: 'super_admin', id: operatorId, name: operatorName } as const,
  requestId,
  readOnly: true,
})

/** Whose tenant a browser belongs to that is signed in to anything; for what anybody may send. */
export async function tenantOfVisitor(request: Request, policy: CookiePolicy): Promise<string | null> {
  const session =
    (await liveSession(request, 'purchaser', policy)) ?? (await liveSession(request, 'staff', policy))
  return session?.row.tenantId ?? null
}
