// The pages around a home in a real browser, on a phone: map, snags, notices, maintenance, checklists, what must be read.
import { expect } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 60_000
// As high as the longest page: what lies under the fixed tabs until somebody scrolls would count as too small a target.
const PHONE = { viewport: { width: 390, height: 3_200 }, isMobile: true, hasTouch: true }
const NO_SCRIPTS = { ...PHONE, javaScriptEnabled: false }
const GUIDE = 'Home User Guide'

const browsed = browsedTests(TEST_MS, [GUIDE])

/** A home a test, so that no test minds what another did. */
const homeOf = (position: number) =>
  browsed.app.demo.homes.filter(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length > 0,
  )[position]!

async function moveIn(options: BrowserContextOptions, position: number): Promise<Page> {
  const page = await browsed.open(options)
  const { url, access_code } = homeOf(position)
  await page.goto(browsed.app.url + new URL(url).pathname)
  await page.fill('[name=access_code]', access_code)
  await page.click('text=Open my home')
  await page.waitForURL((at) => !at.pathname.startsWith('/h/'))
  if (new URL(page.url()).pathname === '/intro') await page.click('.intro-main button')
  await page.waitForURL((at) => at.pathname !== '/intro')
  return page
}

const quiet = async (page: Page) => {
  expect(await faultsOf(page, { axe: true })).toEqual([])
  browsed.expectNoComplaints()
}

browserTest('the map shows pins and the list beside them, and a place opens in both', async () => {
  const page = await moveIn(PHONE, 0)
  await page.click('.tab >> text=Map')
  await page.locator('.leaflet-marker-icon >> visible=true').first().waitFor()
  await page.locator('.place summary').first().click()
  await page.locator('.place details[open]').waitFor()
  await quiet(page)
})

browserTest('a snag with a photo is reported by a double tap once, and its picture is shown', async () => {
  const page = await moveIn(PHONE, 1)
  await page.goto('/snags')
  await page.click('text=Report a snag')
  await quiet(page)
  await page.selectOption('[name=room]', 'Kitchen')
  await page.selectOption('[name=category]', 'plumbing')
  await page.fill('[name=description]', 'The tap drips <all> night.')
  const square = { width: 40, height: 40, channels: 3 as const, background: '#884422' }
  const buffer = await sharp({ create: square }).png().toBuffer()
  await page.setInputFiles('[name=photo]', { name: 'tap.png', mimeType: 'image/png', buffer })
  await page.locator('text=Send to the builder').dblclick()
  await page.locator('text=Your builder can see it now').waitFor()
  expect(await page.locator('.document-list .document-item').count()).toBe(1)
  await quiet(page)
  await page.click('.document-list .document-link')
  await page.locator('.snag-photo').waitFor()
  await quiet(page)
})

browserTest('a notice is marked as read, and the count at the tab falls', async () => {
  const page = await moveIn(PHONE, 2)
  await page.goto('/notices')
  const count = () => page.locator('.tab-count').textContent()
  expect(await count()).toContain('3')
  await quiet(page)
  await page.locator('main form button').first().click()
  await page.locator('.tab-count', { hasText: '2' }).waitFor()
  await quiet(page)
})

for (const [scripts, options, position] of [
  ['with scripts', PHONE, 3],
  ['without scripts', NO_SCRIPTS, 4],
] as const)
  browserTest(`an item of one's own is added, done and taken back, ${scripts}`, async () => {
    const page = await moveIn(options, position)
    await page.goto('/home')
    await page.click('text=Warranties and maintenance')
    await page.fill('#title', 'Wax the banister')
    await page.click('#own button')
    const row = page.locator('.agenda > li', { hasText: 'Wax the banister' })
    await row.locator('button', { hasText: 'Done' }).first().click()
    await page.locator('text=The next date follows from it').waitFor()
    await page.click('text=Not done after all')
    await page.locator('text=It is open again').waitFor()
    await page.click('text=Create a calendar address')
    expect(await page.locator('.calendar-address').textContent()).toContain('/calendar/')
    if (scripts === 'with scripts') await quiet(page)
    await page.goto('/checklists')
    await page.locator('.tick').first().click()
    await page.locator('.tick-done').waitFor()
    if (scripts === 'with scripts') await quiet(page)
  })

browserTest(
  'a document that must be read stands before the app, and behind it once it is confirmed',
  async () => {
    const staff = await browsed.open({ viewport: { width: 1280, height: 800 } })
    const { email, password } = browsed.app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
    await staff.goto('/developer/sign-in')
    await staff.fill('[name=email]', email)
    await staff.fill('[name=password]', password)
    await staff.click('button[type=submit]')
    await staff.waitForURL('**/developer**')
    await staff.goto('/developer/documents')
    await staff.click(`text=${GUIDE}`)
    await staff.click('text=Mark as must-read')
    await staff.locator('text=have read version 1 or a later one').waitFor()
    await quiet(staff)
    const page = await moveIn(PHONE, 5)
    expect(new URL(page.url()).pathname).toBe('/must-read')
    await quiet(page)
    await page.click('text=Read it')
    await page.locator('article.sheet, .empty').first().waitFor()
    await page.click('.tab >> text=Documents')
    expect(new URL(page.url()).pathname).toBe('/must-read')
    await page.check('[name=read]')
    await page.click('text=Confirm')
    await page.locator('.hero-greeting').waitFor()
    await staff.click('text=Who has, and who has not')
    await staff.locator('text=/read \\d+ \\w+ 20\\d\\d/').first().waitFor()
    await quiet(staff)
    await staff.goBack()
    await staff.click('text=Nobody must read it')
    await staff.locator('text=Who did stays on record').waitFor()
  },
)
