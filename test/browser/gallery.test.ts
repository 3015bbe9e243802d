// The gallery in a real browser: accessible, quiet, never wider than the screen; and its islands do their work.
import { expect } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { AXE_TAGS, browserTest, openPage, type WatchedPage } from '../support/browser.ts'
import { galleryTests } from '../views/gallery-tests.ts'
import { PAGES } from '../views/pages.ts'

const LAYOUT_SHIFT_MAX = 0.02
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1440, height: 900 } }
const NARROW = { viewport: { width: 320, height: 640 }, isMobile: true }

const gallery = galleryTests(60_000)

const visit = (name: string, options: BrowserContextOptions = PHONE): Promise<Page> =>
  gallery.visit(name, options)

// Axe takes most of a second a page, so each page is checked on the screen it is made for.
const isStaffPage = (name: string) => name.startsWith('developer-') || name.startsWith('admin-')
// As high as the longest page: what lies under the fixed tabs until somebody scrolls would count as too small a target.
const WHOLE_PAGE_ON_PHONE = { ...PHONE, viewport: { width: 390, height: 3_000 } }
const screens = [
  {
    label: 'the purchaser’s pages on a phone',
    options: WHOLE_PAGE_ON_PHONE,
    belongs: (name: string) => !isStaffPage(name),
  },
  { label: 'the staff’s pages on a desktop', options: DESKTOP, belongs: isStaffPage },
]

// A page a test, so that each has the time of one; a screen's tests share a tab, because opening one costs more than axe.
for (const { label, options, belongs } of screens) {
  let screen: WatchedPage | undefined
  for (const name of Object.keys(PAGES).filter(belongs)) {
    browserTest(`axe finds nothing to object to: ${label}, ${name}`, async () => {
      screen ??= await openPage(gallery.browser!, { ...options, reducedMotion: 'reduce' })
      const { page, complaints } = screen
      complaints.length = 0
      await page.goto(gallery.addressOf(name))
      const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      )
      expect(complaints).toEqual([])
    })
  }
}

browserTest('no page is wider than a 320 px screen, however long the names are', async () => {
  const page = await visit('chat-empty', NARROW)
  const wide: string[] = []
  for (const name of Object.keys(PAGES)) {
    await page.goto(gallery.addressOf(name))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) wide.push(`${name} by ${overflow} px`)
  }
  expect(wide).toEqual([])
})

browserTest('a question sent by Enter streams its answer into the log and is announced once', async () => {
  const page = await visit('chat-empty')
  await page.fill('#question', 'hold')
  await page.keyboard.press('Enter')
  await page
    .locator('.message-assistant[aria-busy=true] .answer-text', { hasText: 'with <three> zones.' })
    .waitFor()
  expect(await page.isVisible('.hero')).toBe(false)
  expect(await page.isVisible('.stop')).toBe(true)
  expect(await page.textContent('#announcer')).toBe('')
  await page.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift' })
  })
  const widthWhileStreaming = (await page.locator('.message-assistant .bubble').boundingBox())!.width
  gallery.continueAnswer()
  await page.locator('.message-assistant[aria-busy=false] .sources').waitFor()
  await page.locator('[data-chat]:not([data-streaming])').waitFor()
  expect((await page.locator('.message-assistant .bubble').boundingBox())!.width).toBe(widthWhileStreaming)
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(LAYOUT_SHIFT_MAX)
  expect(await page.textContent('#announcer')).toContain('air-to-water heat pump')
  expect(await page.inputValue('#conversation')).toBe('c1')
  expect(await page.inputValue('#question')).toBe('')
  gallery.expectNoComplaints()
})

browserTest('a suggestion is a question, and Shift+Enter only starts a new line', async () => {
  const page = await visit('chat-empty')
  await page.click('text=Show me my floor plan')
  await page.locator('.sources').waitFor()
  expect((await page.textContent('.message-purchaser .bubble'))!.trim()).toBe('Show me my floor plan')
  await page.fill('#question', 'first')
  await page.keyboard.press('Shift+Enter')
  expect(await page.inputValue('#question')).toBe('first\n')
  expect(await page.locator('.message-purchaser').count()).toBe(1)
})

browserTest('a stopped answer keeps what was written and the next question can be asked', async () => {
  const page = await visit('chat-empty')
  await page.fill('#question', 'hold')
  await page.click('.send:not(.stop)')
  await page.locator('.answer-text', { hasText: 'zones.' }).waitFor()
  await page.click('.stop')
  await page.locator('.answer-note', { hasText: 'Stopped.' }).waitFor()
  expect(await page.textContent('.answer-text')).toContain('air-to-water')
  await page.fill('#question', 'go on')
  await page.keyboard.press('Enter')
  await page.locator('.sources').waitFor()
  gallery.expectNoComplaints()
})

