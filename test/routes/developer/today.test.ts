// The builder's first page: every figure equals what an independent statement counts, and follows the development.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { mintScope, type Scope } from '#db/scope.ts'

import { forgetLimits } from '#src/http/limits.ts'
import { forgetAllReads, startKeeping, stopKeeping } from '#src/kept-reads.ts'
import { readToday } from '#src/today.ts'
import { signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { statementsOf } from '../../support/statements.ts'

let app: TestApp
let look: postgres.Sql
let cookie: string
let scope: Scope
let tenantId: string
const development: Record<string, string> = {}
let homes: { id: string; house_type_id: string }[]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  cookie = await signIn(app, app.demo.admins.find((person) => person.tenant === 'longview-estates')!)
  for (const row of await look`select id, slug, tenant_id from developments`) {
    development[row.slug] = row.id
    if (row.slug === 'longview-park') tenantId = row.tenant_id
  }
  scope = mintScope({
    ...{ tenantId, developmentIds: 'all', requestId: 'test', readOnly: false },
    actor: { type: 'system', id: 'test' },
  })
  homes = [
    ...(await look<
      { id: string; house_type_id: string }[]
    >`select id, house_type_id from units where development_id = ${development['longview-park']!} order by number limit 8`),
  ]
  await arrange()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(() => {
  forgetLimits()
  forgetAllReads()
})

const id = () => Bun.randomUUIDv7()
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

async function ask(i: number, at: Date, stage: 'document' | 'gap', origin = 'app') {
  const [conversation, message] = [id(), id()]
  await look`insert into conversations (id, tenant_id, unit_id, origin, title)
    values (${conversation}, ${tenantId}, ${homes[i]!.id}, ${origin}, 't')`
  await look`insert into messages (id, tenant_id, conversation_id, client_key, question, answer, answered_at, stage, request_id, created_at)
    values (${message}, ${tenantId}, ${conversation}, ${id()}, 'q', 'a', ${at}, ${stage}, 'r', ${at})`
  return message
}

async function gap(i: number, groupId: string, at: Date, status: 'open' | 'answered' = 'open') {
  const messageId = await ask(i, at, 'gap')
  await look`insert into gaps (id, tenant_id, development_id, unit_id, house_type_id, message_id, question, group_id, status, answer, answered_at, created_at)
    values (${id()}, ${tenantId}, ${development['longview-park']!}, ${homes[i]!.id}, ${homes[i]!.house_type_id}, ${messageId},
      ${`Who looks after wall ${groupId.slice(0, 4)}?`}, ${groupId}, ${status}, ${status === 'open' ? null : 'a'}, ${status === 'open' ? null : at}, ${at})`
}

/** Something of everything, in both periods and of homes that count and that do not. */
async function arrange() {
  const [one, two, three] = [id(), id(), id()]
  await ask(0, ago(1), 'document')
  await ask(0, ago(2), 'document')
  await ask(1, ago(9), 'document')
  await ask(2, ago(40), 'document')
  await ask(3, ago(1), 'document', 'api')
  await gap(4, one, ago(3))
  await gap(5, one, ago(2))
  await gap(4, two, ago(45))
  await gap(4, three, ago(50), 'answered')
  await look`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id, created_at)
    values (${id()}, ${tenantId}, ${homes[6]!.id}, 'opened', 'r', ${ago(5)}), (${id()}, ${tenantId}, ${homes[1]!.id}, 'claimed', 'r', ${ago(6)})`
  await look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id, created_at)
    values (${id()}, ${tenantId}, ${homes[2]!.id}, 'purchaser', 'p', 'document.file', 'r', ${ago(4)})`
  await look`update units set handed_over_on = ${ago(60)} where id in ${look(homes.slice(0, 4).map((home) => home.id))}`
  await look`update units set claimed_at = ${ago(50)} where id = ${homes[0]!.id}`
  await look`update units set claimed_at = ${ago(6)} where id = ${homes[1]!.id}`
  await look`update units set card_printed_at = now() where id = ${homes[7]!.id}`
}

/** Counted another way than the page counts it: set by set, as the superuser. */
async function counted(developmentId: string) {
  const ofHomes = look`select id from units where development_id = ${developmentId}`
  const number = async (query: postgres.PendingQuery<postgres.Row[]>) => Number((await query)[0]?.n)
  const today = look`(now() at time zone 'Europe/Dublin')::date`
  const active = (from: number, to: number) =>
    number(look`select count(*) as n from (
      select unit_id from conversations c, messages m where m.conversation_id = c.id and c.origin in ('app','sealed')
        and (m.created_at at time zone 'Europe/Dublin')::date between ${today} - ${from}::int and ${today} - ${to}::int
      union select unit_id from data_access_log where actor_type = 'purchaser' and action = 'document.file'
        and (created_at at time zone 'Europe/Dublin')::date between ${today} - ${from}::int and ${today} - ${to}::int
      union select unit_id from qr_scans where outcome = 'claimed'
        and (created_at at time zone 'Europe/Dublin')::date between ${today} - ${from}::int and ${today} - ${to}::int
    ) x where unit_id in (${ofHomes})`)
  const questions = (stages: string[], from: number, to: number) =>
    number(look`select count(*) as n from messages m join conversations c on c.id = m.conversation_id
      where c.unit_id in (${ofHomes}) and m.stage = any(${stages})
      and (m.created_at at time zone 'Europe/Dublin')::date between ${today} - ${from}::int and ${today} - ${to}::int`)
  const inHomes = (where: postgres.PendingQuery<postgres.Row[]>) =>
    number(look`select count(*) as n from units where development_id = ${developmentId} and (${where})`)
  const claimed = look`claimed_at is not null`
  const scanned = look`id in (select unit_id from qr_scans where outcome in ('opened','claimed'))`
  const handed = await inHomes(look`handed_over_on <= ${today}`)
  const handedBefore = await inHomes(look`handed_over_on <= ${today} - 30`)
  const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 100))
  const answeredStages = ['document', 'fact', 'safety', 'privacy', 'place', 'knowledge']
  const [answered, unanswered] = [await questions(answeredStages, 29, 0), await questions(['gap'], 29, 0)]
  const [answeredBefore, unansweredBefore] = [
    await questions(answeredStages, 59, 30),
    await questions(['gap'], 59, 30),
  ]
  return {
    homes: await inHomes(look`true`),
    handedOver: handed,
    handedOverClaimed: await inHomes(look`handed_over_on <= ${today} and claimed_at is not null`),
    activation: {
      now: share(await inHomes(look`handed_over_on <= ${today} and claimed_at is not null`), handed),
      before: share(
        await inHomes(
          look`handed_over_on <= ${today} - 30 and claimed_at < (${today} - 30)::timestamp at time zone 'Europe/Dublin'`,
        ),
        handedBefore,
      ),
    },
    claimed: await inHomes(claimed),
    scanned: await inHomes(look`${claimed} or ${scanned}`),
    printed: await inHomes(look`${claimed} or ${scanned} or card_printed_at is not null`),
    asked: await inHomes(
      look`${claimed} and id in (select c.unit_id from conversations c join messages m on m.conversation_id = c.id where c.origin <> 'api')`,
    ),
    activeThisWeek: await active(6, 0),
    activeLastWeek: await active(13, 7),
    answerRate: {
      answered,
      unanswered,
      now: share(answered, answered + unanswered),
      before: share(answeredBefore, answeredBefore + unansweredBefore),
    },
    openQuestions: await number(
      look`select count(distinct group_id) as n from gaps where development_id = ${developmentId} and status = 'open'`,
    ),
  }
}

test('every figure is what an independent count of the rows says, of each development', async () => {
  for (const slug of ['longview-park', 'rathard-park']) {
    const expected = await counted(development[slug]!)
    expect(await readToday(scope, development[slug]!)).toMatchObject(expected)
  }
  const today = await readToday(scope, development['longview-park']!)
  expect(today).toMatchObject({ activeThisWeek: 5, openQuestions: 2, openQuestionsBefore: 1 })
  expect(today.questions.map(({ homes: affected }) => affected)).toEqual([2, 1])
  expect(today.days).toHaveLength(30)
})

test('document coverage is the share of the matrix that is filled', async () => {
  const developmentId = development['longview-park']!
  const [types] =
    await look`select count(*)::int as n from house_types where development_id = ${developmentId}`
  const before = await readToday(scope, developmentId)
  expect(before.coverage).toEqual({ now: 0, gaps: types?.n * 9, cells: types?.n * 9 })
  const [documentId, versionId] = [id(), id()]
  await look`insert into documents (id, tenant_id, development_id, kind, title) values (${documentId}, ${tenantId}, ${developmentId}, 'manual', 'Guide')`
  await look`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name, storage_key, size_bytes, content_sha256, duplicate_key)
    values (${versionId}, ${tenantId}, ${developmentId}, ${documentId}, 1, 'ready', 'ready', 'a.pdf', 'k', 1, 's', 'd')`
  await look`update documents set live_version_id = ${versionId} where id = ${documentId}`
  const after = await readToday(scope, developmentId)
  expect(after.coverage).toEqual({ now: Math.round(100 / 9), gaps: types?.n * 8, cells: types?.n * 9 })
  expect(after).toMatchObject({ documents: 1, ready: 1, failed: 0 })
})

test('the page shows the figures, each with the rows behind it, and another development has its own', async () => {
  const page = async (slug: string) =>
    (await app.call(`/developer?development=${development[slug]}`, withCookies(cookie))).text()
  const longview = await page('longview-park')
  const today = await readToday(scope, development['longview-park']!)
  expect(longview).toContain(`<span class="figure-value">${today.activation.now}%</span>`)
  expect(longview).toContain('charts.')
  for (const [, href] of longview.matchAll(/class="figure[^"]*" href="([^"]+)"/g)) {
    const linked = await app.call((href as string).replaceAll('&amp;', '&'), withCookies(cookie))
    expect([href, linked.status]).toEqual([href, 200])
  }
  expect(await page('rathard-park')).not.toContain('Who looks after wall')
})

test('a page of three statements: the place, the figures, and the series; of none when it was read before', async () => {
  const open = () => app.call(`/developer?development=${development['longview-park']}`, withCookies(cookie))
  await open()
  expect(await statementsOf(open)).toHaveLength(3)
  startKeeping()
  try {
    expect(await statementsOf(open)).toHaveLength(3)
    expect(await statementsOf(open)).toHaveLength(0)
  } finally {
    stopKeeping()
  }
})
