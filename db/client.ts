// The connection pool and the transaction under every door. Imported only inside db/.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { DatabaseUnavailable, turnInPool } from './pool-turn.ts'
import { noteStatement, noteTransaction } from './statement-times.ts'

export { DatabaseUnavailable } from './pool-turn.ts'

/** A frozen server hangs postgres.js for ever: these two bound the wait from both sides. */
const STATEMENT_TIMEOUT_MS = 15_000
const TRANSACTION_DEADLINE_MS = 20_000
const CONNECT_TIMEOUT_S = 5
const IDLE_TIMEOUT_S = 60

export type Role =
  | 'openhouse_app'
  | 'openhouse_platform'
  | 'openhouse_door'
  | 'openhouse_queue'
  | 'openhouse_keeper'

/** A transaction that is inside one of the doors; the only thing a query function accepts. */
export type Db = PostgresJsDatabase

export type ConnectOptions = {
  url: string
  directUrl?: string | undefined
  poolSize: number
  /** How long work waits while every connection is taken; without it until the deadline of a transaction. */
  poolWaitMsMax?: number
  /** When a transaction's caller is told that it takes too long; 20 s unless a test says otherwise. */
  deadlineMs?: number
}

type Connection = { client: postgres.Sql; options: ConnectOptions }

let connection: Connection | null = null

/** Told of every transaction that wrote, once it is committed; the tenant is null for what is of no single one. */
let noteWrites: ((tenantId: string | null, tables: ReadonlySet<string>) => void) | null = null

export function onWrites(note: typeof noteWrites): void {
  noteWrites = note
}

/** Opens the process's pool. One per process (or worker thread); a second call replaces the first. */
export function connect(options: ConnectOptions): void {
  const client = postgres(options.url, {
    max: options.poolSize,
    prepare: isPreparing(options),
    connect_timeout: CONNECT_TIMEOUT_S,
    idle_timeout: IDLE_TIMEOUT_S,
    onnotice: () => {},
    connection: { application_name: 'openhouse' },
  })
  connection = { client, options }
}

export async function disconnect(): Promise<void> {
  const closing = connection
  connection = null
  await closing?.client.end({ timeout: 5 })
}

export function current(): Connection {
  if (!connection) throw new Error('the database is not connected')
  return connection
}

export type QueueOptions = ConnectOptions & {
  onConnectionLost?: () => void
  /**
   * False: commits do not wait for the disk. Safe for claims and progress, because whatever lasting effect
   * follows waits, and what is on disk is there with everything before it.
   */
  isDurable?: boolean
}

export type QueueConnection = {
  /** Runs one statement as `openhouse_queue`; each is a transaction of its own. */
  run<T>(statement: (db: Db) => Promise<T>): Promise<T>
  /** Calls back on every notification, and once more whenever the connection was lost and is back. */
  listen(channel: string, onNotify: (payload: string) => void, onListen: () => void): Promise<void>
  close(): Promise<void>
}

/**
 * Connections that live as `openhouse_queue` from their first packet, so that claiming a job costs one round
 * trip and not the four of a transaction that changes its role. Direct, because poolers drop the role.
 */
export function openQueue(options: QueueOptions): QueueConnection {
  const client = postgres(options.directUrl ?? options.url, {
    max: options.poolSize,
    connect_timeout: CONNECT_TIMEOUT_S,
    idle_timeout: 0,
    // The driver would replace the connection every half hour, and the session lock on it would go.
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => options.onConnectionLost?.(),
    connection: {
      application_name: 'openhouse queue',
      role: 'openhouse_queue',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      synchronous_commit: (options.isDurable ?? true) ? 'on' : 'off',
      // Compiling a claim takes longer than the claim.
      jit: 'off',
    },
  })
  const db = drizzle(driverFor(client, client, true))
  return {
    run: (statement) => deadline(statement(db)),
    listen: async (channel, onNotify, onListen) => {
      await client.listen(channel, onNotify, onListen)
    },
    close: () => client.end({ timeout: 5 }),
  }
}

/** A connection of its own that speaks to the server itself: LISTEN and session locks do not pass poolers. */
export function openDirect(): postgres.Sql {
  const { options } = current()
  return postgres(options.directUrl ?? options.url, {
    max: 1,
    idle_timeout: 0,
    onnotice: () => {},
    prepare: false,
  })
}

/**
 * Runs `work` in one transaction as `role`. Settings are local to the transaction, because a session setting
 * would be seen by the next client of a pooled connection.
 */
