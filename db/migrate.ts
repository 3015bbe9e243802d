// Brings a database to the newest schema, one process at a time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres from 'postgres'

const LOCK_NAME = 'openhouse migrations'
const FOLDER = join(import.meta.dir, 'migrations')

export type MigrateOptions = {
  /** The tag of the last migration to apply, where not all are wanted. */
  through?: string
  /** Another folder than that of this version. */
  folder?: string
}

/**
 * Applies what is missing, or no further than `through`. Two processes started at once take turns on an advisory
 * lock, which the server releases by itself when a process dies; a killed migration leaves nothing behind because
 * everything missing is applied in one transaction, the walls around new tables with it. Drizzle's own migrator ends
 * its transaction before anything could be put up after it; the table it keeps its account in is kept as it does.
 */
export async function migrate(directUrl: string, options: MigrateOptions = {}): Promise<void> {
  const migrations = migrationsIn(options.folder ?? FOLDER, options.through)
  const client = postgres(directUrl, { max: 1, onnotice: () => {}, prepare: false })
  try {
    await client`select pg_advisory_lock(hashtext(${LOCK_NAME}))`
    await client.unsafe('create schema if not exists drizzle')
    await client.unsafe(
      'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    )
    await client.begin((transaction) => applyMissing(transaction, migrations))
  } finally {
    await client.end({ timeout: 5 })
  }
}

export type Migration = { tag: string; hash: string }

/** The migrations that this version of OpenHouse knows, oldest first. */
export const knownMigrations = (): Migration[] => migrationsIn(FOLDER).map(({ tag, hash }) => ({ tag, hash }))

type MigrationFile = Migration & { sql: string[]; atMs: number }

function migrationsIn(folder: string, through?: string): MigrationFile[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  const all = readMigrationFiles({ migrationsFolder: folder }).map(({ sql, hash, folderMillis }, i) => ({
    tag: entries[i]?.tag ?? '',
    hash,
    sql,
    atMs: folderMillis,
  }))
  if (through === undefined) return all
  const end = all.findIndex(({ tag }) => tag === through)
  if (end < 0) throw new Error(`there is no migration ${through}`)
  return all.slice(0, end + 1)
}

async function applyMissing(db: postgres.TransactionSql, migrations: MigrationFile[]): Promise<void> {
  const [newest] = await db<{ at: string }[]>`
    select created_at as at from drizzle.__drizzle_migrations order by created_at desc limit 1`
  for (const { sql, hash, atMs } of migrations) {
    if (newest && Number(newest.at) >= atMs) continue
    for (const statement of sql) await db.unsafe(statement)
    // After each one, so that the next may take grants away again, and finds the same whether it runs today or in a year.
    await db.unsafe(PROTECT_NEW_TABLES)
    await db`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${atMs})`
  }
}

/**
 * Puts walls around every table with a tenant that has none yet, as 0002_protect_tables does; those that stand, and
 * what was granted or taken away there, stay as they are. A table that got a development later than its walls would
 * show one site's rows to another's people: that is refused, because only its migration knows what else hangs on the
 * policy.
 */
const PROTECT_NEW_TABLES = `
DO $$
DECLARE
  target record;
BEGIN
  IF to_regprocedure('public.protect_tenant_table(regclass)') IS NULL THEN RETURN; END IF;
  FOR target IN
    SELECT c.oid::regclass AS name, p.oid IS NOT NULL AS has_walls, pg_get_expr(p.polqual, p.polrelid) AS sees,
      EXISTS (SELECT FROM pg_attribute d WHERE d.attrelid = c.oid AND d.attname = 'development_id' AND NOT d.attisdropped) AS has_development
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'one_tenant'
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    ORDER BY c.relname
  LOOP
    IF NOT target.has_walls THEN
      PERFORM public.protect_tenant_table(target.name);
    ELSIF target.has_development AND target.sees NOT LIKE '%app.development_ids%' THEN
      RAISE EXCEPTION '% has a development_id that its policy one_tenant does not look at', target.name
        USING HINT = 'Alter the policy in the migration that adds the column: docs/upgrade.md.';
    END IF;
  END LOOP;
END $$`
