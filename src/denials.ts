// Who was told to slow down, who waits after wrong codes and passwords, and letting each begin anew.
import { tellProcesses } from '#db/flags.ts'
import { type DeniedKey, type LogRow, mostDenied, readLog } from '#db/log-pages.ts'
import { addressesOfLinks } from '#db/operator-lists.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { type Delay, delaysNow } from './access/attempts.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

const DENIALS_SHOWN = 25

export const mostDeniedKeys = (scope: AdminScope): Promise<DeniedKey[]> =>
  acrossTenants(scope, 'who was told to slow down', mostDenied)

/** With the newest refusals. */
export const readDenials = (scope: AdminScope): Promise<{ keys: DeniedKey[]; last: LogRow[] }> =>
  acrossTenants(scope, 'rate limits', async (db) => ({
    keys: await mostDenied(db),
    last: await readLog(db, 'rate-limits', {}, { after: null, limit: DENIALS_SHOWN }),
  }))

/** Puts on record who let whom begin anew, and tells every process; this one is told by whoever calls. */
export const releaseKey = (scope: AdminScope, policy: string, key: string): Promise<void> =>
  acrossTenants(scope, 'a rate limit', async (db) => {
    await noteActivity(db, scope, {
      action: 'limit.released',
      targetType: 'rate_limit',
      targetId: policy,
      changes: { key },
    })
    await tellProcesses(db, `limit ${policy}:${key}`)
  })

export type ShownDelay = Omit<Delay, 'subject'> & { who: string }

/** Of this process. A home is shown by its address: its link is a secret. */
export async function readDelays(scope: AdminScope): Promise<ShownDelay[]> {
  const delays = delaysNow()
  const links = delays.filter(({ kind }) => kind === 'home').map(({ subject }) => subject)
  const homes =
    links.length > 0
      ? await acrossTenants(scope, 'homes that were guessed at', (db) => addressesOfLinks(db, links))
      : []
  const addressOf = new Map(homes.map(({ publicId, address }) => [publicId, address]))
  return delays.map(({ subject, ...delay }) => ({
    ...delay,
    who: delay.kind === 'home' ? (addressOf.get(subject) ?? 'A home whose link was replaced') : subject,
  }))
}

/** As `releaseKey`. @throws Failure `not_found` when nobody is delayed under that id any more */
export async function releaseDelay(scope: AdminScope, id: string): Promise<void> {
  const delay = (await readDelays(scope)).find((each) => each.id === id)
  if (!delay) throw failure('not_found')
  await acrossTenants(scope, 'a delay', async (db) => {
    await noteActivity(db, scope, {
      action: 'delay.released',
      targetType: 'delay',
      targetId: delay.kind,
      changes: { who: delay.who, failures: delay.failureCount },
    })
    await tellProcesses(db, `delay ${id}`)
  })
}
