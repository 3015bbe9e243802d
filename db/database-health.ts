// What the doctor asks a database about itself, over one connection of its own and as nobody but the login role.
import postgres from 'postgres'

const CONNECT_TIMEOUT_S = 5
const STATEMENT_TIMEOUT_MS = 10_000

export type Inspection = postgres.Sql

export const openInspection = (url: string): Inspection =>
  postgres(url, {
    max: 1,
    prepare: false,
    connect_timeout: CONNECT_TIMEOUT_S,
    onnotice: () => {},
    connection: { application_name: 'openhouse doctor', statement_timeout: STATEMENT_TIMEOUT_MS },
  })

export type ServerFacts = {
  versionNumber: number
  database: string
  encoding: string
  isReadOnly: boolean
  connectionsMax: number
  nowMs: number
  role: string
  isSuperuser: boolean
  bypassesRls: boolean
  mayCreateRoles: boolean
}

export async function serverFacts(sql: Inspection): Promise<ServerFacts> {
  const [row] = await sql<ServerFacts[]>`
    select current_setting('server_version_num')::int as "versionNumber", current_database() as database,
      current_setting('server_encoding') as encoding,
      (pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on') as "isReadOnly",
      current_setting('max_connections')::int as "connectionsMax",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs",
      r.rolname as role, r.rolsuper as "isSuperuser", r.rolbypassrls as "bypassesRls", r.rolcreaterole as "mayCreateRoles"
    from pg_roles r where r.rolname = session_user`
  if (!row) throw new Error('the login role is not in the catalogue')
  return row
}

export type DoorRole = {
  name: string
  exists: boolean
  isMember: boolean
  /** It could see past row-level security or sign in by itself. */
  isTooStrong: boolean
  ownedTables: number
}

export async function doorRoles(sql: Inspection, names: readonly string[]): Promise<DoorRole[]> {
  return sql<DoorRole[]>`
    select n.name, r.oid is not null as exists,
      coalesce(pg_has_role(session_user, r.oid, 'member'), false) as "isMember",
      coalesce(r.rolsuper or r.rolbypassrls or r.rolcanlogin, false) as "isTooStrong",
      (select count(*)::int from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')) as "ownedTables"
    from unnest(${[...names]}::text[]) with ordinality n(name, place) left join pg_roles r on r.rolname = n.name
    order by n.place`
}

/** Tables of tenants' rows that are not behind row-level security, forced, with a policy for one tenant. */
export async function unprotectedTables(sql: Inspection): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and (c.relname = 'tenants' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'one_tenant'))
    order by 1 limit 200`
  return rows.map(({ name }) => name)
}

/** Tables that anybody who can sign in to the server may read or write. */
export async function tablesOpenToAll(sql: Inspection): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct c.relname as name from pg_class c, aclexplode(c.relacl) g
    where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace
      and (g.grantee = 0 or g.grantee::regrole::text in ('anon', 'authenticated'))
    order by 1 limit 200`
  return rows.map(({ name }) => name)
}

/** Fingerprints of the migrations that were applied, in their order; null where none ever was. */
export async function appliedMigrations(sql: Inspection): Promise<string[] | null> {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  if (!table?.exists) return null
  const rows = await sql<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by created_at, id limit 10000`
  return rows.map(({ hash }) => hash)
}

export type StoredSpace = { model: string; dimensions: number; developments: number }

/** Which vectors the developments hold. */
export const storedSpaces = (sql: Inspection): Promise<StoredSpace[]> =>
  asPlatform(
    sql,
    (db) => db<StoredSpace[]>`
      select embedding_model as model, embedding_dimensions as dimensions, count(*)::int as developments
      from developments where embedding_model is not null group by 1, 2 order by 3 desc, 1, 2 limit 20`,
  )

export type SealedCode = { unitId: string; sealed: string }

/** The printed code of the newest home, as it is stored: it opens with the right key only. */
export const sealedCodes = (sql: Inspection): Promise<SealedCode[]> =>
  asPlatform(
    sql,
    (db) => db<SealedCode[]>`
      select id as "unitId", access_code_encrypted as sealed from units order by id desc limit 1`,
  )

/** Rows of tenants show themselves to the operator's role only, for the length of one reading. */
async function asPlatform<T extends object>(
  sql: Inspection,
  read: (db: postgres.TransactionSql) => Promise<T[]>,
): Promise<T[]> {
  const rows = await sql.begin('read only', async (db) => {
    await db`select set_config('role', 'openhouse_platform', true)`
    return [...(await read(db))]
  })
  return rows as T[]
}
