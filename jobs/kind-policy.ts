// What can be said of a kind of job. Leaf of the kinds.
import type { z } from 'zod'

export const PRIORITY = { interactive: 1, normal: 2, background: 3, bulk: 4 } as const

export type KindPolicy = {
  payload: z.ZodType
  /** `tenant` jobs carry `tenantId` and run in its Scope; `platform` jobs see the queue only. */
  tenancy: 'tenant' | 'platform'
  priority: (typeof PRIORITY)[keyof typeof PRIORITY]
  attemptsMax: number
  timeoutMs: number
  /**
   * `shared`: runs in the slots all kinds share. A number: at most so many at once in this process, in slots
   * of its own, so that risky work (child processes, rate-limited peers) neither waits for nor blocks the rest.
   */
  slots: 'shared' | { own: number }
  /** What the kind itself may fail with. */
  codes: readonly string[]
  /** Those of its codes that no repetition can cure. */
  permanent: readonly string[]
  /** What the law gives a person of their data: no builder, nor its programs, may stop it. */
  isPersonsRight?: true
}

export type Kinds = Record<string, KindPolicy>

export const minutes = (count: number) => count * 60_000

export const NOTHING_OF_ITS_OWN = { codes: [], permanent: [] } as const
