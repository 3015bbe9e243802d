// The builder's and the operator's portals in a real browser: signing in, looking around, adding documents of every kind.
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { type BrowsedApp, demoDocument, startBrowsedApp } from '../support/browsed-app.ts'
import { browserTest, faultsOf, launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'

const TEST_MS = 60_000
setDefaultTimeout(TEST_MS)
const INGESTED_MS_MAX = 20_000
const DESKTOP = { viewport: { width: 1440, height: 900 } }
const TABLET = { viewport: { width: 820, height: 1180 } }

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

async function open(options: BrowserContextOptions): Promise<Page> {
  const watched = await openPage(browser, { ...options, baseURL: app.url })
  opened.push(watched)
  return watched.page
}

async function enter(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.click('main button')
}

async function signIn(options: BrowserContextOptions, path: string): Promise<Page> {
  const page = await open(options)
  await page.goto(path)
  await enter(page, app.demo.admins[0]!)
  await page.waitForURL(`**${path}`)
  return page
}

const pdf = async (title: string) => ({
  name: demoDocument(title).fileName,
  mimeType: 'application/pdf',
  buffer: Buffer.from(await demoDocument(title).build()),
})
const file = (name: string, content: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(content),
})

async function expectNoFaults(page: Page, options = { axe: true }): Promise<void> {
  expect(await faultsOf(page, options)).toEqual([])
}

const expectNoComplaints = () => expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])

for (const [screen, options] of Object.entries({ desktop: DESKTOP, tablet: TABLET })) {
  browserTest(
    `on a ${screen} a wrong password is told, the right one leads to the page asked for`,
    async () => {
      const page = await open(options)
      await page.goto('/developer/homes')
      await enter(page, { ...app.demo.admins[0]!, password: 'not the password' })
      await page.locator('.notice').waitFor()
      await expectNoFaults(page, { axe: options === DESKTOP })
      await enter(page, app.demo.admins[0]!)
      await page.waitForURL('**/developer/homes')
      expect(await page.locator('tbody tr').count()).toBe(50)
      await expectNoFaults(page, { axe: options === DESKTOP })
      await page.click('[rel=next]')
      await page.locator('text=First page').waitFor()
      expect(await page.locator('tbody tr').count()).toBe(25)
      await page.selectOption('#status', 'claimed')
      await page.locator('.empty').waitFor()
      await expectNoFaults(page, { axe: options === DESKTOP })
      await page.selectOption('#development', { label: 'Rathard Park' })
      await page.locator('.eyebrow', { hasText: 'Rathard Park' }).waitFor()
      await page.click('text=Today')
      await page.locator('.figures').waitFor()
      expect(await page.textContent('.eyebrow')).toBe('Rathard Park')
      await expectNoFaults(page, { axe: options === DESKTOP })
      await page.click('text=Sign out')
      await page.waitForURL('**/developer/sign-in')
      expectNoComplaints()
    },
  )
}

browserTest('several files at once each become ready, or say in words why not', async () => {
  const page = await signIn(DESKTOP, '/developer/documents')
  expect(await page.isVisible('.empty')).toBe(true)
  await page.setInputFiles('#file', [
    await pdf('House Type BS01 Floor Plan'),
    await pdf('Heating Guide'),
    file('damaged.pdf', `%PDF-1.4\n${'damaged '.repeat(100)}`),
    file('page.pdf', '<html>not a PDF</html>'),
  ])
  await page.click('.upload-actions button')
  await page.locator('.upload-item', { hasText: 'The file is not a PDF' }).waitFor()
  await page.locator('tbody tr', { hasText: 'The PDF is damaged' }).waitFor({ timeout: INGESTED_MS_MAX })
  await page.locator('tbody tr .badge-success >> nth=1').waitFor({ timeout: INGESTED_MS_MAX })
  expect(await page.locator('tbody tr').count()).toBe(3)
  expect(await page.locator('.upload-item').count()).toBe(1)
  await expectNoFaults(page)
  await page.reload()
  expect(await page.locator('tbody tr').count()).toBe(3)
  await page.locator('tbody tr', { hasText: 'Heating' }).locator('a').first().click()
  await expectNoFaults(page)
  expectNoComplaints()
})

browserTest('without scripts the form uploads as well, and says what it did', async () => {
  const page = await signIn({ ...TABLET, javaScriptEnabled: false }, '/developer/documents')
  await page.setInputFiles('#file', [await pdf('Waste and Recycling Guide'), file('page.pdf', '<html>')])
  await page.fill('[name=title]', '')
  await page.click('.upload-actions button')
  await page.locator('.notice').first().waitFor()
  const row = page.locator('tbody tr', { hasText: /waste/i })
  const deadline = performance.now() + INGESTED_MS_MAX
  while (!(await row.locator('.badge-success').isVisible())) {
    if (performance.now() > deadline) throw new Error(`still ${await row.textContent()}`)
    await page.reload()
  }
  await page.click('.sidebar-nav a >> nth=0')
  await page.locator('h1', { hasText: 'Today' }).waitFor()
})

browserTest('the operator sees every builder, a builder finds no console', async () => {
  const page = await open(DESKTOP)
  await page.goto('/admin')
  await enter(page, app.demo.super_admin)
  await page.locator('tbody', { hasText: 'Harbour Homes' }).waitFor()
  expect(await page.locator('tbody', { hasText: 'Harbour Homes' }).textContent()).toContain(
    'Longview Estates',
  )
  await expectNoFaults(page)
  expectNoComplaints()
  const builder = await signIn(DESKTOP, '/developer')
  expect((await builder.goto('/admin'))?.status()).toBe(404)
})
