// The builder's and the operator's portals in a real browser: signing in, looking around, adding documents of every kind.
import { expect } from 'bun:test'
import type { Page } from 'playwright-core'
import { demoDocument } from '../support/browsed-app.ts'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 60_000
const INGESTED_MS_MAX = 20_000
const DESKTOP = { viewport: { width: 1440, height: 900 } }
const TABLET = { viewport: { width: 820, height: 1180 } }

const browsed = browsedTests(TEST_MS)

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

for (const [screen, options] of Object.entries({ desktop: DESKTOP, tablet: TABLET })) {
  browserTest(
    `on a ${screen} a wrong password is told, the right one leads to the page asked for`,
    async () => {
      const page = await browsed.open(options)
      await page.goto('/developer/homes')
      await browsed.enter(page, { ...browsed.app.demo.admins[0]!, password: 'not the password' })
      await page.locator('.notice').waitFor()
      await expectNoFaults(page, { axe: options === DESKTOP })
      await browsed.enter(page, browsed.app.demo.admins[0]!)
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
      browsed.expectNoComplaints()
    },
  )
}

browserTest('several files at once each become ready, or say in words why not', async () => {
  const page = await browsed.signIn('/developer/documents', DESKTOP)
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
  browsed.expectNoComplaints()
})

browserTest('without scripts the form uploads as well, and says what it did', async () => {
  const page = await browsed.signIn('/developer/documents', { ...TABLET, javaScriptEnabled: false })
  await page.setInputFiles('#file', [await pdf('Waste and Recycling Guide'), file('page.pdf', '<html>')])
  await page.click('.upload-choices summary')
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
  const page = await browsed.open(DESKTOP)
  await page.goto('/admin')
  await browsed.enter(page, browsed.app.demo.super_admin)
  await page.locator('tbody', { hasText: 'Harbour Homes' }).waitFor()
  expect(await page.locator('tbody', { hasText: 'Harbour Homes' }).textContent()).toContain(
    'Longview Estates',
  )
  await expectNoFaults(page)
  browsed.expectNoComplaints()
  const builder = await browsed.signIn('/developer', DESKTOP)
  expect((await builder.goto('/admin'))?.status()).toBe(404)
})
