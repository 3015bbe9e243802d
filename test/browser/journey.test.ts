// A household's way through its app in a real browser, over the real application: from the printed link to signing out.
import { expect } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { browsedTests } from '../support/browsed-tests.ts'
import { browserTest, faultsOf } from '../support/browser.ts'

const TEST_MS = 60_000
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1280, height: 800 } }
const NO_SCRIPTS = { ...PHONE, javaScriptEnabled: false }
const FILTERS = 'How often should I clean the ventilation filters?'

const browsed = browsedTests(TEST_MS, [
  'Home User Guide',
  'House Type BS01 Floor Plan',
  'House Type BD01 Floor Plan',
])

/** Homes of one type in one development; the tests after the first do not mind who was there before. */
const home = (position: 0 | 1) =>
  browsed.app.demo.homes.filter(({ house_type }) => house_type === 'BS01')[position]!
const linkOf = (position: 0 | 1) => browsed.app.url + new URL(home(position).url).pathname

async function enterCode(page: Page, code: string): Promise<void> {
  await page.fill('[name=access_code]', code)
  await page.click('text=Open my home')
}

/** Claims the home, skips the welcome, and stands in front of the empty chat. */
async function moveIn(options: BrowserContextOptions, position: 0 | 1): Promise<Page> {
  const page = await browsed.open(options)
  await page.goto(linkOf(position))
  await enterCode(page, home(position).access_code)
  if (new URL(page.url()).pathname === '/intro') await page.click('.intro-main button')
  await page.locator('.hero-greeting').waitFor()
  return page
}

/** Sends by Enter and waits for the finished answer. */
async function ask(page: Page, question: string): Promise<string | null> {
  const before = await page.locator('.message-assistant').count()
  await page.fill('#question', question)
  await page.keyboard.press('Enter')
  await page.locator(`.message-assistant[aria-busy=false] >> nth=${before}`).waitFor()
  await page.locator('[data-chat]:not([data-streaming])').waitFor()
  return page.locator('.message-assistant').last().textContent()
}

const isInView = (page: Page, selector: string) =>
  page
    .locator(selector)
    .last()
    .evaluate((element) => {
      const { top } = element.getBoundingClientRect()
      return top >= 60 && top < window.innerHeight - 100
    })

async function expectNoFaults(page: Page, options = { axe: true }): Promise<void> {
  expect(await faultsOf(page, options)).toEqual([])
}

browserTest(
  'a slip of the code is told, the code in small letters opens, the welcome comes once',
  async () => {
    const page = await browsed.open(PHONE)
    await page.goto('/documents')
    await page.locator('text=Scan your code to begin').waitFor()
    await expectNoFaults(page, { axe: false })
    await page.goto(`${linkOf(0)}?next=/home`)
    await expectNoFaults(page, { axe: false })
    await enterCode(page, 'AB-234-CDEF')
    await page.locator('.field-error').waitFor()
    await expectNoFaults(page, { axe: false })
    await enterCode(page, home(0).access_code.toLowerCase().replaceAll('-', ''))
    await page.waitForURL('**/home')
    await page.click('.tab >> nth=0')
    await page.waitForURL('**/intro')
    for (const name of home(0).purchasers) expect(await page.textContent('.intro-names')).toContain(name)
    await page.click('.intro-main button')
    await page.locator('.hero').waitFor()
    await expectNoFaults(page)
    await page.goto('/intro')
    expect(new URL(page.url()).pathname).toBe('/')
    browsed.expectNoComplaints()
  },
)

browserTest(
  'an answer names its source, the source opens at the marked words, going back finds the answer',
  async () => {
    const page = await moveIn(PHONE, 1)
    expect(await ask(page, 'What heating do I have?')).toContain('heat pump')
    await ask(page, FILTERS)
    expect(await page.locator('blockquote').textContent()).toContain('ventilation filters')
    expect(await page.locator('.sources').first().textContent()).toContain('Home User Guide, p. ')
    expect(await isInView(page, '.message-purchaser')).toBe(true)
    await expectNoFaults(page)
    await page.locator('.message-assistant').last().locator('.sources a').first().click()
    await page.locator('mark#quote').waitFor()
    expect(await isInView(page, 'mark#quote')).toBe(true)
    expect(await page.locator('mark').first().textContent()).toContain('filters')
    await expectNoFaults(page)
    await page.goBack()
    await page.locator('blockquote').waitFor()
    expect(new URL(page.url()).pathname).toStartWith('/conversations/')
    expect(await isInView(page, 'blockquote')).toBe(true)
    await page.reload()
    expect(await page.locator('.message').count()).toBe(4)
    await page.click('text=New conversation')
    await page.locator('.hero-latest a').click()
    await page.locator('blockquote').waitFor()
    await page.click('text=Conversations')
    await page.locator('.document-link', { hasText: 'What heating do I have?' }).waitFor()
    await expectNoFaults(page)
    browsed.expectNoComplaints()
  },
)

