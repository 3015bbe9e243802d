// What stays on a device without a network: the card that somebody kept, a page that says so, and nothing after leaving.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.ts'
import { browserTest, faultsOf, launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'

const TEST_MS = 60_000
setDefaultTimeout(TEST_MS)
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let browser: Browser
let app: BrowsedApp

beforeAll(async () => {
  browser = (await launchBrowser())!
  if (browser) app = await startBrowsedApp()
}, TEST_MS)
beforeEach(() => {
  forgetAttempts()
  forgetLimits()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function moveIn(): Promise<WatchedPage> {
  const home = app.demo.homes.find(({ house_type }) => house_type === 'BS01')!
  const watched = await openPage(browser, { ...PHONE, baseURL: app.url })
  await watched.page.goto(new URL(home.url).pathname)
  await watched.page.fill('[name=access_code]', home.access_code)
  await watched.page.click('text=Open my home')
  return watched
}

const heading = (page: Page) => page.textContent('h1')
const kept = (page: Page) => page.evaluate(async () => (await caches.keys()).length)

browserTest(
  'the emergency card opens without a network once it was kept, every other page says so',
  async () => {
    const { page, complaints } = await moveIn()
    await page.goto('/emergency')
    expect(await faultsOf(page, { axe: true })).toEqual([])
    expect(await kept(page)).toBe(0)
    await page.click('text=Keep on this device')
    await page.locator('text=Kept. It opens without a network now.').waitFor()
    await page.context().setOffline(true)
    await page.goto('/emergency')
    expect(await page.textContent('main')).toContain('112')
    await page.goto('/documents')
    expect(await heading(page)).toBe('You are offline')
    expect(await faultsOf(page, { axe: true })).toEqual([])
    await page.context().setOffline(false)
    await page.goto('/documents')
    expect(await heading(page)).toBe('Documents')
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

browserTest('signing out leaves nothing of the home on the device', async () => {
  const { page } = await moveIn()
  await page.goto('/emergency')
  await page.click('text=Keep on this device')
  await page.locator('text=Kept.').waitFor()
  await page.goto('/home')
  await page.click('.profile summary')
  await page.click('text=Sign out')
  await page.locator('[name=access_code]').waitFor()
  await page.waitForFunction(async () => (await caches.keys()).length === 0)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  await page.context().close()
})
