// Statements of the keeper about the activity log: what waits for its seal, the chains, what checks found.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { chainChecks } from './schema/index.ts'

/** A row as it is sealed. `chainId` is its tenant, or the nil UUID for the platform's own. */
export type SealedRow = {
  id: string
  chainId: string
  tenantId: string | null
  actorType: string
  actorId: string
  action: string
  targetType: string
  targetId: string
  payloadSha256: Uint8Array
  requestId: string
  /** Milliseconds since 1970. */
  createdAtMs: number
}

export type Head = { chainId: string; sequence: number; hash: Uint8Array }

const NIL = sql`'00000000-0000-0000-0000-000000000000'::uuid`

const sealedColumns = sql`l.id, coalesce(l.tenant_id, ${NIL}) as "chainId", l.tenant_id as "tenantId",
  l.actor_type as "actorType", l.actor_id as "actorId", l.action, l.target_type as "targetType",
  l.target_id as "targetId", l.payload_sha256 as "payloadSha256", l.request_id as "requestId",
  (extract(epoch from l.created_at) * 1000)::float8 as "createdAtMs"`

/** One sealer at a time, over all processes, until the transaction ends. */
export async function lockSealing(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('openhouse activity seals'))`)
}

export const unsealedActivity = (db: Db, limit: number): Promise<SealedRow[]> =>
  db.execute<SealedRow>(sql`
    select ${sealedColumns} from activity_unsealed u join activity_log l on l.id = u.activity_id
    order by l.id limit ${limit}`)

export async function isAnyUnsealed(db: Db): Promise<boolean> {
  const rows = await db.execute(sql`select 1 from activity_unsealed limit 1`)
  return rows.length > 0
}

const CHAINS_MAX = 100_000

export const chainHeads = (db: Db): Promise<Head[]> =>
  db.execute<Head>(sql`
    select chain_id as "chainId", sequence::float8 as sequence, hash from activity_chains order by chain_id limit ${CHAINS_MAX}`)

export type NewSeal = { chainId: string; sequence: number; tenantId: string | null; id: string; hash: string }

/** Appends seals, moves the heads of their chains, and takes the rows off the waiting list. */
export async function appendSeals(db: Db, seals: readonly NewSeal[]): Promise<void> {
  await db.execute(sql`
    with added as (
      select * from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb)
        as s("chainId" uuid, sequence bigint, "tenantId" uuid, id uuid, hash text)
    ), sealed as (
      insert into activity_seals (chain_id, sequence, tenant_id, activity_id, hash)
      select "chainId", sequence, "tenantId", id, decode(hash, 'hex') from added
    ), moved as (
      insert into activity_chains as c (chain_id, tenant_id, sequence, hash)
      select distinct on ("chainId") "chainId", "tenantId", sequence, decode(hash, 'hex')
      from added order by "chainId", sequence desc
      on conflict (chain_id) do update set sequence = excluded.sequence, hash = excluded.hash
    )
    delete from activity_unsealed where activity_id in (select id from added)`)
}

/** A seal beside what is there of its row now; null columns where the row is gone. */
export type SealAndRow = Partial<SealedRow> & {
  activityId: string
  sequence: number
  hash: Uint8Array
  isThere: boolean
  /** What the payload hashes to now; null when it was erased. */
  payloadNow: Uint8Array | null
}

export const sealsOfChain = (
  db: Db,
  chainId: string,
  page: { after: number; limit: number },
): Promise<SealAndRow[]> =>
  db.execute<SealAndRow>(sql`
    select s.activity_id as "activityId", s.sequence::float8 as sequence, s.hash, l.id is not null as "isThere",
      sha256(p.salt || convert_to(p.payload, 'UTF8')) as "payloadNow", ${sealedColumns}
    from activity_seals s
    left join activity_log l on l.id = s.activity_id
    left join activity_payloads p on p.activity_id = s.activity_id
    where s.chain_id = ${chainId} and s.sequence > ${page.after}
    order by s.sequence limit ${page.limit}`)

/** Sealed rows and rows that still wait are all there is: one that is neither was put past the log. */
export async function strayActivity(db: Db, chainId: string): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    select l.id from activity_log l
    where coalesce(l.tenant_id, ${NIL}) = ${chainId}
      and not exists (select from activity_seals s where s.activity_id = l.id)
      and not exists (select from activity_unsealed u where u.activity_id = l.id)
    order by l.id limit 1`)
  return row?.id ?? null
}

export async function insertChainCheck(db: Db, row: typeof chainChecks.$inferInsert): Promise<void> {
  await db.insert(chainChecks).values(row)
}
