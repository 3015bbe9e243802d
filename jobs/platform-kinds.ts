// The kinds of job that belong to no tenant: sweeps over all of them, and what the operator must know.
import { z } from 'zod'
import { type Kinds, minutes, NOTHING_OF_ITS_OWN, PRIORITY } from './kind-policy.ts'

export const platformKinds = {
  'sweep-places': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.background,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'sweep-analytics': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'purge-expired': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 5,
    timeoutMs: minutes(15),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'verify-audit-chain': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 3,
    timeoutMs: minutes(15),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'expire-impersonations': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.background,
    attemptsMax: 3,
    timeoutMs: minutes(1),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'prune-jobs': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 3,
    timeoutMs: minutes(5),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'evaluate-alerts': {
    payload: z.object({}),
    tenancy: 'platform',
    // Whoever must know must know now.
    priority: PRIORITY.interactive,
    attemptsMax: 2,
    timeoutMs: minutes(1),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'send-alert': {
    payload: z.object({ eventId: z.uuid(), by: z.enum(['webhook', 'mail']) }),
    tenancy: 'platform',
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(2),
    // A slow peer must not hold up anything else.
    slots: { own: 1 },
    codes: ['alert_not_set_up', 'alert_not_delivered', 'deleted'],
    permanent: ['alert_not_set_up', 'deleted'],
  },
} as const satisfies Kinds
