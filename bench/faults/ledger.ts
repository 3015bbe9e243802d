// What must be true after the drills: everything that was accepted is done, and done once.
import type { Load } from './load.ts'
import type { Rig } from './rig.ts'

const DRAIN_MS_MAX = 180_000
const DRAIN_EVERY_MS = 250

export type Finding = { what: string; count: number; isFault: boolean }

/** Waits until every job is over. Returns how long that took, or null when it did not happen in time. */
export async function drained(rig: Rig, msMax = DRAIN_MS_MAX): Promise<number | null> {
  const started = performance.now()
  while (performance.now() - started < msMax) {
    const [row] = await rig.look`select exists (select from job_status where finalized_at is null) as is_open`
    if (!row?.is_open) return performance.now() - started
    await Bun.sleep(DRAIN_EVERY_MS)
  }
  return null
}

export async function settleAccounts(rig: Rig, load: Load): Promise<Finding[]> {
  const { look } = rig
  const accepted = load.uploads.filter(({ isAccepted }) => isAccepted)
  const ids = accepted.map(({ id }) => id ?? '')
  const count = async (rows: PromiseLike<readonly unknown[]>) => (await rows).length
  const fault = async (what: string, rows: PromiseLike<readonly unknown[]>): Promise<Finding> => ({
    what,
    count: await count(rows),
    isFault: true,
  })
  const fact = async (what: string, rows: PromiseLike<readonly unknown[]>): Promise<Finding> => ({
    what,
    count: await count(rows),
    isFault: false,
  })
  const expected = new Map<number, number>()
  const passages = await look`select v.document_id as id, count(c.id)::int as count from document_versions v
    left join chunks c on c.version_id = v.id where v.document_id = any(${ids}) group by 1`
  const passagesOf = new Map(passages.map(({ id, count }) => [id, count]))
  const wrongCounts = accepted.filter(({ id, pages }) => {
    const found = passagesOf.get(id) ?? 0
    if (!expected.has(pages)) expected.set(pages, found)
    return found === 0 || found !== expected.get(pages)
  })
  return [
    { what: 'documents uploaded', count: accepted.length, isFault: false },
    await fact('jobs', look`select 1 from job_status`),
    await fact('attempts', look`select 1 from job_attempts`),
    await fact('attempts lost with their process', look`select 1 from job_attempts where outcome = 'lost'`),
    await fact('attempts released', look`select 1 from job_attempts where outcome = 'released'`),
    await fact('attempts that failed (peers)', look`select 1 from job_attempts where outcome = 'failed'`),
    await fact('texts embedded beyond one a passage (%)', extraTexts(rig, ids)),
    await fact(
      'homes placed at their development after nine failed tries',
      look`select 1 from units where id = any(${[...load.homes]}) and location_source = 'development'`,
    ),
    { what: 'uploads never accepted', count: load.uploads.length - accepted.length, isFault: true },
    await fault(
      'documents lost (not ready)',
      look`select 1 from unnest(${ids}::uuid[]) as a(id) where not exists (
        select from documents d join document_versions v on v.id = d.live_version_id
        where d.id = a.id and v.status = 'ready')`,
    ),
    await fault('jobs lost (not over)', look`select 1 from job_status where finalized_at is null`),
    await fault(
      'jobs given up',
      look`select 1 from job_status where state = 'discarded' and error_code is distinct from 'geocode_given_up'`,
    ),
    await fault(
      'homes whose search did not end',
      look`select 1 from units where id = any(${[...load.homes]}) and latitude is null and location_source is null`,
    ),
    await fault('attempts still open', look`select 1 from job_attempts where finished_at is null`),
    await fault(
      'documents twice',
      look`select title from documents where title like 'Drill %' group by 1 having count(*) > 1`,
    ),
    await fault(
      'passages twice',
      look`select 1 from chunks group by version_id, ordinal having count(*) > 1`,
    ),
    { what: 'documents with passages missing or too many', count: wrongCounts.length, isFault: true },
    await fault(
      'passages without a vector',
      look`select 1 from chunks where version_id in (select id from document_versions where document_id = any(${ids})) and embedding is null`,
    ),
    await fault(
      'ingestions logged not exactly once',
      look`select 1 from unnest(${ids}::uuid[]) as a(id) where (
        select count(*) from ingestion_log l where l.document_id = a.id and l.outcome = 'ready') <> 1`,
    ),
    await fault(
      'jobs completed twice',
      look`select job_id from job_attempts where outcome = 'completed' group by 1 having count(*) > 1`,
    ),
  ]
}

/** A list as long as the share: a stage that was cut off asks again for what it had not kept. */
async function extraTexts(rig: Rig, ids: string[]): Promise<unknown[]> {
  const [row] = await rig.look`select count(*)::int as count from chunks c
    join document_versions v on v.id = c.version_id where v.document_id = any(${ids})`
  const asked = rig.textsAsked()
  return Array.from({ length: Math.max(0, Math.round((100 * asked) / Math.max(1, row?.count ?? 1) - 100)) })
}
