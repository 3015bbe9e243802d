// Background work in a real browser: parts that refresh, that stop in a hidden tab, and actions with and without scripts.
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { type BrowsedApp, demoDocument, startBrowsedApp } from '../support/browsed-app.ts'
import { browserTest, faultsOf, launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'

const TEST_MS = 60_000
setDefaultTimeout(TEST_MS)
const DONE_MS_MAX = 20_000
const DESKTOP = { viewport: { width: 1440, height: 900 } }

let browser: Browser
let app: BrowsedApp
let opened: WatchedPage[] = []

beforeAll(async () => {
  browser = (await launchBrowser())!
  if (browser) app = await startBrowsedApp()
}, TEST_MS)
beforeEach(() => {
  forgetAttempts()
  forgetLimits()
})
afterEach(async () => {
  for (const { page } of opened) await page.context().close()
  opened = []
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function signIn(path: string, options: BrowserContextOptions = DESKTOP): Promise<Page> {
  const watched = await openPage(browser, { ...options, baseURL: app.url })
  opened.push(watched)
  const { page } = watched
  const account = path.startsWith('/admin') ? app.demo.super_admin : app.demo.admins[0]!
  await page.goto(path)
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.click('main button')
  await page.waitForURL(`**${path}`)
  return page
}

async function upload(title: string): Promise<void> {
  const { key } = app.demo.api_keys[0]!
  const { development_id: development } = app.demo.homes[0]!
  const query = new URLSearchParams({ development_id: development, title, kind: 'manual' })
  const response = await fetch(`${app.url}/api/v1/documents?${query}`, {
    method: 'POST',
    body: Buffer.from(await demoDocument(title).build()),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/pdf' },
  })
  expect(response.status).toBe(202)
}

browserTest(
  'a kind is paused, its work waits in front of the builder, and runs to its end once resumed',
  async () => {
    const operator = await signIn('/admin/jobs')
    await operator.locator('#kind-ingest-document button').click()
    await operator.locator('#kind-ingest-document .badge', { hasText: 'Paused' }).waitFor()
    await upload('Heating Guide')
    const builder = await signIn('/developer/jobs')
    const row = builder.locator('tbody tr', { hasText: 'Heating Guide' })
    await row.locator('.badge', { hasText: 'Waiting' }).waitFor()
    expect(await faultsOf(builder, { axe: true })).toEqual([])
    await operator.locator('#kind-ingest-document button').click()
    // Without a click or a reload: the part asks for itself.
    await row.locator('.badge', { hasText: 'Done' }).waitFor({ timeout: DONE_MS_MAX })
    await builder.locator('#jobs:not([data-live-ms])').waitFor()
    await row.locator('a').first().click()
    await builder.locator('h2', { hasText: 'Attempts' }).waitFor()
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  },
)

browserTest(
  'the operator’s figures refresh in a tab that is looked at, and not in a hidden one',
  async () => {
    const page = await signIn('/admin/jobs')
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/admin/jobs/monitor')) asked++
    })
    await page.waitForRequest('**/admin/jobs/monitor')
    const show = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
      }, isHidden)
    await show(true)
    const before = asked
    const quietMs = 6_000
    await page.waitForTimeout(quietMs)
    expect(asked).toBe(before)
    await show(false)
    await page.waitForRequest('**/admin/jobs/monitor')
    expect(await faultsOf(page, { axe: true })).toEqual([])
  },
)

browserTest('without scripts the operator chooses jobs, confirms, and is told what was done', async () => {
  await upload('Waste and Recycling Guide')
  const page = await signIn('/admin/jobs', { ...DESKTOP, javaScriptEnabled: false })
  await page.locator('tbody input[type=checkbox]').first().check()
  await page.locator('button[name=chosen][value=retry]').click()
  await page.locator('h1', { hasText: 'Retry 1 job?' }).waitFor()
  await page.locator('button[name=confirmed]').click()
  await page.locator('.notice').waitFor()
  expect(page.url()).toContain('action=retry')
})
