// `bun run doctor`: prints what the doctor finds, as a table or with --json, and ends by the worst of it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findEmbedded } from '#db/embedded.ts'
import type { Config } from './config.ts'
import { exitCodeOf } from './doctor/finding.ts'
import { readSettings } from './doctor/settings.ts'
import { checksOf, type DatabaseAddress, examine, tableOf } from './doctor.ts'
import { prepareProcess } from './runtime.ts'

const USAGE = `Usage: bun run doctor [--json]
Ends with 0 when all is well, 1 when something is wrong, 2 when something is doubtful, 3 when somebody did not answer.`

const words = process.argv.slice(2)
if (words.some((word) => word !== '--json')) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(64)
}

const { config, findings } = readSettings(process.env)
if (config) {
  prepareProcess({ ...config, LOG_LEVEL: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent' })
  findings.push(...(await examine(checksOf(config, await databaseOf(config)))))
}
process.stdout.write(
  words.includes('--json')
    ? `${JSON.stringify({ exit_code: exitCodeOf(findings), findings }, null, 2)}\n`
    : `${tableOf(findings)}\n`,
)
process.exit(exitCodeOf(findings))

/** The embedded server is asked when it runs, and not started for the asking. */
async function databaseOf(config: Config): Promise<DatabaseAddress> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL }
  const running = await findEmbedded(config.dataDir)
  if (running) return { url: running.url }
  return {
    absent: existsSync(join(config.dataDir, 'pg-password'))
      ? 'does not run: start OpenHouse and ask again.'
      : 'has not been made yet: the first start makes it.',
  }
}
