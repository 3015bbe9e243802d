// Statements about where one member of staff, or an operator, is signed in.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

const SHOWN_MAX = 50

export type OwnSession = {
  id: string
  userAgent: string | null
  ipAddress: string | null
  createdAt: string
  lastSeenAt: string
}

/** Those that open something now, the last used first. */
export const liveSessionsOfStaff = (db: Db, staffId: string): Promise<OwnSession[]> =>
  db.execute<OwnSession>(sql`
    select id, user_agent as "userAgent", ip_address as "ipAddress", to_json(created_at) #>> '{}' as "createdAt",
      to_json(last_seen_at) #>> '{}' as "lastSeenAt"
    from sessions where staff_id = ${staffId} and revoked_at is null and expires_at > now()
    order by last_seen_at desc, id desc limit ${SHOWN_MAX}`)

/** Ends one of this person, and tells every process. False when it is none of theirs, or over. */
export async function endOwnSession(db: Db, staffId: string, id: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with ended as (
      update sessions set revoked_at = now()
      where id = ${id} and staff_id = ${staffId} and revoked_at is null and expires_at > now() returning id
    ) select pg_notify('session_changed', id::text) from ended`)
  return rows.length > 0
}
