// Backups: everything the database and the file store hold, of one moment, in a folder that can be checked.
import { createWriteStream, existsSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type BackupTransaction,
  copyOut,
  inSnapshot,
  openBackupConnection,
  storedFileKeys,
  type TableShape,
  tableShapes,
} from '#db/backup.ts'
import { appliedMigrations } from '#db/database-health.ts'
import { knownMigrations, type Migration } from '#db/migrate.ts'
import { keyIdOf } from './access/tokens.ts'
import { filePath, fingerprintOf, type Manifest, tablePath, writeManifest } from './backup/manifest.ts'
import { anchorKey, StoredFileMissing, storage } from './clients/storage.ts'
import type { Config } from './config.ts'
import { SentenceError } from './sentence-error.ts'

const DAY_MS = 86_400_000
/** As far back as a check of the activity log looks for its anchors. */
const ANCHOR_DAYS = 32

export type Backup = { folder: string; rows: number; files: number; missingFiles: string[] }

/**
 * Writes a backup into a new folder below `parent`, while people go on working. A folder that was not finished keeps a
 * name ending in `.partial`.
 * @throws SentenceError
 */
export async function makeBackup(
  config: Config,
  directUrl: string,
  parent: string,
  now = new Date(),
): Promise<Backup> {
  const folder = join(parent, `openhouse-${now.toISOString().replace(/[:.]/g, '-')}`)
  const partial = `${folder}.partial`
  if (existsSync(folder) || existsSync(partial)) throw new SentenceError(`${folder} is there already.`)
  await mkdir(join(partial, 'tables'), { recursive: true, mode: 0o700 })
  const connection = openBackupConnection(directUrl)
  try {
    const migrations = migrationsOf(await appliedMigrations(connection))
    const { tables, keys } = await inSnapshot(connection, (transaction) => copyTables(transaction, partial))
    const { files, missing } = await copyFiles(partial, [...keys, ...anchorKeys(now)], new Set(keys))
    await writeManifest(partial, {
      made_at: now.toISOString(),
      release: config.RELEASE,
      encryption_key_id: keyIdOf(config.encryptionKey),
      migrations,
      tables,
      files,
      missing_files: missing,
    })
    await rename(partial, folder)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return { folder, rows, files: files.length, missingFiles: missing }
  } finally {
    await connection.end({ timeout: 5 })
  }
}

function migrationsOf(applied: string[] | null): Migration[] {
  const known = knownMigrations()
  if (!applied || applied.length === 0)
    throw new SentenceError('The database is empty: there is nothing to keep.')
  return applied.map((hash, i) => {
    const migration = known[i]
    if (migration?.hash !== hash)
      throw new SentenceError(
        'The database was made by another version of OpenHouse: take the backup with that version.',
      )
    return migration
  })
}

async function copyTables(
  transaction: BackupTransaction,
  folder: string,
): Promise<{ tables: Manifest['tables']; keys: string[] }> {
  const shapes = await tableShapes(transaction)
  const hidden = shapes.filter(({ isWhole }) => !isWhole).map(({ name }) => name)
  if (hidden.length > 0)
    throw new SentenceError(
      `Rows of ${hidden.join(', ')} would be left out: their policy “backup” is missing.`,
    )
  const tables: Manifest['tables'] = []
  for (const shape of shapes) tables.push(await copyTable(transaction, folder, shape))
  return { tables, keys: await storedFileKeys(transaction, shapes) }
}

async function copyTable(transaction: BackupTransaction, folder: string, shape: TableShape) {
  const path = tablePath(folder, shape.name)
  await pipeline(await copyOut(transaction, shape), createWriteStream(path, { mode: 0o600 }))
  const { bytes, lines, sha256 } = await fingerprintOf(path)
  return { name: shape.name, columns: shape.columns, rows: lines, bytes, sha256 }
}

/** Files are never rewritten, so that they may be copied after the moment of the rows; one may be gone meanwhile. */
async function copyFiles(
  folder: string,
  keys: readonly string[],
  needed: ReadonlySet<string>,
): Promise<{ files: Manifest['files']; missing: string[] }> {
  const files: Manifest['files'] = []
  const missing: string[] = []
  for (const key of keys) {
    try {
      const borrowed = await storage().borrow(key)
      const path = filePath(folder, key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await copyFile(borrowed.path, path).finally(() => borrowed.giveBack())
      const { bytes, sha256 } = await fingerprintOf(path)
      files.push({ key, bytes, sha256 })
    } catch (error) {
      if (!(error instanceof StoredFileMissing)) throw error
      if (needed.has(key)) missing.push(key)
    }
  }
  return { files, missing }
}

const anchorKeys = (now: Date) =>
  Array.from({ length: ANCHOR_DAYS }, (_, i) =>
    anchorKey(new Date(now.getTime() - i * DAY_MS).toISOString().slice(0, 10)),
  )
