// The operator's console in a real browser: nothing wrong with its pages for people who use assistive technology.
import { expect } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { LOGS } from '#views/admin/log-columns.ts'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

/** More than thirty pages, each looked over by axe. */
const TEST_MS = 180_000

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

const browsed = browsedTests(TEST_MS)

browserTest('every page of the console is without faults', async () => {
  const page = await browsed.signIn('/admin', { viewport: { width: 1440, height: 900 } })
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
