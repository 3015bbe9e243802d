// Turns to call an outside system, shared by every thread and process of the application.
import { sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

/**
 * Takes the next turn when it comes within `waitMsMax`, and says how long until then. Null: it comes later and
 * was not taken. One statement, so that two callers never get the same turn.
 */
export async function claimSlot(
  db: Db,
  slot: { name: string; intervalMs: number; waitMsMax: number },
): Promise<number | null> {
  const interval = sql`${slot.intervalMs}::float8 * interval '1 ms'`
  const [row] = await db.execute<{ waitMs: number }>(sql`
    insert into outbound_slots as s (name, next_at) values (${slot.name}, clock_timestamp() + ${interval})
    on conflict (name) do update set next_at = greatest(s.next_at, clock_timestamp()) + ${interval}
      where s.next_at <= clock_timestamp() + ${slot.waitMsMax}::float8 * interval '1 ms'
    returning (extract(epoch from next_at - ${interval} - clock_timestamp()) * 1000)::float8 as "waitMs"`)
  return row ? Math.max(0, row.waitMs) : null
}

/** How long until somebody may take a turn. */
export async function slotDueInMs(db: Db, name: string): Promise<number> {
  const [row] = await db.execute<{ ms: number }>(sql`
    select (extract(epoch from next_at - clock_timestamp()) * 1000)::float8 as ms
    from outbound_slots where name = ${name}`)
  return Math.max(0, row?.ms ?? 0)
}

/** How long the peer still wants to be left alone: a turn taken before it said so is void. */
export async function slotDeferredMs(db: Db, name: string): Promise<number> {
  const [row] = await db.execute<{ ms: number }>(sql`
    select (extract(epoch from deferred_until - clock_timestamp()) * 1000)::float8 as ms
    from outbound_slots where name = ${name} and deferred_until is not null`)
  return Math.max(0, row?.ms ?? 0)
}

/** Nobody of the whole application calls again before `delayMs` from now: the peer said that it is too much. */
export async function deferSlot(db: Db, name: string, delayMs: number): Promise<void> {
  await db.execute(sql`
    insert into outbound_slots as s (name, next_at, deferred_until)
    select ${name}, until, until from (select clock_timestamp() + ${delayMs}::float8 * interval '1 ms' as until) asked
    on conflict (name) do update set next_at = greatest(s.next_at, excluded.next_at),
      deferred_until = greatest(s.deferred_until, excluded.deferred_until)`)
}
