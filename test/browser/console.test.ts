// The operator's console in a real browser: nothing wrong with its pages for people who use assistive technology.
import { afterAll, beforeAll, expect, setDefaultTimeout } from 'bun:test'
import type { Browser } from 'playwright-core'
import { forgetLimits } from '#src/http/limits.ts'
import { LOGS } from '#views/admin/log-columns.ts'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.ts'
import { browserTest, faultsOf, launchBrowser, openPage } from '../support/browser.ts'

/** More than thirty pages, each looked over by axe. */
const TEST_MS = 180_000
setDefaultTimeout(TEST_MS)

const PAGES = [
  ...[
    'incidents',
    'tenants',
    'developments',
    'people',
    'provision',
    'analytics',
    'quality',
    'jobs',
    'errors',
  ],
  ...['latency', 'limits', 'switches', 'announcements', 'release-notes', 'system', 'tail'],
  'quality/house-types-without-documents',
]

let browser: Browser
let app: BrowsedApp

beforeAll(async () => {
  browser = (await launchBrowser())!
  if (browser) app = await startBrowsedApp()
}, TEST_MS)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

browserTest('every page of the console is without faults', async () => {
  const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 }, baseURL: app.url })
  await page.goto('/admin')
  await page.fill('[name=email]', app.demo.super_admin.email)
  await page.fill('[name=password]', app.demo.super_admin.password)
  await page.click('main button')
  await page.waitForURL('**/admin')
  const folder = process.env.SCREENSHOTS
  const logs = Object.keys(LOGS).map((name) => `logs/${name}`)
  for (const path of ['', ...PAGES, ...logs]) {
    // The console answers a hundred requests a minute to one person.
    forgetLimits()
    await page.goto(`/admin/${path}`)
    if (folder)
      await page.screenshot({ path: `${folder}/${path.replace('/', '-') || 'overview'}.png`, fullPage: true })
    expect(await faultsOf(page, { axe: true }), path).toEqual([])
  }
  await page.goto('/admin/tenants')
  await page.click('tbody a')
  await page.waitForURL('**/admin/tenants/*')
  expect(await faultsOf(page, { axe: true })).toEqual([])
  await page.selectOption('[name=staff_id]', { index: 1 })
  await page.fill('[name=reason]', 'A look at the banner of this')
  await page.click('form[action$="/impersonation"] button')
  await page.waitForURL('**/developer')
  if (folder) await page.screenshot({ path: `${folder}/impersonation.png` })
  expect(await page.locator('.impersonation').textContent()).toMatch(/\d+:\d\d left/)
  expect(await faultsOf(page, { axe: true })).toEqual([])
})