export async function inTransaction<T>(
  role: Role,
  options: { tenantId: string | null; developmentIds?: 'all' | readonly string[]; readOnly?: boolean },
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const { client, options: opened } = current()
  const settings = [
    role,
    options.tenantId ?? '',
    developmentList(options.developmentIds ?? 'all'),
    String(STATEMENT_TIMEOUT_MS),
  ]
  const written = new Set<string>()
  const note = noteTransaction()
  const turn = turnInPool(opened)
  const running = client.begin(options.readOnly ? 'read only' : 'read write', async (transaction) => {
    note.begun()
    turn.taken()
    const prepare = isPreparing(opened)
    // By the driver itself, so that it is written before anything the work can ask for through drizzle. It is not
    // awaited first: it goes out together with the work's first statement, which fails when it does.
    const opening = transaction
      .unsafe(SETTINGS, settings, { prepare })
      .then(() => null)
      .catch((error: unknown) => ({ error }))
    try {
      return await work(drizzle(driverFor(transaction, client, prepare, written)))
    } finally {
      const failed = await opening
      // biome-ignore lint/correctness/noUnsafeFinally: the cause must not be hidden by "the transaction is aborted".
      if (failed) throw failed.error
    }
  })
  // Past its deadline it still holds its connection, and may yet commit: both are noted when they are so.
  const settled = (running as Promise<T>)
    .then((result) => {
      if (written.size > 0) noteWrites?.(options.tenantId, written)
      return result
    })
    .finally(note.ended)
  return Promise.race([deadline(settled, opened.deadlineMs), turn.missed]).finally(() => {
    turn.over()
    note.left()
  })
}

const SETTINGS =
  "select set_config('role', $1, true), set_config('app.tenant_id', $2, true), set_config('app.development_ids', $3, true), set_config('statement_timeout', $4, true)"

/**
 * What drizzle calls to run a statement. By itself it leaves statements unprepared, which costs each a second round
 * trip and its planning; the texts are few, because every statement is a function with parameters.
 */
function driverFor(
  sql: postgres.Sql | postgres.TransactionSql,
  pool: postgres.Sql,
  prepare: boolean,
  written?: Set<string>,
): postgres.Sql {
  return new Proxy(sql as postgres.Sql, {
    get: (target, name) => {
      if (name === 'options') return pool.options
      if (name !== 'unsafe') return Reflect.get(target, name)
      return (text: string, values: never[]) => {
        if (written) for (const table of tablesWritten(text)) written.add(table)
        return noteStatement(text, target.unsafe(text, values, { prepare }))
      }
    },
  })
}

const WRITE = /\b(?:insert\s+into|update|delete\s+from)\s+"?([a-z_]+)"?/gi
const WRITTEN_TEXTS_MAX = 5_000
const knownTexts = new Map<string, readonly string[]>()

/** Which tables a statement names as written. It may name one too many (`for update of x`): that costs a reading. */
function tablesWritten(text: string): readonly string[] {
  const known = knownTexts.get(text)
  if (known) return known
  const tables = [...text.matchAll(WRITE)].map(([, table]) => (table as string).toLowerCase())
  if (knownTexts.size < WRITTEN_TEXTS_MAX) knownTexts.set(text, tables)
  return tables
}

/**
 * A transaction pooler hands each transaction another connection, which knows none of our statements. Whoever names a
 * direct way beside the ordinary one says by it that there is a pooler, whatever its port.
 */
const isPreparing = ({ url, directUrl }: ConnectOptions): boolean =>
  !isTransactionPooler(url) && (directUrl === undefined || directUrl === url)

/** A PostgreSQL array literal; a star means every development, `{}` or nothing at all means none. */
const developmentList = (ids: 'all' | readonly string[]): string =>
  ids === 'all' ? '*' : `{${ids.join(',')}}`

async function deadline<T>(running: Promise<T>, deadlineMs = TRANSACTION_DEADLINE_MS): Promise<T> {
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseUnavailable('the database did not answer in time')),
      deadlineMs,
    )
  })
  try {
    return await Promise.race([running, late])
  } catch (error) {
    if (isConnectionError(error))
      throw new DatabaseUnavailable('the database cannot be reached', { cause: error })
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** drizzle wraps the driver's error, so the code may stand on the cause. */
function isConnectionError(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (CONNECTION_CODES.has(String((e as { code?: unknown }).code))) return true
  }
  return false
}

/** SQLSTATE of a database error, through drizzle's wrapping; null when it is not one. */
export function sqlState(error: unknown): string | null {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const code = (e as { code?: unknown }).code
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return null
}

const isTransactionPooler = (url: string) => new URL(url).port === '6543'

/** Whether the server answers within `timeoutMs`. */
export async function pingDatabase(timeoutMs: number): Promise<boolean> {
  const ping = current().client`select 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([ping, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), timeoutMs))])
}
