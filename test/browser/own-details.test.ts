// A person corrects their name and mail address under My data, with scripts and without, on a phone and on a desk.
import { expect } from 'bun:test'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

/** The phone is as high as the page: what lies under the fixed tabs counts as too small a target. */
const SIZES = { phone: { width: 390, height: 3_000 }, desk: { width: 1280, height: 800 } }

const tests = browsedTests(60_000)

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
      const home = tests.app.demo.homes[index]!
      const page = await tests.open({
        ...{ viewport: SIZES[size], javaScriptEnabled: hasScripts },
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
      tests.expectNoComplaints()
    },
  )
