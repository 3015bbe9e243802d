// When something is wrong enough to wake somebody: burn rates of error budgets over two pairs of windows.

const WINDOWS_MINUTES = [5, 30, 60, 360] as const
export type WindowMinutes = (typeof WINDOWS_MINUTES)[number]

/** What happened in a window, and how much of it was bad. */
export type Counts = Record<WindowMinutes, { bad: number; total: number }>

export type AlertRule = {
  name: string
  title: string
  /** What the operator reads beside it: what counts as bad, and what to look at. */
  meaning: string
  /** The share of the bad that may be. */
  budget: number
  /** Fewer of them in the longer window wake nobody: one failure of three requests is not an outage. */
  badMin: number
}

/** https://sre.google/workbook/alerting-on-slos/: 2 % of a month's budget in an hour, or 5 % in six. */
const PAIRS = [
  { long: 60, short: 5, burn: 14.4 },
  { long: 360, short: 30, burn: 6 },
] as const

export const alertRules = [
  {
    name: 'availability',
    title: 'Requests fail',
    meaning: 'Answers with a status of 500 or more, /readyz left out. One of a thousand may.',
    budget: 0.001,
    badMin: 5,
  },
  {
    name: 'latency',
    title: 'Pages are slow',
    meaning: 'Reads that take more than 2 seconds, streams left out. One of twenty may.',
    budget: 0.05,
    badMin: 20,
  },
  {
    name: 'answers',
    title: 'The language model fails',
    meaning: 'Questions during which a call of the language model failed. One of fifty may.',
    budget: 0.02,
    badMin: 5,
  },
  {
    name: 'ingestion',
    title: 'Documents cannot be read',
    meaning: 'Documents whose reading failed. One of twenty may.',
    budget: 0.05,
    badMin: 3,
  },
  {
    name: 'queue',
    title: 'Jobs wait too long',
    meaning:
      'Minutes in which the oldest due job had waited for more than 5 minutes. Three of a thousand may.',
    budget: 0.003,
    badMin: 3,
  },
  {
    name: 'budget',
    title: 'A builder has nearly used its language model',
    meaning: 'Builders that have used more than 90 % of their tokens of the day. None may.',
    budget: 0.001,
    badMin: 1,
  },
] as const satisfies readonly AlertRule[]

export type RuleName = (typeof alertRules)[number]['name']

export type Verdict = { isFiring: boolean; burnShort: number; burnLong: number; bad: number; total: number }

/**
 * Fires when both windows of a pair burn fast enough: the longer one says that it matters, the shorter one that it
 * has not stopped already. What is shown is the pair that burns faster in relation to its limit.
 */
export function judge(rule: Pick<AlertRule, 'budget' | 'badMin'>, counts: Counts): Verdict {
  const burnOf = ({ bad, total }: { bad: number; total: number }) =>
    total === 0 ? 0 : bad / total / rule.budget
  const judged = PAIRS.map(({ long, short, burn }) => {
    const [burnLong, burnShort] = [burnOf(counts[long]), burnOf(counts[short])]
    const { bad, total } = counts[long]
    const isFiring = burnLong >= burn && burnShort >= burn && bad >= rule.badMin
    return { isFiring, burnShort, burnLong, bad, total, nearness: Math.min(burnLong, burnShort) / burn }
  })
  const [worst] = judged.sort(
    (a, b) => Number(b.isFiring) - Number(a.isFiring) || b.nearness - a.nearness || b.bad - a.bad,
  )
  const { nearness: _, ...verdict } = worst!
  return verdict
}
