// The Scope in which the operator sets up a builder: that one tenant, under the operator's own name.
import { type AdminScope, mintScope, type Scope } from '#db/scope.ts'

/** For setting up only; who wants to see what a builder sees looks as somebody of it. */
export const operatorScope = (operator: AdminScope, tenantId: string): Scope =>
  mintScope({
    tenantId,
    actor: operator.actor,
    requestId: operator.requestId,
    developmentIds: 'all',
    readOnly: false,
  })
