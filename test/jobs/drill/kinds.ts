// Kinds of jobs that misbehave on purpose, for the tests of the queue.
import { z } from 'zod'
import type { KindPolicy, Kinds } from '#jobs/kinds.ts'

const payload = z.object({ tenantId: z.uuid(), number: z.int().default(0), file: z.string().default('') })

const policy = (changes: Partial<KindPolicy> = {}): KindPolicy => ({
  payload,
  tenancy: 'tenant',
  priority: 2,
  attemptsMax: 3,
  timeoutMs: 10_000,
  slots: 'shared',
  codes: ['peer_busy', 'broken_file', 'pointless'],
  permanent: ['broken_file'],
  ...changes,
})

export const kinds: Kinds = {
  effect: policy({ attemptsMax: 20 }),
  noop: policy(),
  flaky: policy({ attemptsMax: 5 }),
  hopeless: policy({ attemptsMax: 1 }),
  cancels: policy(),
  snoozes: policy(),
  exits: policy(),
  'throws-outside': policy(),
  spins: policy({ timeoutMs: 300, attemptsMax: 2, slots: { own: 1 } }),
  hangs: policy({ timeoutMs: 300, attemptsMax: 2 }),
  'filed-nowhere': policy({ attemptsMax: 1 }),
  waits: policy({ timeoutMs: 60_000 }),
  alone: policy({ slots: { own: 1 } }),
  stale: policy({ timeoutMs: 60_000 }),
}
