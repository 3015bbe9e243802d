// Generated requests from the OpenAPI document, the pages' forms and the table of routes. `bun bench/fuzz.ts [--count 100000] [--seed 1]`
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startTestApp } from '../test/support/app.ts'
import { fuzz } from '../test/support/fuzz/run.ts'

const ADMITTED_LEAST = 0.6

const { values: given } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const app = await startTestApp()
const superuser = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
const startedAt = performance.now()
const report = await fuzz(app, superuser, {
  count: Number(given.count),
  seed: Number(given.seed),
  progress: (sent) => process.stderr.write(`${sent} `),
})
const seconds = (performance.now() - startedAt) / 1_000
await superuser.end()
await app.stop()
console.log(
  `\nseed ${given.seed}: ${report.sent} requests of ${report.sources} sources in ${Math.round(seconds)} s`,
)
console.log(`past 401 and 429: ${((report.admitted / report.sent) * 100).toFixed(1)} %`)
console.log('by status', report.byStatus)
console.log('by caller', report.byCaller)
console.log('slowest', report.slowest)
for (const fault of report.faults) console.log(`FAULT ${fault}`)
process.exit(report.faults.length > 0 || report.admitted / report.sent < ADMITTED_LEAST ? 1 : 0)
