// The delay before another attempt, and what is written down for each way a run can end.
import { describe, expect, test } from 'bun:test'
import { DatabaseUnavailable } from '#db/scope.ts'
import { backoffMs } from '#jobs/backoff.ts'
import type { KindPolicy } from '#jobs/kinds.ts'
import { JobFailure, LeaseLost } from '#jobs/outcome.ts'
import { type Ending, settlementOf } from '#jobs/settlement.ts'
import { kinds } from './drill/kinds.ts'

const MINUTE_MS = 60_000

describe('the delay before another attempt', () => {
  for (const [attempt, delayMs] of [
    [1, 17_000],
    [2, 19_000],
    [3, 23_000],
    [5, 47_000],
    [9, 527_000],
    [10, 15 * MINUTE_MS],
    [500, 15 * MINUTE_MS],
  ] as const) {
    test(`attempt ${attempt} waits ${delayMs} ms, ten per cent either way`, () => {
      expect(backoffMs(attempt, { baseMs: 15_000, random: 0.5 })).toBe(delayMs)
      expect(backoffMs(attempt, { baseMs: 15_000, random: 0 })).toBe(Math.round(delayMs * 0.9))
      expect(backoffMs(attempt, { baseMs: 15_000, random: 1 })).toBe(Math.round(delayMs * 1.1))
    })
  }

  test('a shorter base shortens the doubling part with it', () => {
    expect(backoffMs(3, { baseMs: 15, random: 0.5 })).toBe(23)
  })

  test('a peer that named a time is not asked before it', () => {
    expect(backoffMs(1, { baseMs: 15_000, random: 0.5, retryAfterMs: 120_000 })).toBe(120_000)
    expect(backoffMs(1, { baseMs: 15_000, random: 0.5, retryAfterMs: 1_000 })).toBe(17_000)
  })

  test('nor for longer than an hour, whatever it says', () => {
    expect(backoffMs(1, { baseMs: 15_000, random: 0.5, retryAfterMs: 1e12 })).toBe(60 * MINUTE_MS)
  })
})

describe('what is written down for a run that', () => {
  const policy = kinds.flaky as KindPolicy
  const threw = (error: unknown, abortReason: 'deadline' | 'cancelled' | 'stopping' | 'lost' | null = null) =>
    ({ type: 'threw', error, abortReason }) as const
  const scenarios: [string, Ending, object | null][] = [
    ['returned', { type: 'done' }, { state: 'completed', outcome: 'completed', code: null }],
    ['cancelled itself', { type: 'cancel', code: 'pointless' }, { state: 'cancelled', code: 'pointless' }],
    ['snoozed', { type: 'snooze', delayMs: 500 }, { state: 'scheduled', delayMs: 500, isCounted: false }],
    ['failed with a code', threw(new JobFailure('peer_busy')), { state: 'retryable', code: 'peer_busy' }],
    ['failed for good', threw(new JobFailure('broken_file')), { state: 'discarded', code: 'broken_file' }],
    [
      'failed with a made-up code',
      threw(new JobFailure('made_up')),
      { state: 'retryable', code: 'unexpected' },
    ],
    ['threw a string', threw('oh'), { state: 'retryable', code: 'unexpected', detail: 'oh' }],
    ['lost the database', threw(new DatabaseUnavailable('gone')), { code: 'database_unavailable' }],
    [
      'ran past its deadline',
      threw(new Error('told'), 'deadline'),
      { state: 'retryable', code: 'timed_out' },
    ],
    [
      'was cancelled',
      threw(new Error('told'), 'cancelled'),
      { state: 'cancelled', code: 'cancelled_on_request' },
    ],
    ['was stopped with the process', threw(new Error('told'), 'stopping'), null],
    ['lost its lease', threw(new LeaseLost()), null],
  ]
  for (const [name, ending, expected] of scenarios) {
    test(name, () => {
      const settlement = settlementOf(ending, { attempt: 1, maxAttempts: 3, policy, baseMs: 15, random: 0.5 })
      if (expected === null) expect(settlement).toBeNull()
      else expect(settlement).toMatchObject(expected)
    })
  }

  test('failed on its last attempt is discarded', () => {
    const run = { attempt: 3, maxAttempts: 3, policy, baseMs: 15, random: 0.5 }
    expect(settlementOf(threw(new Error('again')), run)?.state).toBe('discarded')
  })

  test('failed says why, with the cause and without what text columns cannot hold', () => {
    const error = new Error('outer', { cause: new Error('inner\0') })
    const run = { attempt: 1, maxAttempts: 3, policy, baseMs: 15, random: 0.5 }
    const detail = settlementOf(threw(error), run)?.detail ?? ''
    expect(detail).toContain('outer')
    expect(detail).toMatch(/caused by .*inner/)
    expect(detail).not.toContain('\0')
  })
})
