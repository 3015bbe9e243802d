// `SCALE_DIR=… bun bench/portal.ts`: how long the builder's pages take with a hundred times the pilot's data.

import { loadavg } from 'node:os'
import { prepareTestProcess } from '../test/support/process.ts'
import { openScale } from './scale/database.ts'
import { simulateDay } from './scale/day.ts'
import { measurePages, type PageFigures } from './scale/pages.ts'
import { type Plan, plansOf } from './scale/plans.ts'

prepareTestProcess()
const database = await openScale()
try {
  const pages = await measurePages(database)
  const plans = await plansOf(database, pages)
  const day = await simulateDay(database)
  console.table(Object.fromEntries(pages.map((page) => [page.name, rowOf(page)])))
  const late = pages.filter((page) => !isGood(page))
  console.log(
    late.length === 0
      ? 'Every page meets its target.'
      : `Missed by: ${late.map(({ name }) => name).join(', ')}`,
  )
  console.table(Object.fromEntries(plans.map((plan) => [plan.page, planRow(plan)])))
  console.log(
    JSON.stringify({
      at: new Date().toISOString(),
      load: loadavg()[0],
      pages: pages.map(({ statements, ...page }) => ({ ...page, statements: statements.length })),
      plans,
      day,
    }),
  )
} finally {
  await database.stop()
}

function rowOf(page: PageFigures) {
  const { coldMs, cachedMs, lastMs, pagesCount, statements, cachedStatements } = page
  return {
    'cold ms': coldMs,
    'cached ms': cachedMs,
    'last ms': lastMs ?? '',
    ratio: lastMs === null ? '' : Math.round((100 * lastMs) / coldMs) / 100,
    pages: pagesCount,
    statements: statements.length,
    'cached statements': cachedStatements,
    ok: isGood(page),
  }
}

/** Below a few milliseconds a ratio measures the machine and not the page. */
function isGood({ coldMs, cachedMs, lastMs, statements }: PageFigures): boolean {
  const isEven = lastMs === null || lastMs <= coldMs * 1.3 || lastMs - coldMs < 3
  return coldMs < 200 && cachedMs < 5 && isEven && statements.length <= 3
}

function planRow({ indexes, scanned }: Plan) {
  return { indexes: indexes.join(' '), 'read whole': scanned.join(' ') }
}