browserTest(
  'the file itself opens in the browser’s viewer at its page, and can only be read by who was given it',
  async () => {
    const page = await moveIn(DESKTOP, 0)
    await page.click('.tab >> nth=2')
    await page.click('text=Home User Guide')
    await page.click('[rel=next]')
    await page.locator('text=Page 2 of').waitFor()
    await page.click('[rel=prev]')
    await page.locator('text=Page 1 of').waitFor()
    await page.click('[rel=next]')
    const served = page.waitForResponse((response) => response.url().includes('/files/'))
    await page.click('text=Open PDF at this page')
    const response = await served
    expect(response.status()).toBe(200)
    const headers = await response.allHeaders()
    expect(headers['content-type']).toBe('application/pdf')
    expect(headers['content-disposition']).toStartWith('inline; ')
    expect(headers['x-content-type-options']).toBe('nosniff')
    await page.waitForURL(/#page=2$/)
    const viewer = () => page.frames().some((frame) => frame.url().startsWith('chrome-extension://'))
    if (!viewer()) await page.waitForEvent('frameattached', { predicate: viewer })
    expect((await page.request.get(page.url().replace(/.#.*$/, ''))).status()).toBe(404)
    browsed.expectNoComplaints()
  },
)

browserTest(
  'an offer is taken up, an emergency shows whom to call first, a gap goes to the builder',
  async () => {
    const page = await moveIn(PHONE, 1)
    expect(await ask(page, 'Can I see my floor plan?')).toContain('House Type BS01 Floor Plan')
    expect(await page.locator('.download').count()).toBe(1)
    expect(await ask(page, 'yes please')).toMatch(/Living room: .*\sm²/)
    await ask(page, 'I smell gas')
    expect(await isInView(page, '.emergency-title')).toBe(true)
    expect(
      await page.locator('.emergency a[href="tel:999"], .emergency a[href="tel:112"]').count(),
    ).toBeGreaterThan(0)
    expect(await page.locator('.emergency a[href="tel:1800205050"]').count()).toBe(1)
    await expectNoFaults(page)
    await ask(page, 'Who painted the mural in the crypt?')
    await page.click('.gap button')
    await page.locator('.gap', { hasText: 'The builder has your question' }).waitFor()
    expect(await ask(page, 'Who lives at number 12?')).toContain('your own home')
    expect(await page.locator('.sources').count()).toBe(2)
    await expectNoFaults(page)
    await page.reload()
    await page.locator('.gap', { hasText: 'The builder has your question' }).waitFor()
    expect(await page.locator('.message-purchaser').count()).toBe(5)
    browsed.expectNoComplaints()
  },
)

browserTest(
  'the home, its documents and the notice are complete, and who signs out comes back to the page asked for',
  async () => {
    const page = await moveIn(PHONE, 0)
    for (const tab of [1, 2]) {
      await page.click(`.tab >> nth=${tab}`)
      await page.locator('.tab[aria-current]').nth(0).waitFor()
      await expectNoFaults(page)
    }
    expect(await page.locator('.document-list').allInnerTexts()).not.toContainEqual(
      expect.stringContaining('BD01'),
    )
    await page.click('.profile summary')
    await expectNoFaults(page)
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.profile-menu')).toBe(false)
    await page.click('.profile summary')
    await page.click('text=Privacy and AI notice')
    await page.locator('text=Longview Estates, the builder of your home').waitFor()
    await expectNoFaults(page)
    await page.click('text=Back to the app')
    await page.click('.profile summary')
    await page.click('text=Sign out')
    await page.goto('/documents')
    await enterCode(page, home(0).access_code)
    await page.waitForURL('**/documents')
    browsed.expectNoComplaints()
  },
)

browserTest(
  'without scripts the same way leads from the code to the answer, its source and the builder',
  async () => {
    const page = await moveIn(NO_SCRIPTS, 0)
    await page.click(`text=${FILTERS}`)
    await page.locator('blockquote').waitFor()
    expect(await page.locator('.message').count()).toBe(2)
    await page.fill('#question', 'Who painted the mural in the crypt?')
    await page.click('.composer-form .send:not(.stop)')
    await page.click('.gap button')
    await page.waitForURL(/\/conversations\/.*#gap-/)
    await page.locator('.gap', { hasText: 'The builder has your question' }).waitFor()
    await page.locator('.sources a').first().click()
    await page.locator('mark#quote').waitFor()
    await page.click('.profile summary')
    await page.click('text=Sign out')
    await page.locator('[name=access_code]').waitFor()
  },
)

browserTest('two phones of one household are signed in at once, and one signs out alone', async () => {
  const [mine, yours] = [await moveIn(PHONE, 1), await moveIn(PHONE, 1)]
  await Promise.all([ask(mine, 'What heating do I have?'), ask(yours, 'Can I see my floor plan?')])
  await mine.click('.profile summary')
  await mine.click('text=Sign out')
  await mine.locator('[name=access_code]').waitFor()
  expect(await ask(yours, 'yes please')).toContain('Living room')
  browsed.expectNoComplaints()
})
