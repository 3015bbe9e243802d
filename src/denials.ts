// Who was told to slow down, and letting a key begin anew.
import { tellProcesses } from '#db/flags.ts'
import { type DeniedKey, type LogRow, mostDenied, readLog } from '#db/log-pages.ts'
import { insertActivity } from '#db/logs.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'

const DENIALS_SHOWN = 25

export const readDenials = (scope: AdminScope): Promise<{ keys: DeniedKey[]; last: LogRow[] }> =>
  acrossTenants(scope, 'rate limits', async (db) => ({
    keys: await mostDenied(db),
    last: await readLog(db, 'rate-limits', {}, { after: null, limit: DENIALS_SHOWN }),
  }))

/** Puts on record who let whom begin anew, and tells every process; this one is told by whoever calls. */
export const releaseKey = (scope: AdminScope, policy: string, key: string): Promise<void> =>
  acrossTenants(scope, 'a rate limit', async (db) => {
    await insertActivity(db, {
      ...{ tenantId: null, actorType: scope.actor.type, actorId: scope.actor.id, requestId: scope.requestId },
      ...{ action: 'limit.released', targetType: 'rate_limit', targetId: policy, changes: { key } },
    })
    await tellProcesses(db, `limit ${policy}:${key}`)
  })
