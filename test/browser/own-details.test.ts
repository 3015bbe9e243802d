// A person corrects their name and mail address under My data, with scripts and without, on a phone and on a desk.
import { afterAll, beforeAll, expect, setDefaultTimeout } from 'bun:test'
import type { Browser } from 'playwright-core'
import { type BrowsedApp, startBrowsedApp } from '../support/browsed-app.ts'
import { browserTest, faultsOf, launchBrowser, openPage } from '../support/browser.ts'

const TEST_MS = 60_000
setDefaultTimeout(TEST_MS)
/** The phone is as high as the page: what lies under the fixed tabs counts as too small a target. */
const SIZES = { phone: { width: 390, height: 3_000 }, desk: { width: 1280, height: 800 } }

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

for (const [index, [size, hasScripts]] of (
  [
    ['phone', true],
    ['desk', true],
    ['phone', false],
  ] as const
).entries())
  browserTest(
    `my name and mail address are corrected on a ${size} ${hasScripts ? 'with' : 'without'} scripts`,
    async () => {
      const home = app.demo.homes[index]!
      const { page, complaints } = await openPage(browser, {
        ...{ baseURL: app.url, viewport: SIZES[size], javaScriptEnabled: hasScripts },
        reducedMotion: 'reduce',
      })
      const look = async () => hasScripts && expect(await faultsOf(page, { axe: true })).toEqual([])
      await page.goto(new URL(home.url).pathname)
      await page.fill('[name=access_code]', home.access_code)
      await page.click('text=Open my home')
      await page.goto('/my-data')
      expect(await page.inputValue('[name=full_name]')).toBe(home.purchasers[0]!)
      await look()
      await page.fill('[name=full_name]', ' ')
      await page.fill('[name=email]', 'aine at home')
      await page.click('main >> text=Save')
      await page.locator('text=Write your name as it should be shown.').waitFor()
      expect(await page.inputValue('[name=email]')).toBe('aine at home')
      await look()
      await page.fill('[name=full_name]', 'Áine Ní Bhriain')
      await page.fill('[name=email]', 'aine@homes.example')
      await page.click('main >> text=Save')
      await page.locator('main >> text=Saved.').waitFor()
      expect(await page.inputValue('[name=full_name]')).toBe('Áine Ní Bhriain')
      await look()
      expect(await page.textContent('.profile-names')).toContain('Áine Ní Bhriain')
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )
