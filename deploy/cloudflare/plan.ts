// `bun deploy/cloudflare/plan.ts [--against state.json] [--tunnel id]`: checks the zone, and says what would change.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { zoneFaults } from './check.ts'
import { changeLine, differences } from './difference.ts'
import { dnsRecords, rulesets, settings, tunnel, turnstile, ZONE } from './zone.ts'

const { values } = parseArgs({
  options: { against: { type: 'string' }, tunnel: { type: 'string', default: 'TUNNEL-ID' } },
})
const zone = { settings, rulesets, dnsRecords: dnsRecords(values.tunnel), tunnel, turnstile }
const faults = zoneFaults(zone)
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)

const state = values.against ? JSON.parse(readFileSync(values.against, 'utf8')) : {}
const changes = differences(zone, { settings: {}, rulesets: {}, ...state })
for (const change of changes) console.log(changeLine(change))
console.log(`${ZONE}: ${changes.length} differences. Nothing was sent to Cloudflare.`)
