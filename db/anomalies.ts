// What stands out in the logged rows of the last day: one statement a question, each bounded, for the operator alone.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type Anomaly = {
  /** An address, a home, an account or a development. */
  subject: string
  tenant: string | null
  count: number
  lastAt: Date
}

type Row = Omit<Anomaly, 'lastAt'> & { lastAt: string }

const SHOWN_MAX = 20
const DAY = sql`interval '1 day'`

const read = async (rows: Promise<Row[]>): Promise<Anomaly[]> =>
  (await rows).map((row) => ({ ...row, lastAt: new Date(row.lastAt) }))

/** Addresses that tried codes at many homes, or links that are nobody's. */
export const addressesAtManyHomes = (db: Db, least: number): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select ip_address as subject, null as tenant,
      (count(distinct unit_id) filter (where outcome in ('wrong_code', 'limited')) + count(*) filter (where outcome = 'unknown_link'))::int as count,
      to_json(max(created_at)) #>> '{}' as "lastAt"
    from qr_scans where created_at > now() - ${DAY} and outcome in ('wrong_code', 'limited', 'unknown_link') and ip_address is not null
    group by ip_address
    having count(distinct unit_id) filter (where outcome in ('wrong_code', 'limited')) + count(*) filter (where outcome = 'unknown_link') >= ${least}
    order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )

/** Homes whose printed link was opened from many addresses: it may stand on a forum. */
export const homesFromManyAddresses = (db: Db, least: number): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select d.name || ' ' || u.number as subject, t.name as tenant, count(distinct q.ip_address)::int as count,
      to_json(max(q.created_at)) #>> '{}' as "lastAt"
    from qr_scans q join units u on u.tenant_id = q.tenant_id and u.id = q.unit_id
      join developments d on d.tenant_id = u.tenant_id and d.id = u.development_id join tenants t on t.id = q.tenant_id
    where q.created_at > now() - ${DAY}
    group by u.id, d.name, u.number, t.name having count(distinct q.ip_address) >= ${least}
    order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )

/** Addresses from which signing in failed, with a password or with a code. */
export const addressesFailingToSignIn = (db: Db, least: number): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select p.ip_address as subject, null as tenant, count(*)::int as count, to_json(max(l.created_at)) #>> '{}' as "lastAt"
    from activity_log l join activity_payloads p on p.activity_id = l.id
    where l.created_at > now() - ${DAY} and l.action in ('staff.sign_in_failed', 'staff.second_factor_failed') and p.ip_address is not null
    group by p.ip_address having count(*) >= ${least} order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )

/** Accounts that somebody fails to open, from wherever. */
export const accountsUnderAttack = (db: Db, least: number): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select coalesce(s.email, 'addresses without an account') as subject, t.name as tenant, count(*)::int as count,
      to_json(max(l.created_at)) #>> '{}' as "lastAt"
    from activity_log l left join staff s on s.id::text = l.target_id left join tenants t on t.id = l.tenant_id
    where l.created_at > now() - ${DAY} and l.action in ('staff.sign_in_failed', 'staff.second_factor_failed')
    group by 1, 2 having count(*) >= ${least} order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )

/** Developments with many questions that nothing answered, and at least so many times as on a day of the week before. */
export const developmentsWithoutAnswers = (
  db: Db,
  { least, times }: { least: number; times: number },
): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select d.name as subject, t.name as tenant, count(*) filter (where r.created_at > now() - ${DAY})::int as count,
      to_json(max(r.created_at)) #>> '{}' as "lastAt"
    from rag_log r join developments d on d.tenant_id = r.tenant_id and d.id = r.development_id join tenants t on t.id = r.tenant_id
    where r.created_at > now() - interval '8 days' and r.stage = 'gap'
    group by d.id, d.name, t.name
    having count(*) filter (where r.created_at > now() - ${DAY}) >= ${least}
      and count(*) filter (where r.created_at > now() - ${DAY}) >= ${times}::float8 * count(*) filter (where r.created_at <= now() - ${DAY}) / 7
    order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )

/** Homes that asked more in a day than a household does. */
export const homesThatAskMuch = (db: Db, least: number): Promise<Anomaly[]> =>
  read(
    db.execute<Row>(sql`
    select d.name || ' ' || u.number as subject, t.name as tenant, count(*)::int as count,
      to_json(max(r.created_at)) #>> '{}' as "lastAt"
    from rag_log r join units u on u.tenant_id = r.tenant_id and u.id = r.unit_id
      join developments d on d.tenant_id = u.tenant_id and d.id = u.development_id join tenants t on t.id = r.tenant_id
    where r.created_at > now() - ${DAY}
    group by u.id, d.name, u.number, t.name having count(*) >= ${least} order by 3 desc, 1 limit ${SHOWN_MAX}`),
  )
