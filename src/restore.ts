// Restoring a backup into an empty database and file store, and proving that it is the same as before.
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type BackupConnection,
  copyIn,
  countRows,
  firstFilledTable,
  inSnapshot,
  openBackupConnection,
  tableShapes,
  withTablesOpen,
} from '#db/backup.ts'
import { appliedMigrations } from '#db/database-health.ts'
import { knownMigrations, migrate } from '#db/migrate.ts'
import { keyIdOf } from './access/tokens.ts'
import {
  type Fingerprint,
  filePath,
  fingerprintOf,
  type Manifest,
  readBackup,
  tablePath,
} from './backup/manifest.ts'
import { storage } from './clients/storage.ts'
import type { Config } from './config.ts'
import { SentenceError } from './sentence-error.ts'

export type Restored = { rows: number; files: number; madeAt: string; missingFiles: string[] }

/**
 * Everything is compared with its fingerprint before anything is touched; files go in first and the rows last, in one
 * transaction, so that a restore that was interrupted is simply started again.
 * @throws SentenceError when the backup or the place for it is not right
 */
export async function restoreBackup(config: Config, directUrl: string, folder: string): Promise<Restored> {
  const manifest = await readBackup(folder)
  requireKey(config, manifest)
  requireVersion(manifest)
  const connection = openBackupConnection(directUrl)
  try {
    await requireEmpty(connection, manifest)
    await migrate(directUrl, { through: manifest.migrations.at(-1)?.tag as string })
    await requireShapes(connection, manifest)
    await restoreFiles(config, folder, manifest)
    await restoreRows(connection, folder, manifest)
  } finally {
    await connection.end({ timeout: 5 })
  }
  // A backup of an older version is brought to this one's tables with its rows in them.
  await migrate(directUrl)
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return {
    rows,
    files: manifest.files.length,
    madeAt: manifest.made_at,
    missingFiles: manifest.missing_files,
  }
}

function requireKey(config: Config, manifest: Manifest): void {
  if (keyIdOf(config.encryptionKey) !== manifest.encryption_key_id)
    throw new SentenceError(
      'The printed codes in this backup were encrypted with another key: set ENCRYPTION_KEY (or JWT_SECRET, or DATA_DIR/secret) to the one of then.',
    )
}

function requireVersion(manifest: Manifest): void {
  const known = knownMigrations()
  if (manifest.migrations.length > known.length)
    throw new SentenceError(
      'The backup was made by a newer version of OpenHouse: restore it with that version.',
    )
  if (manifest.migrations.some(({ hash }, i) => known[i]?.hash !== hash))
    throw new SentenceError(
      'The backup was made by a version with other migrations: restore it with that version.',
    )
}

async function requireEmpty(connection: BackupConnection, manifest: Manifest): Promise<void> {
  const applied = await appliedMigrations(connection)
  if (!applied) {
    const [table] = await tableShapes(connection)
    if (table)
      throw new SentenceError(
        `The database is not empty: it holds the table ${table.name}. Name an empty one.`,
      )
    return
  }
  if (
    applied.length > manifest.migrations.length ||
    applied.some((hash, i) => hash !== manifest.migrations[i]?.hash)
  )
    throw new SentenceError(
      'The database holds tables of another version than the backup: name an empty one.',
    )
  const filled = await inSnapshot(connection, async (transaction) =>
    firstFilledTable(transaction, await tableShapes(transaction)),
  )
  if (filled)
    throw new SentenceError(
      `The database is not empty: ${filled} has rows. Name an empty one; nothing was restored.`,
    )
}

async function requireShapes(connection: BackupConnection, manifest: Manifest): Promise<void> {
  const shapes = new Map((await tableShapes(connection)).map(({ name, columns }) => [name, columns.join()]))
  const strange = manifest.tables.find(({ name, columns }) => shapes.get(name) !== columns.join())
  if (strange || shapes.size !== manifest.tables.length)
    throw new SentenceError(
      `The tables of the backup are not those of its version (${strange?.name ?? 'one is missing'}).`,
    )
}

async function restoreFiles({ dataDir }: Config, folder: string, manifest: Manifest): Promise<void> {
  const temporary = join(dataDir, 'tmp')
  await mkdir(temporary, { recursive: true })
  for (const { key, sha256 } of manifest.files) {
    // The store takes a file away from where it was, and the backup must stay whole.
    const path = join(temporary, crypto.randomUUID())
    await copyFile(filePath(folder, key), path)
    await storage()
      .store(key, path, key.startsWith('anchors/') ? 'application/json' : 'application/pdf')
      .finally(() => rm(path, { force: true }))
    const stored: Fingerprint = await storedFingerprint(key)
    if (stored.sha256 !== sha256)
      throw new SentenceError(`The file store did not keep ${key} as it was given: start again.`)
  }
}

async function storedFingerprint(key: string): Promise<Fingerprint> {
  const borrowed = await storage().borrow(key)
  return fingerprintOf(borrowed.path).finally(() => borrowed.giveBack())
}

const restoreRows = (connection: BackupConnection, folder: string, manifest: Manifest): Promise<void> =>
  withTablesOpen(connection, async (transaction) => {
    for (const table of manifest.tables) {
      await copyIn(transaction, table, createReadStream(tablePath(folder, table.name)))
      if ((await countRows(transaction, table.name)) !== table.rows)
        throw new SentenceError(`${table.name} did not take all its rows: start again.`)
    }
  })
