// What happened to one home, from every table that knows, newest first.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type HomeEvent = {
  kind:
    | 'handed_over'
    | 'card_printed'
    | 'claimed'
    | 'scan'
    | 'questions'
    | 'documents'
    | 'changed'
    | 'code_shown'
    | 'code_rotated'
    | 'link_rotated'
    | 'repaired'
    | 'transfer_started'
    | 'transfer_withdrawn'
    | 'transfer_confirmed'
    | 'transferred'
  /** ISO 8601. */
  at: string
  count: number
  /** Outcome of a scan. */
  detail: string | null
  ipAddress: string | null
}

const EVENTS_MAX = 100
const ROWS_A_TABLE = 100

/** Questions and openings are counted by day, scans stand alone. What was asked is not here at all. */
export const eventsOfHome = (db: Db, unitId: string): Promise<HomeEvent[]> =>
  db.execute<HomeEvent>(sql`
    select kind, to_json(at) #>> '{}' as at, count, detail, "ipAddress" from (
      select 'handed_over' as kind, handed_over_on::timestamp at time zone 'Europe/Dublin' as at, 1 as count, null::text as detail, null::text as "ipAddress"
        from units where id = ${unitId} and handed_over_on is not null
      union all select 'card_printed', card_printed_at, 1, null, null from units where id = ${unitId} and card_printed_at is not null
      union all select 'claimed', claimed_at, 1, null, null from units where id = ${unitId} and claimed_at is not null
      union all (select 'scan', created_at, 1, outcome, ip_address from qr_scans where unit_id = ${unitId}
        order by created_at desc limit ${ROWS_A_TABLE})
      union all (select 'questions', max(m.created_at), count(*)::int, null, null
        from conversations c join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
        where c.unit_id = ${unitId} and c.origin <> 'api' group by (m.created_at at time zone 'Europe/Dublin')::date
        order by 2 desc limit ${ROWS_A_TABLE})
      union all (select 'documents', max(created_at), count(*)::int, null, null from data_access_log
        where unit_id = ${unitId} and actor_type = 'purchaser' and action = 'document.file'
        group by (created_at at time zone 'Europe/Dublin')::date order by 2 desc limit ${ROWS_A_TABLE})
      union all (select case action when 'home.repair_undone' then 'repaired' else substr(action, 6) end, created_at, 1, null, null from activity_log
        where target_id = ${unitId} and action in ('home.changed','home.code_shown','home.code_rotated','home.link_rotated','home.repaired','home.repair_undone','home.transfer_started','home.transfer_withdrawn','home.transfer_confirmed','home.transferred')
        order by created_at desc limit ${ROWS_A_TABLE})
    ) e order by e.at desc, kind limit ${EVENTS_MAX}`)
