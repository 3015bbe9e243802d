// Today, Homes and Settings in a real browser, on a tablet and a desktop: charts, filters, cards, links, no faults.
import { expect } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 120_000
const SCREENS: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 820, height: 1180 } },
}
/** Set to a folder, every page that is looked at is kept there as a picture. */
const PICTURES = process.env.SCREENSHOTS_DIR

const browsed = browsedTests(TEST_MS)

async function look(page: Page, name: string): Promise<void> {
  expect([name, await faultsOf(page, { axe: true })]).toEqual([name, []])
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

for (const [screen, options] of Object.entries(SCREENS)) {
  browserTest(
    `on a ${screen} Today draws its charts, and homes are found, corrected and printed`,
    async () => {
      const page = await browsed.signIn('/developer', options)
      await page.locator('#funnel [data-chart] canvas').waitFor()
      // Nobody has opened the app yet.
      await page.locator('#activity .chart-empty').waitFor()
      await page.click('#activity summary')
      await page.locator('#activity table').waitFor()
      await look(page, `today-${screen}`)
      await page.click('.figure >> nth=0')
      await page.locator('#handed_over').waitFor()
      expect(await page.inputValue('#handed_over')).toBe('yes')
      await look(page, `homes-${screen}`)
      await page.selectOption('#house_type', 'BT01')
      await page.waitForURL('**house_type=BT01**')
      expect(await page.locator('tbody tr').count()).toBeLessThanOrEqual(4)
      await page.selectOption('#handed_over', '')
      await page.click('text=Area')
      await page.locator('[aria-sort=ascending]', { hasText: 'Area' }).waitFor()
      expect(await page.inputValue('#house_type')).toBe('BT01')
      await page.click('text=Print cards')
      await page.locator('.home-card').first().waitFor()
      await look(page, `cards-${screen}`)
      await page.emulateMedia({ media: 'print' })
      const qr = (await page.locator('.home-card-qr svg').first().boundingBox())!
      // 5 cm at 96 px an inch.
      expect(qr.width).toBeGreaterThanOrEqual(189)
      await page.emulateMedia({ media: 'screen' })
      await page.click('.back-link')
      await page.click('tbody th a >> nth=0')
      await page.click('#details summary')
      await page.fill('#eircode', 'nonsense')
      await page.click('#details button')
      await page.locator('#details .field-error').waitFor()
      await look(page, `home-${screen}`)
      browsed.expectNoComplaints()
    },
  )

  browserTest(`on a ${screen} the settings are one page each, without a fault`, async () => {
    const page = await browsed.signIn('/developer/settings', options)
    await look(page, `staff-${screen}`)
    await page.fill('[name=name]', 'Niamh Daly')
    await page.fill('#email', `niamh.${screen}@longview.example`)
    await page.check('[name=development_ids] >> nth=0')
    await page.click('#invite button')
    await page.locator('#new-link').waitFor()
    await look(page, `staff-invited-${screen}`)
    const link = (await page.textContent('.one-time')) as string
    await page.click('tbody a >> nth=0')
    await look(page, `staff-member-${screen}`)
    for (const name of ['Facts and contacts', 'API keys', 'Webhooks', 'Activity log']) {
      await page.click(`.filters >> text=${name}`)
      await page.locator('h1', { hasText: name }).waitFor()
      await look(page, `${name.split(' ')[0]?.toLowerCase()}-${screen}`)
    }
    await page.goto(new URL(link).pathname)
    await look(page, `password-${screen}`)
    browsed.expectNoComplaints()
  })
}
