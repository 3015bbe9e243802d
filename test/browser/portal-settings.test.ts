// Settings, places, the site map, homeowners and the renewal in a real browser, on a tablet and a desktop: no faults.
import { expect } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { forgetLimits } from '#src/http/limits.ts'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 180_000
const SCREENS: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 820, height: 1180 } },
}
/** Set to a folder, every page that is looked at is kept there as a picture. */
const PICTURES = process.env.SCREENSHOTS_DIR

const browsed = browsedTests(TEST_MS, ['Home User Guide', 'House Type BS01 Floor Plan'])

async function look(page: Page, name: string): Promise<void> {
  forgetLimits()
  expect([name, await faultsOf(page, { axe: true })]).toEqual([name, []])
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

for (const [screen, options] of Object.entries(SCREENS)) {
  browserTest(`on a ${screen} people are found, sorted and paged`, async () => {
    const page = await browsed.signIn('/developer/homeowners', options)
    await look(page, `homeowners-${screen}`)
    await page.selectOption('#active', 'never')
    await page.waitForURL('**active=never**')
    await page.click('thead >> text=Home')
    await page.locator('[aria-sort=ascending]', { hasText: 'Home' }).waitFor()
    expect(await page.inputValue('#active')).toBe('never')
    await page.click('text=Next page')
    await page.locator('text=First page').waitFor()
    await look(page, `homeowners-page-2-${screen}`)
    await page.fill('#q', 'nobody of this name')
    await page.click('.filter-bar button')
    await page.locator('text=Nobody matches').waitFor()
    await look(page, `homeowners-none-${screen}`)
    await page.goto('/developer/homeowners?sort=password')
    await look(page, `homeowners-refused-${screen}`)
    browsed.expectNoComplaints()
  })

  browserTest(`on a ${screen} a place is recorded and a kind switched off`, async () => {
    const page = await browsed.signIn('/developer/places', options)
    await look(page, `places-${screen}`)
    await page.fill('#name', `Glen Bakery ${screen}`)
    await page.selectOption('#category', 'cafe')
    await page.fill('#latitude', 'north')
    await page.click('#place-form button')
    await page.locator('.field-error >> nth=0').waitFor()
    await look(page, `places-refused-${screen}`)
    await page.fill('#latitude', '51.92701')
    await page.fill('#longitude', '-8.45402')
    await page.click('#place-form button')
    await page.locator(`tbody th:has-text("Glen Bakery ${screen}")`).waitFor()
    await page.uncheck('#kinds [value=cafe]')
    await page.click('#kinds button')
    await page.locator('text=its kind is switched off').first().waitFor()
    await page.selectOption('#kind-shown', 'cafe')
    await page.waitForURL('**category=cafe**')
    await look(page, `places-cafes-${screen}`)
    await page.click(`text=Correct Glen Bakery ${screen}`)
    await look(page, `places-correct-${screen}`)
    await page.check('#kinds [value=cafe]')
    await page.click('#kinds button')
    browsed.expectNoComplaints()
  })

  browserTest(`on a ${screen} a pin is dragged to where the home is`, async () => {
    const page = await browsed.signIn('/developer/site-map', options)
    await page.locator('[data-pins-shown]').waitFor()
    await look(page, `site-map-${screen}`)
    await page.selectOption('#position', 'missing')
    await page.waitForURL('**position=missing**')
    await look(page, `site-map-missing-${screen}`)
    await page.goto('/developer/site-map')
    await page.click('tbody a:has-text("Fix pin") >> nth=1')
    const pin = page.locator('.leaflet-marker-draggable')
    await pin.waitFor()
    const before = await page.inputValue('#latitude')
    await pin.scrollIntoViewIfNeeded()
    const box = (await pin.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2 - 40, { steps: 6 })
    await page.mouse.up()
    const after = await page.inputValue('#latitude')
    expect(Number(after)).toBeGreaterThan(Number(before))
    await look(page, `site-map-pin-${screen}`)
    await page.click('#pin button')
    await page.locator('text=Distances in the app are measured from there now').waitFor()
    expect(await page.textContent('tbody')).toContain(Number(after).toFixed(5))
    browsed.expectNoComplaints()
  })

  browserTest(`on a ${screen} the new settings are one page each, and a colour is worn`, async () => {
    const page = await browsed.signIn('/developer/settings/branding', options)
    await page.fill('#accent', '#fff3b0')
    await page.click('main form[enctype] button')
    await page.locator('.field-error').waitFor()
    await look(page, `branding-refused-${screen}`)
    await page.fill('#accent', '#2e8b6f')
    await page.click('main form[enctype] button')
    await page.locator('text=Everybody sees it').waitFor()
    await look(page, `branding-${screen}`)
    const gold = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--gold').trim())
    expect(await gold()).toBe('#2e8b6f')
    await page.goto('/developer')
    await look(page, `today-in-green-${screen}`)
    await page.goto('/developer/settings/branding')
    await page.fill('#accent', '')
    await page.click('main form[enctype] button')
    await page.locator('text=Everybody sees it').waitFor()
    expect(await gold()).toBe('#d4af37')
    for (const name of ['Retention', 'Developments']) {
      await page.click(`.filters >> text=${name}`)
      await page.locator('h1', { hasText: name }).waitFor()
      await look(page, `${name.toLowerCase()}-${screen}`)
    }
    await page.goto('/developer/settings/retention')
    await page.fill('#mails', '1')
    await page.click('main form button')
    await page.locator('.field-error').waitFor()
    await look(page, `retention-refused-${screen}`)
    browsed.expectNoComplaints()
  })

  browserTest(`on a ${screen} the renewal is read, printed and begun`, async () => {
    const page = await browsed.signIn('/developer/renewal', options)
    await look(page, `renewal-${screen}`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.staff-main form button').isVisible()).toBe(false)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/renewal-print-${screen}.png`, fullPage: true })
    await page.emulateMedia({ media: 'screen' })
    await page.click('tbody a >> nth=0')
    await page.fill('#expires_on', 'soon')
    await page.click('text=Save the date')
    await page.locator('.field-error').waitFor()
    await look(page, `document-expiry-${screen}`)
    await page.fill('#expires_on', '1/2/2020')
    await page.click('text=Save the date')
    await page.locator('text=Expired 1 Feb 2020').first().waitFor()
    await page.goto('/developer/renewal')
    await page.locator('text=To be renewed first').waitFor()
    await page.click('text=Read all documents again')
    await page.locator('text=will be read again').waitFor()
    await look(page, `renewal-begun-${screen}`)
    browsed.expectNoComplaints()
  })
}