browserTest(
  'an answer that breaks off offers to send the same question with the same key again',
  async () => {
    const page = await visit('chat-empty')
    const keys: (string | null)[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST')
        keys.push(new URLSearchParams(request.postData() ?? '').get('request_key'))
    })
    await page.fill('#question', 'cut')
    await page.keyboard.press('Enter')
    await page.locator('.notice', { hasText: 'The connection was lost' }).waitFor()
    await page.click('text=Try again')
    await page.locator('.notice', { hasText: 'The connection was lost' }).waitFor()
    expect(keys).toEqual(['k1', 'k1'])
    expect(await page.locator('.message-purchaser').count()).toBe(1)
  },
)

browserTest('a question that could not be sent can be sent again once the network is back', async () => {
  const page = await visit('chat-empty')
  await page.context().setOffline(true)
  await page.fill('#question', 'hello')
  await page.keyboard.press('Enter')
  await page.locator('.notice', { hasText: 'The connection was lost' }).waitFor()
  await page.context().setOffline(false)
  await page.click('text=Try again')
  await page.locator('.sources').waitFor()
  expect(await page.locator('.message-purchaser').count()).toBe(1)
  expect(await page.locator('#log .notice').count()).toBe(0)
})

browserTest('a refused question shows why and comes back into the input', async () => {
  const page = await visit('chat-empty')
  await page.fill('#question', 'refuse')
  await page.keyboard.press('Enter')
  await page.locator('#log .notice-error', { hasText: 'Please wait 12 seconds.' }).waitFor()
  await page.locator('[data-chat]:not([data-streaming])').waitFor()
  expect(await page.inputValue('#question')).toBe('refuse')
})

browserTest('asking the builder turns the offer into its receipt in place', async () => {
  const page = await visit('chat-other-answers')
  await page.click('text=Ask the builder')
  await page.locator('#gap-g1', { hasText: 'The builder has your question' }).waitFor()
  gallery.expectNoComplaints()
})

browserTest('the reader who scrolled up is not pulled down by the stream', async () => {
  const page = await visit('chat-other-answers')
  const position = () => page.evaluate(() => document.querySelector('[data-chat-scroll]')!.scrollTop)
  expect(await position()).toBeGreaterThan(0)
  await page.fill('#question', 'hold')
  await page.keyboard.press('Enter')
  await page.locator('.answer-text', { hasText: 'with <three> zones.' }).waitFor()
  await page.evaluate(() => {
    document.querySelector('[data-chat-scroll]')!.scrollTop = 0
  })
  gallery.continueAnswer()
  await page.locator('[data-chat]:not([data-streaming])').waitFor()
  expect(await position()).toBe(0)
})

browserTest(
  'files upload one by one: the good one becomes a row that follows its progress, the bad one says why',
  async () => {
    const page = await visit('developer-documents-empty', DESKTOP)
    expect(await page.isVisible('.empty')).toBe(true)
    await page.setInputFiles('#file', [
      { name: 'guide.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 invented') },
      { name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') },
    ])
    await page.click('.upload-actions button')
    await page.locator('.upload-item', { hasText: 'Only PDF documents' }).waitFor()
    await page.locator('#document-uploaded .badge-success').waitFor()
    expect(await page.locator('.upload-item').count()).toBe(1)
    expect(await page.isVisible('.empty')).toBe(false)
    gallery.expectNoComplaints()
  },
)

browserTest(
  'the welcome ends by itself after its three slides, and stands still for people who want less motion',
  async () => {
    const page = await visit('intro-long')
    const left = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/intro'),
    )
    expect(await page.isVisible('text=Skip')).toBe(true)
    await left
    await page.context().close()
    const still = await visit('intro', { ...PHONE, reducedMotion: 'reduce' })
    expect(await still.isVisible('text=Continue')).toBe(true)
    expect(await still.evaluate(() => document.getAnimations().length)).toBe(0)
  },
)

browserTest('without scripts the chat, the switch and the welcome are ordinary forms', async () => {
  const page = await visit('developer-today', { ...DESKTOP, javaScriptEnabled: false })
  expect(await page.isVisible('.switch button')).toBe(true)
  await page.goto(gallery.addressOf('intro'))
  expect(await page.isVisible('text=Continue')).toBe(true)
  expect(await page.isVisible('text=Tom O’Dowd')).toBe(true)
  await page.goto(gallery.addressOf('chat-empty'))
  await page.fill('#question', 'hello')
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.click('.composer-form .send:not(.stop)')
  expect(new URLSearchParams((await posted).postData() ?? '').get('question')).toBe('hello')
})
