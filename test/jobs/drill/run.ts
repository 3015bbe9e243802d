// The type of the drills' handlers.

import type { Scope } from '#db/scope.ts'
import type { JobContext } from '#jobs/context.ts'
import type { Outcome } from '#jobs/outcome.ts'

export type Run = (
  scope: Scope,
  payload: { tenantId: string; number: number; file: string },
  context: JobContext,
) => Promise<Outcome | undefined>
