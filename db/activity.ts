// The activity log as the builder's administrators read it.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type ActivityEntry = {
  id: string
  action: string
  targetType: string
  targetId: string
  actorType: string
  actorId: string
  /** Of staff; null for programs, jobs and people in their homes, who stay nameless here. */
  actorName: string | null
  ipAddress: string | null
  /** ISO 8601. */
  createdAt: string
}

export type ActivityFilter = {
  /** The first word of actions, such as `home`. */
  areas?: readonly string[] | undefined
  /** Acts of these belong to the areas as well. */
  actorType?: string | undefined
  actorId?: string | undefined
}

/** Newest first; one row more than `limit` when there is a next page. */
export const listActivity = (
  db: Db,
  filter: ActivityFilter,
  page: { after?: { at: string; id: string } | undefined; limit: number },
): Promise<ActivityEntry[]> => {
  const inAreas = filter.areas
    ? sql`and (split_part(l.action, '.', 1) in ${[...filter.areas]} or l.actor_type = ${filter.actorType ?? ''})`
    : sql``
  const byActor = filter.actorId ? sql`and l.actor_id = ${filter.actorId}` : sql``
  const after = page.after
    ? sql`and (l.created_at, l.id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`
    : sql``
  return db.execute<ActivityEntry>(sql`
    select l.id, l.action, l.target_type as "targetType", l.target_id as "targetId", l.actor_type as "actorType",
      l.actor_id as "actorId", s.name as "actorName", p.ip_address as "ipAddress",
      to_json(l.created_at) #>> '{}' as "createdAt"
    from activity_log l
    left join activity_payloads p on p.tenant_id = l.tenant_id and p.activity_id = l.id
    left join staff s on s.tenant_id = l.tenant_id and s.id::text = l.actor_id
    where true ${inAreas} ${byActor} ${after}
    order by l.created_at desc, l.id desc limit ${page.limit + 1}`)
}
