// Scopes of the system itself: seeding the demonstration and the operator's own tasks.
import { type AdminScope, mintAdminScope, mintScope, type Scope } from '#db/scope.ts'

/** Works in one tenant on nobody's behalf; `task` is what the logs name as the actor. */
export const systemScope = (tenantId: string, task: string): Scope =>
  mintScope({
    tenantId,
    actor: { type: 'system', id: task },
    requestId: `system-${task}`,
    developmentIds: 'all',
    readOnly: false,
  })

/** Works over all tenants, for making one. */
export const platformScope = (task: string): AdminScope =>
  mintAdminScope({
    actor: { type: 'super_admin', id: `system-${task}`, name: task },
    requestId: `system-${task}`,
  })
