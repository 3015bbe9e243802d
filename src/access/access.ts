// The `access` plugin: each route declares who it is for, and only then does its handler have a scope.
import { Elysia } from 'elysia'
import { requireReading } from '../acknowledgements.ts'
import { announcementsFor } from '../announcements.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { addressGroup } from '../http/client-address.ts'
import { originMayCall } from '../http/cors.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { apiKeyPolicy, policies } from '../http/limits.ts'
import { requestContext } from '../http/request-context.ts'
import { log } from '../log.ts'
import { identifyApiClient } from './api-keys.ts'
import type { ApiScope } from './api-scopes.ts'
import type { ApiClientCaller, PurchaserCaller, StaffCaller, SuperAdminCaller } from './caller.ts'
import { cookiePolicy } from './cookies.ts'
import { homeCallerOf, type Identified, identifyPurchaser, identifyStaff, staffCallerOf } from './identify.ts'
import { guardImpersonation, type Impersonation } from './impersonation.ts'

/** What the hooks need of Elysia's context; identification runs in `transform`, before validation. */
type Hook = { request: Request; route?: string; set: { headers: Record<string, unknown> }; caller?: unknown }

const declares = (...who: string[]) => ({ 'x-access': who }) as Record<string, unknown>

export const access = new Elysia({ name: 'access' }).macro({
  /**
   * A person in a home's app: handlers get `purchaser`, whose scope is that home and nothing else. Pages wait until
   * what must be read has been, but for those that are needed to read it, for danger and for what the law gives.
   */
  forPurchaser: (reach: true | 'before_reading') => ({
    detail: declares('purchaser') as object,
    transform: async (hook: Hook) => {
      const found = (await lookingAsHome(hook)) ?? (await identifyPurchaser(...identification(hook)))
      const caller = admit(
        hook,
        found,
        ({ scope: { actor, tenantId } }) => ({ type: actor.type, id: actor.id, tenantId }),
        'purchaser',
      )
      if (reach === true) await requireReading(caller.scope, caller.purchaserId)
      hook.caller = caller
      await findAnnouncements(hook, 'purchasers', caller.sessionId)
    },
    resolve: (hook) => ({ purchaser: (hook as unknown as Hook).caller as PurchaserCaller }),
  }),

  /** Staff of one tenant; `admin` excludes developers, to whom the page does not exist. */
  forStaff: (least: 'developer' | 'admin') => ({
    detail: declares('admin', ...(least === 'developer' ? ['developer'] : [])) as object,
    transform: async (hook: Hook) => {
      const found = (await lookingAsStaff(hook)) ?? (await identifyStaff(...identification(hook)))
      if (found && !('staff' in found.caller)) throw failure('not_found')
      const staff =
        found && 'staff' in found.caller ? { caller: found.caller.staff, setCookies: found.setCookies } : null
      const caller = admit(
        hook,
        staff,
        ({ scope: { actor, tenantId }, ...c }) =>
          actor.type === 'super_admin'
            ? { type: actor.type, id: actor.id, tenantId }
            : { type: c.role, id: c.staffId, tenantId },
        'developer',
      )
      if (least === 'admin' && caller.role !== 'admin') throw failure('not_found')
      limitOrThrow(hook, policies.staff, caller.staffId)
      await findAnnouncements(hook, 'staff', caller.sessionId)
      hook.caller = caller
    },
    resolve: (hook) => ({ staff: (hook as unknown as Hook).caller as StaffCaller }),
  }),

  /** The platform's operator. For anybody else the console does not exist. */
  forSuperAdmin: (_: true) => ({
    detail: declares('super_admin') as object,
    transform: async (hook: Hook) => {
      const found = await identifyStaff(...identification(hook))
      if (found && !('superAdmin' in found.caller)) throw failure('not_found')
      const superAdmin =
        found && 'superAdmin' in found.caller
          ? { caller: found.caller.superAdmin, setCookies: found.setCookies }
          : null
      const caller = admit(
        hook,
        superAdmin,
        (c) => ({ type: 'super_admin', id: c.staffId, tenantId: null }),
        'admin',
      )
      limitOrThrow(hook, policies.admin, caller.staffId)
      hook.caller = caller
    },
    resolve: (hook) => ({ superAdmin: (hook as unknown as Hook).caller as SuperAdminCaller }),
  }),

  /** Another program with an API key that has the scope, or with any. */
  forApiClient: (needed: ApiScope | 'any') => ({
    detail: { ...declares('api_client'), 'x-scope': needed, security: [{ bearerAuth: [] }] } as object,
    transform: async (hook: Hook) => {
      const context = requestContext(hook.request)
      const caller = await identifyApiClient(hook.request, context.requestId)
      if (!caller) {
        limitOrThrow(hook, policies.api_unknown, addressGroup(context.clientAddress))
        throw failure('invalid_api_key')
      }
      context.actor = { type: 'api_client', id: caller.keyId, tenantId: caller.scope.tenantId }
      limitOrThrow(hook, apiKeyPolicy(caller.requestsPerMinute), caller.keyId)
      if (!originMayCall(hook.request, caller.allowedOrigins)) throw failure('origin_not_allowed')
      if (needed !== 'any' && !caller.scopes.includes(needed)) throw failure('scope_missing')
      hook.caller = caller
    },
    resolve: (hook) => ({ client: (hook as unknown as Hook).caller as ApiClientCaller }),
  }),

  /** Open to anybody; the reason stands in the permission matrix. */
  forAnyone: (reason: string) => ({
    detail: { ...declares('anyone'), 'x-open-because': reason } as object,
  }),
})

/** A page is worth more than what is announced over it. */
async function findAnnouncements(
  { request }: Hook,
  portal: 'staff' | 'purchasers',
  sessionId: string,
): Promise<void> {
  requestContext(request).announcements = await announcementsFor(portal, sessionId).catch((error) => {
    log('warn', 'announcements_unreadable', { error: String(error) })
    return []
  })
}

/** An operator who looks as somebody is that somebody here, and may only look. */
async function lookingAsHome(hook: Hook): Promise<Identified<PurchaserCaller> | null> {
  const { impersonation, requestId } = requestContext(hook.request)
  if (!impersonation?.home) return null
  await guard(hook, impersonation)
  return { caller: homeCallerOf(impersonation, impersonation.home, requestId), setCookies: [] }
}

async function lookingAsStaff(hook: Hook): Promise<Identified<{ staff: StaffCaller }> | null> {
  const { impersonation, requestId } = requestContext(hook.request)
  if (!impersonation?.staff) return null
  await guard(hook, impersonation)
  return { caller: { staff: staffCallerOf(impersonation, impersonation.staff, requestId) }, setCookies: [] }
}

const guard = ({ request, route }: Hook, impersonation: Impersonation) =>
  guardImpersonation(impersonation, {
    method: request.method,
    route: route ?? 'unknown',
    path: new URL(request.url).pathname,
    requestId: requestContext(request).requestId,
  })

function identification(hook: Hook): [Request, string, { secure: boolean }] {
  return [
    hook.request,
    requestContext(hook.request).requestId,
    cookiePolicy(hook.request, config().publicUrl),
  ]
}

function admit<C>(
  hook: Hook,
  found: Identified<C> | null,
  actorOf: (caller: C) => { type: string; id: string; tenantId: string | null },
  portal: 'purchaser' | 'developer' | 'admin',
): C {
  if (!found) throw failure('not_signed_in', { portal })
  requestContext(hook.request).actor = actorOf(found.caller)
  if (found.setCookies.length > 0) hook.set.headers['set-cookie'] = found.setCookies
  return found.caller
}
