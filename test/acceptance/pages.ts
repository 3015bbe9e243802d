// Every page that docs/routes.md lists for somebody and that needs no id: opened, looked over, and held against SQL.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { logNames } from '#src/logs.ts'
import { faultsOf } from '../support/browser.ts'
import { demand, demandSame } from './checklist.ts'
import { api, cookiesOf, send, visit, type World } from './world.ts'

/** Fragments, files, streams, and what wants to be told more: no pages by themselves. */
const NO_PAGE = /\.(?:csv|json)$|\/(?:stream|figures|charts|monitor|upload-tray)$|\/list-exports\/new$/

/** Read addresses without a hole, for this caller, as the table of routes has them. */
function addressesFor(access: RegExp, prefix: string): { pages: string[]; parts: string[] } {
  const table = readFileSync(join(import.meta.dir, '../../docs/routes.md'), 'utf8')
  const all = [...table.matchAll(/^\| GET \| `([^`:]+)` \| ([^|]+) \|/gm)]
    .filter(([, path = '', who = '']) => path.startsWith(prefix) && access.test(who))
    .map(([, path = '']) => path)
  return { pages: all.filter((path) => !NO_PAGE.test(path)), parts: all.filter((path) => NO_PAGE.test(path)) }
}

export async function acceptBuilder(world: World): Promise<void> {
  const { list, estate } = world
  list.area('The builder’s portal')
  const { pages, parts } = addressesFor(/admin|developer/, '/developer')
  await list.point('every page of the portal is without faults', async () => {
    const shown = await lookAtAll(world, estate.adminPage, pages, `?development=${estate.developmentId}`)
    return `${shown} pages, from docs/routes.md`
  })
  await list.point('every file and part of the portal answers', () =>
    askParts(world, estate.adminPage, parts, `?development=${estate.developmentId}`),
  )
  await list.point('the figures of “Today” are those of the tables', () => holdToday(world))
  await list.point('the figures of the API are those of the tables', () => holdAnalytics(world))
}

export async function acceptConsole(world: World): Promise<void> {
  const { list } = world
  list.area('The operator’s console')
  const { pages, parts } = addressesFor(/super_admin/, '/admin')
  await list.point('every dashboard is without faults', async () => {
    const shown = await lookAtAll(world, world.operatorPage, pages, '')
    await list.shot(world.operatorPage, 'console-last')
    return `${shown} pages, from docs/routes.md`
  })
  await list.point('every part that refreshes answers', () => askParts(world, world.operatorPage, parts, ''))
  await list.point('every log opens, and as CSV', async () => {
    const cookie = await cookiesOf(world.operatorPage)
    const told: string[] = []
    for (const name of logNames) {
      demandSame(await visit(world.operatorPage, `/admin/logs/${name}`), 200, name)
      // What was changed to nothing stands in the activity log as null, in JSON.
      const faults = await faultsOf(world.operatorPage, { axe: false })
      demandSame(
        faults.filter((fault) => !fault.includes('null')),
        [],
        name,
      )
      const file = await patient(() => send(world, `/admin/log-files/${name}`, { cookie }))
      demandSame(file.status, 200, `${name} as CSV`)
      told.push(`${name} ${(await file.text()).trim().split('\n').length - 1}`)
    }
    return `rows: ${told.join(', ')}`
  })
  await list.point('the table of builders is that of the tables', async () => {
    await visit(world.operatorPage, '/admin')
    const row = world.operatorPage.locator('tbody tr', { hasText: world.estate.slug })
    const cells = (await row.locator('td').allTextContents()).map((cell) => Number(cell.replaceAll(',', '')))
    const [sql] =
      await world.sql`select (select count(*)::int from developments where tenant_id = t.id) as developments,
      (select count(*)::int from units where tenant_id = t.id) as homes,
      (select count(*)::int from units where tenant_id = t.id and claimed_at is not null) as claimed,
      (select count(*)::int from documents where tenant_id = t.id and deleted_at is null) as documents,
      (select count(*)::int from messages where tenant_id = t.id) as questions
      from tenants t where slug = ${world.estate.slug}`
    demandSame(
      cells.slice(0, 5),
      Object.values(sql ?? {}),
      'developments, homes, claimed, documents, questions',
    )
    return `developments, homes, claimed, documents, questions: ${cells.slice(0, 5).join(', ')}, both times`
  })
}

async function lookAtAll(world: World, page: Page, paths: string[], query: string): Promise<number> {
  const wrong: string[] = []
  for (const path of paths) {
    const status = await visit(page, path + query)
    if (status !== 200) wrong.push(`${path} ${status}`)
    else wrong.push(...(await faultsOf(page, { axe: false })))
    await world.list.shot(page, path.slice(1).replaceAll('/', '-') || 'home')
  }
  demandSame(wrong, [], 'faults')
  return paths.length
}

async function askParts(world: World, page: Page, paths: string[], query: string): Promise<string> {
  const cookie = await cookiesOf(page)
  const told: string[] = []
  for (const path of paths.filter((each) => !each.endsWith('/stream'))) {
    const response = await patient(() => send(world, path + query, { cookie }))
    await response.body?.cancel()
    // A part that wants more than the development says so, and breaks nothing.
    demand([200, 422].includes(response.status), `${path} answered ${response.status}`)
    told.push(`${path} ${response.status}`)
  }
  return told.join(', ')
}

/** Waits where the product asks for it. */
async function patient(ask: () => Promise<Response>): Promise<Response> {
  const response = await ask()
  if (response.status !== 429) return response
  await Bun.sleep(1_000 * Number(response.headers.get('retry-after') ?? 1))
  return ask()
}

async function holdToday(world: World): Promise<string> {
  const { adminPage: page, developmentId, tenantId } = world.estate
  await visit(page, `/developer?development=${developmentId}`)
  const figures = new Map<string, string>()
  for (const figure of await page.locator('.figures .figure').all()) {
    const label = ((await figure.locator('.figure-label').textContent()) ?? '').trim()
    figures.set(label, ((await figure.locator('.figure-value').textContent()) ?? '').trim())
  }
  const [sql] = await world.sql`select
    (select count(*)::int from document_versions v join documents d on d.id = v.document_id where v.tenant_id = ${tenantId} and v.status = 'failed' and d.deleted_at is null) as failed,
    (select count(*)::int from gaps where tenant_id = ${tenantId} and status = 'open') as waiting,
    (select count(*)::int from snags where tenant_id = ${tenantId} and status not in ('done', 'closed', 'fixed')) as snags,
    (select count(distinct c.unit_id)::int from messages m join conversations c on c.id = m.conversation_id where m.tenant_id = ${tenantId} and c.origin <> 'api') as active`
  const pairs = [
    ['Documents failed', sql?.failed],
    ['Unanswered questions', sql?.waiting],
    ['Open snags', sql?.snags],
  ] as const
  for (const [label, count] of pairs) demandSame(figures.get(label), String(count), label)
  return pairs.map(([label, count]) => `${label} ${count}`).join(', ')
}

async function holdAnalytics(world: World): Promise<string> {
  const { developmentId, key, tenantId } = world.estate
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Dublin' }).format(new Date())
  const { totals } = await api<{ totals: Record<string, number> }>(
    world,
    key,
    `analytics?from=${today}&to=${today}&development_id=${developmentId}`,
  )
  const [sql] = await world.sql`select
    (select count(*)::int from messages m join conversations c on c.id = m.conversation_id
      where m.tenant_id = ${tenantId} and m.stage is not null) as questions,
    (select count(*)::int from qr_scans where tenant_id = ${tenantId} and outcome = 'opened') as scans,
    (select count(*)::int from units where tenant_id = ${tenantId} and claimed_at is not null) as claims`
  for (const name of ['questions', 'scans', 'claims']) demandSame(totals[name], sql?.[name], name)
  return `questions ${totals.questions}, scans ${totals.scans}, claims ${totals.claims}, both times`
}
