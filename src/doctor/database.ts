// Checks of the database: that it answers, is one that can be worked with, and that its walls stand.
import {
  appliedMigrations,
  doorRoles,
  type Inspection,
  openInspection,
  type ServerFacts,
  sealedCodes,
  serverFacts,
  storedSpaces,
  tablesOpenToAll,
  unprotectedTables,
} from '#db/database-health.ts'
import { knownMigrations } from '#db/migrate.ts'
import { decryptAccessCode } from '../access/access-codes.ts'
import { type Config, derivedKey } from '../config.ts'
import { type Finding, failure, isSilence, ok, warning } from './finding.ts'

const VERSION_MIN = 15
const VERSION_MAX = 18
const CLOCK_SKEW_MS_MAX = 5_000
const DOOR_ROLES = [
  'openhouse_app',
  'openhouse_platform',
  'openhouse_door',
  'openhouse_queue',
  'openhouse_keeper',
  'openhouse_backup',
] as const
/** Worker threads and listeners hold connections beside the pool: threads of two, and four single ones. */
const CONNECTIONS_BESIDE_POOL = 4
const NAMES_SHOWN = 5

/** Everything about the database at `url`, named `setting` in the settings. */
export async function databaseFindings(config: Config, setting: string, url: string): Promise<Finding[]> {
  const sql = openInspection(url)
  try {
    const before = Date.now()
    const facts = await serverFacts(sql)
    const found = serverFindings(config, facts, (before + Date.now()) / 2)
    const migrations = migrationFinding(await appliedMigrations(sql))
    found.push(migrations)
    if (migrations.outcome !== 'ok') return found
    found.push(...(await wallFindings(sql)))
    found.push(...(await storedFindings(sql, config)))
    return found
  } catch (error) {
    return [failure(setting, troubleOf(error, url))]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Only that the address answers and is the same server's: migrations, notifications and locks go there. */
export async function directFindings(url: string): Promise<Finding[]> {
  const sql = openInspection(url)
  try {
    const { database } = await serverFacts(sql)
    return [ok('DATABASE_DIRECT_URL', `answers (${database}).`)]
  } catch (error) {
    return [failure('DATABASE_DIRECT_URL', troubleOf(error, url))]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** What must hold before anybody is served; the rest of the doctor's questions can wait until somebody asks. */
export async function wallFindings(sql: Inspection): Promise<Finding[]> {
  const roles = await doorRoles(sql, DOOR_ROLES)
  const open = await unprotectedTables(sql)
  const forAll = await tablesOpenToAll(sql)
  const found = roles.flatMap(({ name, exists, isMember, isTooStrong, ownedTables }) => {
    if (!exists || !isMember)
      return [
        failure(
          'database roles',
          `the login role cannot change into ${name}: GRANT ${name} TO the login role.`,
        ),
      ]
    if (isTooStrong)
      return [
        failure(
          'database roles',
          `${name} may sign in or see past the walls: ALTER ROLE ${name} NOSUPERUSER NOBYPASSRLS NOLOGIN.`,
        ),
      ]
    return ownedTables > 0
      ? [
          failure(
            'database roles',
            `${name} owns tables and could take their walls down: give them to the login role.`,
          ),
        ]
      : []
  })
  if (found.length === 0)
    found.push(ok('database roles', 'The six doors are there and no stronger than they must be.'))
  found.push(
    open.length > 0
      ? failure(
          'row-level security',
          `${listed(open)} can be read past the tenant: restore the policies of db/migrations/0002_protect_tables.sql.`,
        )
      : ok('row-level security', 'Every table of tenants is behind it, forced.'),
  )
  if (forAll.length > 0)
    found.push(
      failure(
        'database privileges',
        `${listed(forAll)} is open to everybody on the server: REVOKE ALL … FROM PUBLIC (on Supabase also FROM anon, authenticated).`,
      ),
    )
  return found
}

function serverFindings(config: Config, facts: ServerFacts, nowMs: number): Finding[] {
  const found: Finding[] = []
  const version = Math.floor(facts.versionNumber / 10_000)
  if (version < VERSION_MIN)
    found.push(
      failure('database version', `PostgreSQL ${version} is too old: use ${VERSION_MIN} to ${VERSION_MAX}.`),
    )
  else if (version > VERSION_MAX)
    found.push(
      warning(
        'database version',
        `PostgreSQL ${version} is newer than what was tried (${VERSION_MIN} to ${VERSION_MAX}): try it on a copy first, or use ${VERSION_MAX}.`,
      ),
    )
  else found.push(ok('database version', `PostgreSQL ${version}.`))
  if (facts.isSuperuser || facts.bypassesRls)
    found.push(
      (config.isProduction ? failure : warning)(
        'database login role',
        `${facts.role} ${facts.isSuperuser ? 'is a superuser' : 'sees past row-level security'}: make one that is not (CREATE ROLE openhouse LOGIN CREATEROLE) and let it own the database.`,
      ),
    )
  else
    found.push(
      ok('database login role', `${facts.role} is no superuser and sees nothing past row-level security.`),
    )
  if (facts.encoding !== 'UTF8')
    found.push(
      failure('database encoding', `is ${facts.encoding}: make the database anew with ENCODING 'UTF8'.`),
    )
  if (facts.isReadOnly)
    found.push(failure('database', 'takes no writes (a replica, or read-only by default): name the primary.'))
  const skewMs = Math.round(Math.abs(facts.nowMs - nowMs))
  found.push(
    skewMs > CLOCK_SKEW_MS_MAX
      ? failure(
          'database clock',
          `differs from this machine’s by ${Math.round(skewMs / 1000)} s: run a time service (chrony) on both.`,
        )
      : ok('database clock', 'agrees with this machine’s.'),
  )
  const needed = config.DATABASE_POOL_SIZE + 2 * config.JOB_THREADS + CONNECTIONS_BESIDE_POOL
  if (needed > facts.connectionsMax)
    found.push(
      failure(
        'DATABASE_POOL_SIZE',
        `needs up to ${needed} connections with the jobs’, and the server takes ${facts.connectionsMax}: lower it.`,
      ),
    )
  else if (needed * 2 > facts.connectionsMax)
    found.push(
      warning(
        'DATABASE_POOL_SIZE',
        `takes ${needed} of the server’s ${facts.connectionsMax} connections, and a second process, as in a restart, has no room: lower it, or raise max_connections.`,
      ),
    )
  return found
}

function migrationFinding(applied: string[] | null): Finding {
  const known = knownMigrations()
  if (!applied || applied.length === 0)
    return warning('migrations', 'The database is empty: the next start makes its tables.')
  const strange = applied.some((hash, i) => known[i] !== undefined && known[i].hash !== hash)
  if (strange)
    return failure(
      'migrations',
      'The database was made by other migrations than those here: start the version that made it, or restore a backup into an empty database.',
    )
  if (applied.length > known.length)
    return failure(
      'migrations',
      'The database is newer than this version of OpenHouse: start the newer version.',
    )
  if (applied.length < known.length)
    return warning(
      'migrations',
      `${known.length - applied.length} are missing: the next start applies them. Take a backup first.`,
    )
  return ok('migrations', `At ${known.at(-1)?.tag}.`)
}

async function storedFindings(sql: Inspection, config: Config): Promise<Finding[]> {
  const found: Finding[] = []
  const [code] = await sealedCodes(sql)
  if (code) found.push(keyFinding(config, code))
  if (!config.OPENAI_API_KEY) return found
  const { OPENAI_EMBEDDING_MODEL: model, OPENAI_EMBEDDING_DIMENSIONS: dimensions } = config
  const others = (await storedSpaces(sql)).filter(
    (each) => each.model !== model || each.dimensions !== dimensions,
  )
  const developments = others.reduce((sum, each) => sum + each.developments, 0)
  found.push(
    others[0]
      ? warning(
          'OPENAI_EMBEDDING_DIMENSIONS',
          `${developments} developments hold vectors of ${others[0].model} (${others[0].dimensions}), the settings say ${model} (${dimensions}): the next start re-indexes them, at a price.`,
        )
      : ok('OPENAI_EMBEDDING_DIMENSIONS', 'Stored vectors are of the model and length of the settings.'),
  )
  return found
}

/** Sessions keep no trace of the secret that signs them; the printed codes do, and without ENCRYPTION_KEY by the same one. */
function keyFinding(config: Config, { unitId, sealed }: { unitId: string; sealed: string }): Finding {
  const setting = hasOwnKey(config) ? 'ENCRYPTION_KEY' : 'JWT_SECRET'
  try {
    decryptAccessCode(sealed, unitId, config.encryptionKey)
    return ok(setting, 'opens the printed codes in the database.')
  } catch {
    return failure(
      setting,
      'does not open the printed codes in the database: set ENCRYPTION_KEY to the one (or the JWT_SECRET) they were made with.',
    )
  }
}

/** Without ENCRYPTION_KEY the key is made from the secret that signs. */
const hasOwnKey = ({ encryptionKey, jwtSecret }: Config) =>
  !Buffer.from(derivedKey(jwtSecret)).equals(encryptionKey)

/** The server's own reason in a sentence; the password never stands in it. */
function troubleOf(error: unknown, url: string): string {
  const code = String((error as { code?: unknown }).code ?? '')
  const { hostname, port, pathname, username } = new URL(url)
  const where = `${hostname}:${port || 5432}`
  if (code === '28P01' || code === '28000')
    return `${where} does not let ${decodeURIComponent(username)} in: check user, password and pg_hba.conf.`
  if (code === '3D000')
    return `${where} has no database ${pathname.slice(1)}: CREATE DATABASE ${pathname.slice(1)} OWNER ${decodeURIComponent(username)}.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `no machine is called ${hostname}: check the name.`
  if (code === '53300')
    return `${where} has no connection left: raise max_connections or lower DATABASE_POOL_SIZE.`
  if (code === '42704' || code === '42501')
    return `the login role lacks a right (${code}): let it own the database and have CREATEROLE.`
  if (isSilence(error))
    return `nobody answers at ${where}: is the server running, and may this machine reach it?`
  return `${where} refuses (${code || (error instanceof Error ? error.name : 'unknown')}).`
}

const listed = (names: readonly string[]) =>
  names.length > NAMES_SHOWN
    ? `${names.slice(0, NAMES_SHOWN).join(', ')} and ${names.length - NAMES_SHOWN} more`
    : names.join(', ')
