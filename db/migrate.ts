// Brings a database to the newest schema, one process at a time.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const LOCK_NAME = 'openhouse migrations'
const FOLDER = join(import.meta.dir, 'migrations')

type Journal = { entries: { tag: string }[] }

/**
 * Applies what is missing, or no further than `through`. Two processes started at once take turns on an advisory
 * lock, which the server releases by itself when a process dies; a killed migration leaves nothing behind because
 * everything missing is applied in one transaction.
 */
export async function migrate(directUrl: string, options: { through?: string } = {}): Promise<void> {
  const client = postgres(directUrl, { max: 1, onnotice: () => {}, prepare: false })
  const part = options.through === undefined ? null : folderThrough(options.through)
  try {
    await client`select pg_advisory_lock(hashtext(${LOCK_NAME}))`
    await applyMigrations(drizzle(client), { migrationsFolder: part ?? FOLDER })
  } finally {
    if (part) rmSync(part, { recursive: true, force: true })
    await client.end({ timeout: 5 })
  }
}

export type Migration = { tag: string; hash: string }

/** The migrations that this version of OpenHouse knows, oldest first. */
export function knownMigrations(): Migration[] {
  const hashes = readMigrationFiles({ migrationsFolder: FOLDER }).map(({ hash }) => hash)
  return journal().entries.map(({ tag }, i) => ({ tag, hash: hashes[i] as string }))
}

const journal = (): Journal => JSON.parse(readFileSync(join(FOLDER, 'meta', '_journal.json'), 'utf8'))

/** The migrator takes a folder and applies all of it, so that a part of it is a folder as well. */
function folderThrough(tag: string): string {
  const { entries, ...rest } = journal()
  const end = entries.findIndex((entry) => entry.tag === tag)
  if (end < 0) throw new Error(`there is no migration ${tag}`)
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-migrations-'))
  mkdirSync(join(folder, 'meta'))
  for (const entry of entries.slice(0, end + 1))
    cpSync(join(FOLDER, `${entry.tag}.sql`), join(folder, `${entry.tag}.sql`))
  writeFileSync(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ ...rest, entries: entries.slice(0, end + 1) }),
  )
  return folder
}
