// `bun run restore FOLDER`: brings a backup into an empty database and file store, and checks the log's chain.
import { connect, disconnect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { verifyChains } from './audit/verification.ts'
import { type Config, parseConfig } from './config.ts'
import { lockDataFolder } from './data-folder.ts'
import { restoreBackup } from './restore.ts'
import { prepareProcess } from './runtime.ts'
import { SentenceError } from './sentence-error.ts'

const USAGE = `Usage: bun run restore FOLDER     (the folder openhouse-… of a backup)
OpenHouse must be stopped, and the database of the settings empty.`

const [folder, ...more] = process.argv.slice(2)
const parsed = parseConfig(process.env)
if (!folder || more.length > 0 || folder.startsWith('-')) end(64, USAGE)
if ('faults' in parsed) end(78, parsed.faults.map((each) => `${each.setting}: ${each.message}`).join('\n'))

const { config } = parsed
try {
  const lock = lockDataFolder(config.dataDir)
  const database = await databaseOf(config)
  try {
    prepareProcess(config)
    const { rows, files, madeAt, missingFiles } = await restoreBackup(config, database.url, folder)
    const broken = await brokenChains(database.url)
    process.stdout.write(`Restored ${rows} rows and ${files} files of ${madeAt}.\n`)
    for (const key of missingFiles) process.stderr.write(`${key} was missing when the backup was made.\n`)
    if (broken > 0)
      throw new SentenceError(
        `${broken} chains of the activity log are not whole: they were not when the backup was made.`,
      )
    process.stdout.write('The chains of the activity log are whole. Start OpenHouse: bun start\n')
  } finally {
    await database.close()
    lock.release()
  }
} catch (error) {
  end(
    1,
    error instanceof SentenceError
      ? error.message
      : `The restore failed: ${error instanceof Error ? error.message : error}`,
  )
}

async function brokenChains(url: string): Promise<number> {
  connect({ url, poolSize: 2 })
  const checks = await verifyChains({ signal: new AbortController().signal, progress: () => {} }).finally(
    disconnect,
  )
  return checks.filter(({ outcome }) => outcome !== 'intact').length
}

async function databaseOf(of: Config): Promise<{ url: string; close(): Promise<void> }> {
  if (of.DATABASE_URL) return { url: of.DATABASE_DIRECT_URL ?? of.DATABASE_URL, close: async () => {} }
  const started = await startEmbedded(of.dataDir)
  return { url: started.url, close: started.stop }
}

function end(code: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}
