// Today with much going on: snags, documents, what must be read, and each day equal what an independent count says.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readToday, type Today } from '#src/today.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { fillPortal } from '../../support/full-portal.ts'
import type { Longview } from '../../support/longview.ts'

const HOMES_THAT_READ = 5
const DAY_MS = 86_400_000

let app: TestApp
let longview: Longview
let today: Today

beforeAll(async () => {
  app = await startTestApp()
  longview = await fillPortal(app.database)
  const { look, scope, development } = longview
  // Everybody of some homes has read everything; of one more home, one thing.
  const homes =
    await look`select id from units where development_id = ${development.id} order by id limit ${HOMES_THAT_READ + 1}`
  await look`insert into acknowledgements (tenant_id, development_id, document_id, version_id, version_number, unit_id, reader_id)
    select d.tenant_id, d.development_id, d.id, v.id, v.number, u.id, coalesce(p.id, u.id)
    from documents d join document_versions v on v.id = d.live_version_id, units u left join purchasers p on p.unit_id = u.id
    where d.must_read_from is not null and u.id in ${look(homes.map(({ id }) => id))}
      and (u.id <> ${homes[HOMES_THAT_READ]?.id} or d.title = 'Paper number 1')`
  today = await readToday(scope, development.id)
})
afterAll(async () => {
  await longview.look.end()
  await app.stop()
})

test('snags are counted by the rows: open, open a period ago, late, the oldest, said to be done', async () => {
  const { look, development } = longview
  const snags = await look<{ id: string; created_at: Date; closed_at: Date | null; is_said_done: boolean }[]>`
    select id, created_at, closed_at, id in (select snag_id from contractor_link_snags where done_at is not null) as is_said_done
    from snags where development_id = ${development.id}`
  const open = snags.filter((snag) => snag.closed_at === null)
  const ages = open.map((snag) => Math.floor((Date.now() - snag.created_at.getTime()) / DAY_MS))
  expect(open.length).toBeGreaterThan(50)
  expect(today).toMatchObject({
    openSnags: open.length,
    lateSnags: ages.filter((age) => age > 14).length,
    oldestSnagDays: Math.max(...ages),
    saidDoneSnags: open.filter((snag) => snag.is_said_done).length,
  })
  const [before] = await look`select count(*)::int as n from snags where development_id = ${development.id}
    and (created_at at time zone 'Europe/Dublin')::date < (now() at time zone 'Europe/Dublin')::date - 30
    and (closed_at is null or (closed_at at time zone 'Europe/Dublin')::date >= (now() at time zone 'Europe/Dublin')::date - 30)`
  expect(today.openSnagsBefore).toBe(before?.n)
})

test('documents are counted by the state of the version that staff are shown', async () => {
  const { look, development } = longview
  const of = async (status: string) =>
    (
      await look`select count(*)::int as n from documents d where development_id = ${development.id} and
        (select status from document_versions v where v.document_id = d.id order by number desc limit 1) = ${status}`
    )[0]?.n
  expect(today).toMatchObject({
    documents: 60,
    ready: await of('ready'),
    failed: await of('failed'),
    processing: await of('processing'),
  })
})

test('a home has read what it must when everybody of it has read all of it', async () => {
  const { look, development } = longview
  const [homes] = await look`select count(*)::int as n from units where development_id = ${development.id}`
  expect(today.mustRead).toEqual({
    now: Math.round((HOMES_THAT_READ / homes?.n) * 100),
    acknowledged: HOMES_THAT_READ,
    required: homes?.n,
  })
})

test('each day of the charts has what was asked and opened on it', async () => {
  const { look, development } = longview
  for (const at of [0, 7, 29]) {
    const day = today.days.at(-1 - at)
    const [asked] =
      await look`select count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
      join units u on u.id = c.unit_id where u.development_id = ${development.id}
      and (m.created_at at time zone 'Europe/Dublin')::date = (now() at time zone 'Europe/Dublin')::date - ${at}::int`
    const [opened] =
      await look`select count(*)::int as n from data_access_log a join units u on u.id = a.unit_id
      where u.development_id = ${development.id} and a.action = 'document.file' and a.actor_type = 'purchaser'
      and (a.created_at at time zone 'Europe/Dublin')::date = (now() at time zone 'Europe/Dublin')::date - ${at}::int`
    expect([at, day?.questions, day?.documents_opened]).toEqual([at, asked?.n, opened?.n])
    expect(asked?.n + opened?.n).toBeGreaterThan(0)
  }
})
