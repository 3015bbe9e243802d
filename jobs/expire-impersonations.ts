// Notes the end of impersonations whose time is over.
import { endExpiredImpersonations } from '#src/impersonations.ts'
import type { Run } from './context.ts'

export const run: Run<'expire-impersonations'> = async (_scope, _payload, context) => {
  await endExpiredImpersonations(context.requestId)
  return undefined
}
