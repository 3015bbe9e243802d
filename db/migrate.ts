// Brings a database to the newest schema, one process at a time.
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const LOCK_NAME = 'openhouse migrations'
const FOLDER = join(import.meta.dir, 'migrations')

/**
 * Applies what is missing. Two processes started at once take turns on an advisory lock, which the server
 * releases by itself when a process dies; a killed migration leaves nothing behind because each runs in a transaction.
 */
export async function migrate(directUrl: string): Promise<void> {
  const client = postgres(directUrl, { max: 1, onnotice: () => {}, prepare: false })
  try {
    await client`select pg_advisory_lock(hashtext(${LOCK_NAME}))`
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER })
  } finally {
    await client.end({ timeout: 5 })
  }
}
