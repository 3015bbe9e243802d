// What stays on a device without a network: the card that somebody kept, a page that says so, and nothing after leaving.
import { expect } from 'bun:test'
import type { Page } from 'playwright-core'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const browsed = browsedTests(60_000)

async function moveIn(): Promise<Page> {
  const home = browsed.app.demo.homes.find(({ house_type }) => house_type === 'BS01')!
  const page = await browsed.open(PHONE)
  await page.goto(new URL(home.url).pathname)
  await page.fill('[name=access_code]', home.access_code)
  await page.click('text=Open my home')
  return page
}

const heading = (page: Page) => page.textContent('h1')
const kept = (page: Page) => page.evaluate(async () => (await caches.keys()).length)

browserTest(
  'the emergency card opens without a network once it was kept, every other page says so',
  async () => {
    const page = await moveIn()
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
    browsed.expectNoComplaints()
  },
)

browserTest('signing out leaves nothing of the home on the device', async () => {
  const page = await moveIn()
  await page.goto('/emergency')
  await page.click('text=Keep on this device')
  await page.locator('text=Kept.').waitFor()
  await page.goto('/home')
  await page.click('.profile summary')
  await page.click('text=Sign out')
  await page.locator('[name=access_code]').waitFor()
  await page.waitForFunction(async () => (await caches.keys()).length === 0)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
})
