// A migration that is killed in the middle: it is held at an object it has just made, and ends there.
import type postgres from 'postgres'
import { eventually } from '../jobs/drills.ts'

/** Any number that nobody else takes a lock by. */
const HOLD = 4_711

type Killed = { url: string; folder?: string; tag: string; object: string }

/**
 * Stops at the first object of this kind and name, holding everything it did so far, and kills the process. Returns
 * once the server has taken everything back; `stopHolding` lets the next one through.
 */
export async function killMigration(superuser: postgres.Sql, { url, folder, tag, object }: Killed) {
  await superuser.unsafe(`create schema held;
    create function held.hold() returns event_trigger language plpgsql as $$
    begin
      if exists (select from pg_event_trigger_ddl_commands() where object_identity = '${object}') then
        perform pg_advisory_lock(${HOLD});
      end if;
    end $$;
    create event trigger hold on ddl_command_end when tag in ('${tag}') execute function held.hold()`)
  await superuser`select pg_advisory_lock(${HOLD})`
  const call = `await migrate(${JSON.stringify(url)}, ${JSON.stringify({ folder })})`
  const killed = Bun.spawn(
    [process.execPath, '-e', `const { migrate } = await import('./db/migrate.ts'); ${call}`],
    { stdout: 'ignore', stderr: 'ignore' },
  )
  await eventually('it is in the middle', async () => {
    const waiting = await superuser`select from pg_locks where locktype = 'advisory' and objid = ${HOLD}
      and not granted and database = (select oid from pg_database where datname = current_database())`
    return waiting.length > 0
  })
  killed.kill('SIGKILL')
  await killed.exited
  await superuser`select pg_advisory_unlock(${HOLD})`
  await eventually('the server has taken it back', async () => {
    const others = await superuser`select from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
    return others.length === 0
  })
}

export const stopHolding = (superuser: postgres.Sql) =>
  superuser.unsafe('drop event trigger hold; drop schema held cascade')
