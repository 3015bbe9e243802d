// One part of a page of the console, which may break without breaking the page around it.

import type { Html } from '#views/jsx-runtime.ts'
import { BrokenPanel } from '#views/parts/broken-panel.tsx'
import { recordError } from '../../errors.ts'
import { Failure } from '../../failure.ts'
import { requestContext } from '../../http/request-context.ts'
import { log } from '../../log.ts'

/**
 * Reads and draws the part. Each has a transaction of its own: in a shared one the first broken statement would break
 * all that follow. What was foreseen, such as `not_found`, is the page's answer and passes.
 */
export async function panel(request: Request, title: string, make: () => Promise<Html>): Promise<Html> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof Failure) throw error
    const { requestId } = requestContext(request)
    log('error', 'panel_failed', { requestId, panel: title, error })
    recordError({ source: 'http', error, requestId, tenantId: null, context: { panel: title } })
    return BrokenPanel({ title, requestId })
  }
}
