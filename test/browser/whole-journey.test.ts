// One family's whole way in one go: printed code, welcome, question, source, map, snag, notice, copy of the data, and out.
import { expect } from 'bun:test'
import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'
import { changedByScripts } from '../support/dom.ts'
import { HOUSEHOLD_PAGES, reportDrippingTap } from '../support/household.ts'

const FILTERS = 'How often should I clean the ventilation filters?'
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1280, height: 800 } }

const browsed = browsedTests(60_000, ['Home User Guide', 'House Type BS01 Floor Plan'])

const homeAt = (position: number) =>
  browsed.app.demo.homes.filter(({ house_type: type }) => type === 'BS01')[position]!

/** Looks at the page as it stands: nothing shifted, nothing missing in a sentence, nothing wider than the screen. */
const expectSound = async (page: Page) => expect(await faultsOf(page, { axe: false })).toEqual([])

async function moveIn(page: Page, position: number): Promise<void> {
  const home = homeAt(position)
  await page.goto(new URL(home.url).pathname)
  await expectSound(page)
  await page.fill('[name=access_code]', home.access_code)
  await page.click('text=Open my home')
  if (new URL(page.url()).pathname === '/intro') {
    for (const name of home.purchasers) expect(await page.textContent('.intro-names')).toContain(name)
    await page.click('.intro-main button')
  }
  await page.locator('.hero').waitFor()
  await expectSound(page)
}

async function askAndReadSource(page: Page): Promise<void> {
  await page.fill('#question', FILTERS)
  await page.keyboard.press('Enter')
  await page.locator('.message-assistant[aria-busy=false] .sources a').first().waitFor()
  await page.locator('[data-chat]:not([data-streaming])').waitFor()
  await expectSound(page)
  await page.locator('.sources a').first().click()
  await page.locator('mark#quote').waitFor()
  await expectSound(page)
}

async function lookAround(page: Page): Promise<void> {
  await page.click('.tab >> nth=2')
  await page.locator('.document-list >> text=House Type BS01 Floor Plan').waitFor()
  await page.click('.tab >> nth=3')
  await page.locator('.map-pin').first().waitFor()
  await expectSound(page)
}

async function reportSnag(page: Page): Promise<void> {
  await page.click('.tab >> nth=1')
  await page.click('.document-link >> text=Snags')
  await page.click('text=Report a snag')
  await reportDrippingTap(page)
  await expectSound(page)
  await page.locator('.document-link >> text=Kitchen').first().click()
  const shown = page.locator('.snag-photo')
  await shown.scrollIntoViewIfNeeded()
  await page.waitForFunction(
    () => (document.querySelector('.snag-photo') as HTMLImageElement)?.naturalWidth > 0,
  )
  await expectSound(page)
}

async function readNotice(page: Page): Promise<void> {
  await page.goto('/notices')
  await expectSound(page)
  const unread = await page.locator('.notice-unread').count()
  expect(unread).toBeGreaterThan(0)
  await page.locator('text=Mark as read').first().click()
  await page.locator('text=You marked this as read').first().waitFor()
  expect(await page.locator('.notice-unread').count()).toBe(unread - 1)
  await expectSound(page)
}

async function takeCopy(page: Page): Promise<void> {
  await page.click('.profile summary')
  await page.click('text=My data')
  await page.click('text=Make a copy')
  const link = page.locator('.download-link')
  await link.waitFor()
  await expectSound(page)
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const files = unzipSync(new Uint8Array(await readFile(await download.path())))
  expect(new TextDecoder().decode(files['conversations.json'])).toContain(FILTERS)
}

async function signOut(page: Page): Promise<void> {
  await page.click('.profile summary')
  await page.click('text=Sign out')
  await page.locator('[name=access_code]').waitFor()
  await page.goto('/documents')
  expect(await page.locator('[name=access_code]').count()).toBe(1)
}

const screens: [name: string, options: BrowserContextOptions, position: number][] = [
  ['a phone of 390 × 844', PHONE, 0],
  ['a screen of 1280 × 800', DESKTOP, 1],
]

for (const [name, options, position] of screens)
  browserTest(
    `the whole way from the printed code to signing out is quiet and still on ${name}`,
    async () => {
      const page = await browsed.open(options)
      await moveIn(page, position)
      await askAndReadSource(page)
      await lookAround(page)
      await reportSnag(page)
      await readNotice(page)
      await takeCopy(page)
      await signOut(page)
      browsed.expectNoComplaints()
    },
  )

browserTest('scripts leave every page as the server wrote it, but for the map', async () => {
  const page = await browsed.open(PHONE)
  await moveIn(page, 0)
  await page.fill('#question', FILTERS)
  await page.keyboard.press('Enter')
  await page.locator('.message-assistant[aria-busy=false] .sources a').first().waitFor()
  const [conversation, source] = [page.url(), await page.locator('.sources a').first().getAttribute('href')]
  const changed: string[] = []
  for (const path of [...HOUSEHOLD_PAGES, new URL(conversation).pathname, String(source)]) {
    const response = await page.goto(path, { waitUntil: 'load' })
    expect(response?.status(), path).toBe(200)
    const change = await changedByScripts(page, response!)
    if (change) changed.push(change)
    await expectSound(page)
  }
  expect(changed).toEqual([])
  browsed.expectNoComplaints()
})

browserTest(
  'without scripts the same family signs in, asks, reads the answer, reports and downloads',
  async () => {
    const page = await browsed.open({ ...PHONE, javaScriptEnabled: false })
    await moveIn(page, 1)
    await page.fill('#question', FILTERS)
    await page.click('.composer-form .send:not(.stop)')
    await page.locator('.sources a').first().waitFor()
    expect(await page.locator('.message-assistant').textContent()).toContain('filters')
    await page.click('.tab >> nth=2')
    await page.click('text=Home User Guide')
    const served = page.waitForResponse((response) => response.url().includes('/files/'))
    await page.click('text=Open PDF at this page')
    const pdf = await served
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await page.goto('/snags/new')
    await reportDrippingTap(page)
    await page.click('.profile summary')
    await page.click('text=Sign out')
    await page.locator('[name=access_code]').waitFor()
  },
)
