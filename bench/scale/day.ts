// A working day of a builder, ten thousandfold quicker: staff look, homes write, and what memory answers is counted.
import { listenFor } from '#db/listen.ts'
import { forgetAllReads, forgetReadsOf, keptReadCounts, startKeeping } from '#src/kept-reads.ts'
import { paths } from '#views/paths.ts'
import type { ScaleDatabase } from './database.ts'
import { openPortal } from './portal.ts'

/** Of a builder with 6,700 homes: 12 people at their desks for 8 hours, a page every other minute. */
const VIEWS = 2_880
/** A 365th of the year that was seeded. */
const QUESTIONS = 750
const OPENINGS = 4_900
const STAFF_WRITES = 120

export type Day = {
  views: number
  writes: number
  hits: number
  misses: number
  hitRate: number
  medianMs: number
}

export async function simulateDay(database: ScaleDatabase): Promise<Day> {
  const { look, tenants } = database
  const portal = await openPortal(database)
  const developments = (
    await look`select id from developments where tenant_id = ${tenants[0] as string} order by slug`
  ).map(({ id }) => id as string)
  const listener = await listenFor(
    {
      retrieval_changed: () => {},
      session_changed: () => {},
      keys_changed: () => {},
      activity_logged: () => {},
      rows_changed: forgetReadsOf,
      person_erased: () => {},
      operator_said: () => {},
    },
    () => {},
  )
  startKeeping()
  forgetAllReads()
  const before = keptReadCounts()
  const writes = [
    ...Array.from({ length: QUESTIONS }, () => 'question'),
    ...Array.from({ length: OPENINGS }, () => 'opening'),
    ...Array.from({ length: STAFF_WRITES }, () => 'notice'),
  ]
  const steps = shuffled([...writes, ...Array.from({ length: VIEWS }, () => 'view')])
  const times: number[] = []
  let seed = 1
  const draw = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (const step of steps) {
    if (step === 'view') {
      const development = developments[draw(3)]!
      const at = { development }
      const pages = [
        paths.developer.today(at),
        paths.developer.homes(at),
        paths.developer.documents(at),
        paths.developer.questions(at),
        paths.developer.snags(at),
        paths.developer.notices(at),
        paths.developer.coverage(at),
      ]
      times.push((await portal.get(pages[Math.min(draw(pages.length + 2), draw(pages.length))]!)).ms)
    } else if (step === 'opening')
      await look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id)
        select uuidv7(), tenant_id, id, 'purchaser', id::text, 'document.file', 'day' from scale_units where n = ${1 + draw(1_000)}`
    else if (step === 'question')
      await look`insert into messages (id, tenant_id, conversation_id, client_key, question, request_id)
        select uuidv7(), tenant_id, id, uuidv7()::text, 'q', 'day' from scale_conversations where unit_id = (select id from scale_units where n = ${1 + draw(1_000)}) limit 1`
    else
      await look`update notices set title = title where id = (select id from notices where tenant_id = ${tenants[0] as string} limit 1)`
  }
  await listener.stop()
  const after = keptReadCounts()
  const hits = after.hits - before.hits
  const misses = after.misses - before.misses
  times.sort((a, b) => a - b)
  return {
    ...{ views: VIEWS, writes: writes.length, hits, misses },
    hitRate: Math.round((1_000 * hits) / (hits + misses)) / 1_000,
    medianMs: Math.round((times[Math.floor(times.length / 2)] ?? 0) * 10) / 10,
  }
}

/** Always the same order. */
function shuffled<T>(items: T[]): T[] {
  let seed = 7
  return items
    .map((item) => {
      seed = (seed * 48_271) % 2_147_483_647
      return { item, seed }
    })
    .sort((a, b) => a.seed - b.seed)
    .map(({ item }) => item)
}
