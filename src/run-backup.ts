// `bun run backup FOLDER`: writes a backup of database and files below the folder, while people go on working.
import { mkdirSync } from 'node:fs'
import { findEmbedded, startEmbedded } from '#db/embedded.ts'
import { makeBackup } from './backup.ts'
import { type Config, parseConfig } from './config.ts'
import { lockDataFolder } from './data-folder.ts'
import { prepareProcess } from './runtime.ts'
import { SentenceError } from './sentence-error.ts'

const USAGE = 'Usage: bun run backup FOLDER      (a new folder openhouse-… is made below it)'

const [parent, ...more] = process.argv.slice(2)
const parsed = parseConfig(process.env)
if (!parent || more.length > 0 || parent.startsWith('-')) end(64, USAGE)
if ('faults' in parsed) end(78, parsed.faults.map((each) => `${each.setting}: ${each.message}`).join('\n'))

const { config } = parsed
try {
  prepareProcess(config)
  mkdirSync(parent, { recursive: true })
  const database = await databaseOf(config)
  const made = await makeBackup(config, database.url, parent).finally(database.close)
  process.stdout.write(`${made.folder}: ${made.rows} rows, ${made.files} files.\n`)
  for (const key of made.missingFiles)
    process.stderr.write(`The file store has no ${key}, which a row names.\n`)
  process.exit(made.missingFiles.length > 0 ? 2 : 0)
} catch (error) {
  end(
    1,
    error instanceof SentenceError
      ? error.message
      : `The backup failed: ${error instanceof Error ? error.message : error}`,
  )
}

/** The embedded server is left as it was found: running under its application, or stopped. */
async function databaseOf(of: Config): Promise<{ url: string; close(): Promise<void> }> {
  if (of.DATABASE_URL) return { url: of.DATABASE_DIRECT_URL ?? of.DATABASE_URL, close: async () => {} }
  const running = await findEmbedded(of.dataDir)
  if (running) return { url: running.url, close: async () => {} }
  const lock = lockDataFolder(of.dataDir)
  const started = await startEmbedded(of.dataDir)
  return { url: started.url, close: () => started.stop().finally(lock.release) }
}

function end(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}
