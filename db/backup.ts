// Copies of whole tables out of a database and into an empty one, over a connection of their own.

import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

const CONNECT_TIMEOUT_S = 10

export type BackupConnection = postgres.Sql
export type BackupTransaction = postgres.TransactionSql

export const openBackupConnection = (directUrl: string): BackupConnection =>
  postgres(directUrl, {
    max: 1,
    prepare: false,
    connect_timeout: CONNECT_TIMEOUT_S,
    onnotice: () => {},
    connection: { application_name: 'openhouse backup' },
  })

/** All readings of `work` are of one moment, whatever is written meanwhile; it may read everything and write nothing. */
export const inSnapshot = <T>(
  connection: BackupConnection,
  work: (transaction: BackupTransaction) => Promise<T>,
): Promise<T> =>
  connection.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`select set_config('role', 'openhouse_backup', true)`
    return work(transaction)
  }) as Promise<T>

export type TableShape = {
  name: string
  columns: string[]
  /** False where walls would hide rows from the copy without a word. */
  isWhole: boolean
}

/** Every table of the application; columns that are worked out from others are left out. */
export async function tableShapes(sql: BackupConnection | BackupTransaction): Promise<TableShape[]> {
  return sql<TableShape[]>`
    select c.relname as name, (not c.relrowsecurity or exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'backup')) as "isWhole",
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    group by c.oid, c.relname, c.relrowsecurity order by c.relname`
}

export const copyOut = (
  transaction: BackupTransaction,
  { name, columns }: Pick<TableShape, 'name' | 'columns'>,
): Promise<Readable> =>
  transaction.unsafe(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`).readable()

/** Which columns name a file, and how its key is made of the row. */
const KEY_OF_COLUMN: Record<string, string> = {
  storage_key: 'storage_key',
  photo_id: `tenant_id || '/' || id || '/' || photo_id`,
  logo_id: `tenant_id || '/' || tenant_id || '/' || logo_id`,
}

/** Keys of all files that rows name. */
export async function storedFileKeys(
  transaction: BackupTransaction,
  shapes: readonly TableShape[],
): Promise<string[]> {
  const parts = shapes.flatMap(({ name, columns }) =>
    Object.entries(KEY_OF_COLUMN)
      .filter(([column]) => columns.includes(column))
      .map(([column, key]) => `select ${key} as key from ${quoted(name)} where ${column} is not null`),
  )
  if (parts.length === 0) return []
  const rows = await transaction.unsafe<{ key: string }[]>(`${parts.join(' union ')} order by 1`)
  return rows.map(({ key }) => key)
}

/** The first table that holds a row, in a database whose tables exist. */
export async function firstFilledTable(
  transaction: BackupTransaction,
  shapes: readonly TableShape[],
): Promise<string | null> {
  const parts = shapes.map(({ name }) => `(select '${name}' as name from ${quoted(name)} limit 1)`)
  if (parts.length === 0) return null
  const rows = await transaction.unsafe<{ name: string }[]>(`${parts.join(' union all ')} limit 1`)
  return rows[0]?.name ?? null
}

type ForeignKey = { tableName: string; name: string; definition: string }

/**
 * Lets rows in as they were: without walls, triggers and foreign keys, all of which stand again before it is over. Adding
 * the keys again checks every row, so that no order of tables is needed and none can be wrong.
 */
export async function withTablesOpen(
  connection: BackupConnection,
  work: (transaction: BackupTransaction) => Promise<void>,
): Promise<void> {
  await connection.begin(async (transaction) => {
    const keys = await transaction<ForeignKey[]>`
      select conrelid::regclass::text as "tableName", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`
    const forced = await transaction<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relforcerowsecurity order by 1`
    const triggered = await transaction<{ name: string }[]>`
      select distinct tgrelid::regclass::text as name from pg_trigger join pg_class c on c.oid = tgrelid
      where not tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`
    await run(transaction, [
      ...keys.map((key) => `alter table ${key.tableName} drop constraint ${key.name}`),
      ...triggered.map(({ name }) => `alter table ${name} disable trigger user`),
      ...forced.map(({ name }) => `alter table ${name} no force row level security`),
    ])
    await work(transaction)
    await run(transaction, [
      ...keys.map((key) => `alter table ${key.tableName} add constraint ${key.name} ${key.definition}`),
      ...triggered.map(({ name }) => `alter table ${name} enable trigger user`),
      ...forced.map(({ name }) => `alter table ${name} force row level security`),
    ])
  })
}

const run = (transaction: BackupTransaction, statements: string[]) =>
  transaction.unsafe(statements.join(';\n') || 'select 1')

export async function copyIn(
  transaction: BackupTransaction,
  { name, columns }: Pick<TableShape, 'name' | 'columns'>,
  rows: Readable,
): Promise<void> {
  const target = await transaction
    .unsafe(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`)
    .writable()
  await pipeline(rows, target)
}

export async function countRows(transaction: BackupTransaction, name: string): Promise<number> {
  const [row] = await transaction.unsafe<{ count: number }[]>(
    `select count(*)::int as count from ${quoted(name)}`,
  )
  return row?.count ?? 0
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
