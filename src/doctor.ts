// The doctor: looks at everything a start needs and everything outside it, and says what to do.

import { openInspection } from '#db/database-health.ts'
import type { Config } from './config.ts'
import { databaseFindings, directFindings, wallFindings } from './doctor/database.ts'
import { fileFindings } from './doctor/files.ts'
import { type Check, type Finding, failure, type Outcome, warning } from './doctor/finding.ts'
import { machineFindings } from './doctor/machine.ts'
import {
  geocoderFindings,
  mailFindings,
  modelFindings,
  modelNameFindings,
  placesFindings,
} from './doctor/outside.ts'
import { certificateFindings, nameFindings, webFindings } from './doctor/public-address.ts'
import { log } from './log.ts'
import { SentenceError } from './sentence-error.ts'

/** Where the database is; null with a reason when there is none to ask. */
export type DatabaseAddress = { url: string } | { absent: string }

/** Every check that needs settings which parse. They do not wait for each other. */
export function checksOf(config: Config, database: DatabaseAddress): Check[] {
  const setting = config.DATABASE_URL ? 'DATABASE_URL' : 'embedded database'
  const direct = config.DATABASE_DIRECT_URL
  return [
    {
      name: 'database',
      look: () =>
        'url' in database
          ? databaseFindings(config, setting, database.url)
          : [warning(setting, database.absent)],
    },
    { name: 'direct database', look: () => (direct ? directFindings(direct) : []) },
    { name: 'files', look: () => fileFindings(config) },
    { name: 'machine', look: () => machineFindings(config) },
    { name: 'mail', look: () => mailFindings(config) },
    { name: 'model', look: () => modelFindings(config) },
    { name: 'geocoder', look: () => geocoderFindings(config) },
    { name: 'places', look: () => placesFindings(config) },
    { name: 'names', look: () => nameFindings(config) },
    { name: 'web', look: () => webFindings(config) },
    { name: 'certificate', look: () => certificateFindings(config) },
  ]
}

/** In the order of the checks. A check that breaks is a finding like any other. */
export async function examine(checks: readonly Check[]): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async ({ name, look }) => {
      try {
        return await look()
      } catch (error) {
        log('debug', 'check_failed', { check: name, error })
        return [failure(name, 'The check itself broke: set LOG_LEVEL=debug and ask again.')]
      }
    }),
  )
  return found.flat()
}

/**
 * At every start, before anybody is served: the walls between tenants must stand.
 * @throws SentenceError when they do not
 */
export async function requireWalls(url: string): Promise<void> {
  const sql = openInspection(url)
  try {
    const broken = (await wallFindings(sql)).filter(({ outcome }) => outcome === 'failure')
    if (broken.length === 0) return
    throw new SentenceError(broken.map(({ check, says }) => `${check}: ${says}`).join('\n'))
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** At every start, beside it: a model that is not there is told of in the log, and answers are quoted meanwhile. */
export async function warnOfModels(config: Config): Promise<void> {
  if (!config.OPENAI_API_KEY) return
  for (const { check, outcome, says } of await modelNameFindings(config))
    if (outcome !== 'ok') log('warn', 'model_not_ready', { setting: check, outcome, says })
}

const MARK: Record<Outcome, string> = {
  ok: 'ok           ',
  warning: 'warning      ',
  failure: 'FAILURE      ',
  not_reachable: 'not reachable',
}
const GRAVITY: Record<Outcome, number> = { failure: 0, warning: 1, not_reachable: 2, ok: 3 }

/** A table for people, the worst first, with a last line that counts. */
export function tableOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings
    .toSorted((a, b) => GRAVITY[a.outcome] - GRAVITY[b.outcome])
    .map(({ check, outcome, says }) => `${MARK[outcome]}  ${check.padEnd(width)}  ${says}`)
  const count = (outcome: Outcome) => findings.filter((each) => each.outcome === outcome).length
  return [
    ...lines,
    '',
    `${count('failure')} failures, ${count('warning')} warnings, ${count('not_reachable')} not reachable, ${count('ok')} ok`,
  ].join('\n')
}
