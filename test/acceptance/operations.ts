// What the operator does: looking as somebody, read-only and on record; every recurring job; the audit chain; a builder's suspension.
import { cronTasks } from '#jobs/cron-tasks.ts'
import { demand, demandSame } from './checklist.ts'
import { cookiesOf, send, until, visit, type World } from './world.ts'

export async function acceptOperations(world: World): Promise<void> {
  const { list } = world
  list.area('The operator’s work')
  await list.point('looks as a builder’s admin: a banner, nothing can be changed, all on record', () =>
    lookAs(world),
  )
  await list.point('runs every recurring task; each of its jobs ends well', () => runTasks(world))
  await list.point('no job was given up', async () => {
    const rows = await world.sql<{ kind: string; state: string; count: number }[]>`
      select kind, state, count(*)::int as count from job_status group by 1, 2 order by 1, 2`
    const bad = rows.filter(({ kind, state }) => state === 'discarded' && kind !== 'ingest-document')
    demandSame(bad, [], 'discarded jobs')
    return rows.map(({ kind, state, count }) => `${kind} ${state} ${count}`).join(', ')
  })
  await list.point('the activity log’s chain verifies', async () => {
    const page = world.operatorPage
    await visit(page, '/admin/logs/activity')
    await page.locator('form[action$="/verification"] button').first().click()
    const [row] = await until('a check is on record', () =>
      world.sql`select * from chain_checks limit 1`.then((rows) => (rows.length ? rows : null)),
    )
    demand(row, 'no check is on record')
    const [broken] =
      await world.sql`select count(*)::int as count from chain_checks c where to_jsonb(c) ->> 'broken_at' is not null`
    return `checked; ${broken?.count} breaks on record`
  })
  await list.point('suspends a builder: its key and its staff are out at once, and back afterwards', () =>
    suspend(world),
  )
}

async function lookAs(world: World): Promise<string> {
  const page = world.operatorPage
  const { tenantId } = world.estate
  await visit(page, `/admin/tenants/${tenantId}`)
  await page.selectOption('[name=staff_id]', { index: 1 })
  await page.fill('[name=reason]', 'Acceptance: a look at the banner')
  await page.click('form[action$="/impersonation"] button')
  await page.waitForURL('**/developer')
  const banner = (await page.locator('.impersonation').textContent())?.replace(/\s+/g, ' ').trim() ?? ''
  demand(/\d+:\d\d left/.test(banner), banner)
  await world.list.shot(page, 'impersonation')
  const cookie = await cookiesOf(page)
  const tried = await send(world, '/developer/settings/retention', { cookie, form: { anything: '1' } })
  demandSame(tried.status, 403, 'a change while looking')
  await page.locator('form[action="/admin/impersonation/stop"] button').first().click()
  await page.waitForURL('**/admin**')
  const after = await send(world, '/developer', { cookie })
  demand(after.status !== 200, 'the old cookie still looks')
  const acts = await world.sql<
    { action: string }[]
  >`select action from activity_log where tenant_id = ${tenantId} and action like 'impersonation%' order by id`
  const [row] =
    await world.sql`select ended_at is not null as ended from impersonations where tenant_id = ${tenantId}`
  demandSame(row, { ended: true }, 'the row of the impersonation')
  return `${banner.slice(0, 80)} …; a change 403; on record: ${[...new Set(acts.map(({ action }) => action))].join(', ')}`
}

async function runTasks(world: World): Promise<string> {
  const cookie = await cookiesOf(world.operatorPage)
  const before = await world.sql`select now() as at`
  for (const { name } of cronTasks) {
    const response = await send(world, `/admin/jobs/tasks/${name}/run`, { cookie, method: 'POST' })
    demand(response.status < 400, `${name} answered ${response.status}`)
  }
  const rows = await until('the jobs end', async () => {
    const found = await world.sql<{ kind: string; state: string }[]>`
      select kind, state from job_status where created_at >= ${before[0]?.at} order by kind`
    return found.length > 0 &&
      found.every(({ state }) => ['completed', 'cancelled', 'discarded'].includes(state))
      ? found
      : null
  })
  const failed = rows.filter(({ state }) => state !== 'completed')
  demandSame(failed, [], 'jobs that did not complete')
  return `${cronTasks.length} tasks, ${rows.length} jobs completed: ${[...new Set(rows.map(({ kind }) => kind))].join(', ')}`
}

async function suspend(world: World): Promise<string> {
  const cookie = await cookiesOf(world.operatorPage)
  const { tenantId, key, adminPage } = world.other
  const staff = await cookiesOf(adminPage)
  const asked = async () => [
    (await send(world, '/api/v1/developments', { key })).status,
    (await send(world, '/developer', { cookie: staff })).status,
  ]
  demandSame(await asked(), [200, 200], 'before')
  const post = (act: string) => send(world, `/admin/tenants/${tenantId}/${act}`, { cookie, form: {} })
  demand((await post('suspension')).status < 400, 'the suspension was refused')
  const [api, portal] = await until('both are out', async () => {
    const found = await asked()
    return found.every((status) => status !== 200) ? found : null
  })
  demand((await post('resumption')).status < 400, 'the resumption was refused')
  await until('the key works again', async () => (await asked())[0] === 200)
  return `while suspended the key gets ${api}, the portal ${portal}`
}
