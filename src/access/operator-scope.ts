// The operator's two scopes beside each other: one builder's while it is set up, and the operator's own behind a look.
import { type AdminScope, mintAdminScope, mintScope, type Scope } from '#db/scope.ts'

/** For setting up only; who wants to see what a builder sees looks as somebody of it. */
export const operatorScope = (operator: AdminScope, tenantId: string): Scope =>
  mintScope({
    tenantId,
    actor: operator.actor,
    requestId: operator.requestId,
    developmentIds: 'all',
    readOnly: false,
  })

/** Who looks as somebody of a builder: for putting on record what the read-only look itself cannot. Null for others. */
export const lookingOperator = ({ actor, requestId, readOnly }: Scope): AdminScope | null =>
  readOnly && actor.type === 'super_admin' ? mintAdminScope({ actor, requestId }) : null
