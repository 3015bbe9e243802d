// Every page of the builder's portal in a real browser, found by its own links: tabs, filters, orders, second pages.
import { afterAll, beforeAll, expect } from 'bun:test'
import type { Page } from 'playwright-core'
import { forgetLimits } from '#src/http/limits.ts'
import { paths } from '#views/paths.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { axeFaultsOf, browserTest, faultsOf } from '../support/browser.ts'
import { fillPortal } from '../support/full-portal.ts'
import type { Longview } from '../support/longview.ts'
import { openedPages } from '../support/opened-pages.ts'
import { keepOneOfAKind, patternOf, shapeOf, type View, Walk } from '../support/walk.ts'

/** Hundreds of pages: a minute on a machine of one's own, many on a busy one. */
const TEST_MS = 600_000
/** Three tabs at once on a machine that others use as well. */
const PAGE_MS_MAX = 60_000
const WIDTHS = [1440, 820]
const HEIGHT = 1180
/** Pages that are open at the same time. */
const TABS = 3

/** Fragments, and what is not for people who are signed in. */
const ELSEWHERE = [
  '/developer/upload-tray',
  '/developer/sign-in/code',
  '/developer/sign-in/enrolment',
  '/developer/password/:token',
  '/developer/documents/:id/state',
]

const pages = openedPages(TEST_MS)
let app: TestApp
let longview: Longview
let url: string

beforeAll(async () => {
  if (!pages.browser) return
  app = await startTestApp()
  longview = await fillPortal(app.database)
  url = app.listen()
}, TEST_MS)
afterAll(async () => {
  await longview?.look.end()
  await app?.stop()
})

type Found = { faults: string[]; walked: View[]; patterns: Set<string> }

/** One tab: takes view after view until there is none, and nobody else is about to find more. */
async function walkWith(walk: Walk, tab: Tab, found: Found, busy: { count: number }): Promise<void> {
  for (;;) {
    const view = walk.queue.shift()
    if (!view) {
      if (busy.count === 0) return
      await tab.page.waitForTimeout(20)
      continue
    }
    busy.count++
    try {
      await see(walk, tab, view, found)
    } finally {
      busy.count--
    }
  }
}

/** Two frames later everything has its new place; that it moved there was asked for and is no fault. */
async function setWidth(page: Page, width: number): Promise<void> {
  if (page.viewportSize()?.width === width) return
  await page.setViewportSize({ width, height: HEIGHT })
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
    Object.assign((window as unknown as { shifts?: number[] }).shifts ?? [], { length: 0 })
  })
}

/** `shapes`: what axe has seen, of all tabs. */
type Tab = { page: Page; shapes: Set<string> }

async function see(walk: Walk, { page, shapes }: Tab, view: View, found: Found): Promise<void> {
  // A person looks at fewer pages in a minute.
  forgetLimits()
  const add = (fault: string) => found.faults.push(`${view.kind} ${view.url} (from ${view.from}) ${fault}`)
  const complaints = pages.complaintsOf(page)
  complaints.length = 0
  await setWidth(page, WIDTHS[0] as number)
  const response = await page.goto(view.url, { waitUntil: 'load', timeout: PAGE_MS_MAX })
  const status = response?.status() ?? 0
  const isEmpty = async () => (await page.locator('.empty').count()) > 0
  const isRight =
    view.kind === 'refused' ? (status >= 400 && status < 500) || (await isEmpty()) : status === 200
  if (!isRight) add(`answered ${status}`)
  if (view.kind === 'empty' && !(await isEmpty())) add('has no empty state')
  await walk.lookAround(page, view)
  const shape = await shapeOf(page)
  const isNew = shape.some((each) => !shapes.has(each))
  for (const each of shape) shapes.add(each)
  for (const width of WIDTHS) {
    await setWidth(page, width)
    for (const fault of await faultsOf(page, { axe: false })) add(`at ${width} px: ${fault}`)
  }
  if (isNew) {
    await keepOneOfAKind(page)
    for (const width of WIDTHS.toReversed()) {
      await setWidth(page, width)
      for (const fault of await axeFaultsOf(page)) add(`at ${width} px: ${fault}`)
    }
  }
  for (const complaint of complaints) add(complaint)
  found.walked.push(view)
  found.patterns.add(patternOf(view.url))
}

browserTest('every page of the portal that links, filters and orders lead to is without faults', async () => {
  const page = await pages.open({ baseURL: url })
  const shapes = new Set<string>()
  const walk = new Walk('/developer', longview.development.id)
  const found: Found = { faults: [], walked: [], patterns: new Set() }
  await see(walk, { page, shapes }, { url: paths.developer.signIn(), kind: 'page', from: '' }, found)
  await page.fill('[name=email]', app.demo.admins[0]!.email)
  await page.fill('[name=password]', app.demo.admins[0]!.password)
  await page.click('main button')
  await page.waitForURL('**/developer')
  const storageState = await page.context().storageState()
  walk.add({ url: paths.developer.today(), kind: 'page', from: '' }, ['start'])
  // Nothing is in the other one yet: every page of it is the empty state.
  const [empty] = await longview.look`select id from developments where slug = 'rathard-park'`
  walk.add({ url: paths.developer.today({ development: empty?.id }), kind: 'page', from: '' }, ['empty'])
  for (const unlinked of await unlinkedPages())
    walk.add({ url: unlinked, kind: 'page', from: '' }, [unlinked])
  const others = Array.from({ length: TABS - 1 }, () => pages.open({ baseURL: url, storageState }))
  const tabs = [page, ...(await Promise.all(others))]
  const busy = { count: 0 }
  await Promise.all(tabs.map((tab) => walkWith(walk, { page: tab, shapes }, found, busy)))

  const of = (kind: View['kind']) => found.walked.filter((view) => view.kind === kind).length
  // A walk that finds less than there was when this was written has lost its way.
  const least = { page: 120, filter: 80, order: 12, next: 12, empty: 2, refused: 30 } as const
  for (const [kind, count] of Object.entries(least))
    expect([kind, of(kind as View['kind']) >= count]).toEqual([kind, true])
  expect(found.faults).toEqual([])
  const shown = app.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/developer'))
    .map(({ path }) => path.replace(':versionId', ':id'))
    .filter((path) => !/\.csv$|\.json$|\/file$|\/photo$|\/logo\//.test(path) && !ELSEWHERE.includes(path))
  expect(shown.filter((path) => !found.patterns.has(path))).toEqual([])
})

/** Reached by a form, or by asking for a list that is too long. */
async function unlinkedPages(): Promise<string[]> {
  const { look, development } = longview
  const [row] = await look`select (select id from list_exports limit 1) as list, document_id as document,
    (array_agg(id order by number))[1] as from, (array_agg(id order by number))[2] as to
    from document_versions group by document_id having count(*) > 1`
  return [
    paths.developer.newListExport('homes', { development: development.id }),
    paths.developer.listExport(row?.list),
    paths.developer.documentComparison(row?.document, { from: row?.from, to: row?.to }),
  ]
}
