// Background work in a real browser: parts that refresh, that stop in a hidden tab, and actions with and without scripts.
import { expect } from 'bun:test'
import { demoDocument } from '../support/browsed-app.ts'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 60_000
const DONE_MS_MAX = 20_000
const DESKTOP = { viewport: { width: 1440, height: 900 } }

const browsed = browsedTests(TEST_MS)

async function upload(title: string): Promise<void> {
  const { key } = browsed.app.demo.api_keys[0]!
  const { development_id: development } = browsed.app.demo.homes[0]!
  const query = new URLSearchParams({ development_id: development, title, kind: 'manual' })
  const response = await fetch(`${browsed.app.url}/api/v1/documents?${query}`, {
    method: 'POST',
    body: Buffer.from(await demoDocument(title).build()),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/pdf' },
  })
  expect(response.status).toBe(202)
}

browserTest(
  'a kind is paused, its work waits in front of the builder, and runs to its end once resumed',
  async () => {
    const operator = await browsed.signIn('/admin/jobs', DESKTOP)
    await operator.locator('#kind-ingest-document button').click()
    await operator.locator('#kind-ingest-document .badge', { hasText: 'Paused' }).waitFor()
    await upload('Heating Guide')
    const builder = await browsed.signIn('/developer/jobs', DESKTOP)
    const row = builder.locator('tbody tr', { hasText: 'Heating Guide' })
    await row.locator('.badge', { hasText: 'Waiting' }).waitFor()
    expect(await faultsOf(builder, { axe: true })).toEqual([])
    await operator.locator('#kind-ingest-document button').click()
    // Without a click or a reload: the part asks for itself.
    await row.locator('.badge', { hasText: 'Done' }).waitFor({ timeout: DONE_MS_MAX })
    await builder.locator('#jobs:not([data-live-ms])').waitFor()
    await row.locator('a').first().click()
    await builder.locator('h2', { hasText: 'Attempts' }).waitFor()
    browsed.expectNoComplaints()
  },
)

browserTest(
  'the operator’s figures refresh in a tab that is looked at, and not in a hidden one',
  async () => {
    const page = await browsed.signIn('/admin/jobs', DESKTOP)
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
  const page = await browsed.signIn('/admin/jobs', { ...DESKTOP, javaScriptEnabled: false })
  await page.locator('tbody input[type=checkbox]').first().check()
  await page.locator('button[name=chosen][value=retry]').click()
  await page.locator('h1', { hasText: 'Retry 1 job?' }).waitFor()
  await page.locator('button[name=confirmed]').click()
  await page.locator('.notice').waitFor()
  expect(page.url()).toContain('action=retry')
})
