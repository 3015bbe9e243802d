// What no rule of axe sees: a walk by keyboard, a page at twice its size, an answer while it is being written.
import { expect } from 'bun:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { AXE_TAGS, browserTest } from '../support/browser.ts'
import { galleryTests } from '../views/gallery-tests.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1280, height: 800 } }
/** 1280 × 800 at 200 % (WCAG 1.4.4). */
const ZOOMED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }
/** More than any page has. */
const STOPS_MAX = 150
const WALKED = [
  'chat-empty',
  'chat-answers',
  'documents',
  'map',
  'snag-form-errors',
  'moving-on-asked',
  'preferences',
]
const ZOOMED_PAGES = [
  ...['chat-empty', 'chat-answers', 'documents-long', 'document', 'home', 'map', 'snag-form-errors', 'snags'],
  ...[
    'notices',
    'my-data',
    'moving-on-unconfirmed',
    'preferences-no-address',
    'claim-wrong-code',
    'error-404',
  ],
]

const gallery = galleryTests(60_000)

const visit = (name: string, options: BrowserContextOptions): Promise<Page> =>
  gallery.visit(name, { ...options, reducedMotion: 'reduce' })

type Stop = { name: string; index: number; isMarked: boolean; isCovered: boolean; isReached: boolean }

/** The focused element: does it look focused, can it be seen, and where does it stand in the page's order? */
const stop = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    // The chat's field shows it on the pill around it.
    const shown = element.closest('.composer-form textarea') ? element.parentElement! : element
    const { outlineStyle, outlineWidth } = getComputedStyle(shown)
    const box = element.getBoundingClientRect()
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
    // Not one of nine points of it lies open: then it is hidden under something (WCAG 2.4.11).
    const open = [0.1, 0.5, 0.9].flatMap((y) =>
      [0.1, 0.5, 0.9].map((x) => {
        const at = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)
        return at !== null && (element.contains(at) || at.contains(element) || at.tagName === 'LABEL')
      }),
    )
    const text = element.getAttribute('aria-label') ?? element.textContent ?? ''
    return {
      name: `${element.tagName.toLowerCase()} ${text.trim().slice(0, 40)}`,
      index: [...document.querySelectorAll('*')].indexOf(element),
      isMarked: outlineStyle !== 'none' && outlineWidth !== '0px',
      isCovered: !open.includes(true),
      isReached: bottom > top && right > left,
    }
  })

for (const [screen, options] of [
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const)
  for (const name of WALKED)
    browserTest(
      `by keyboard every control of ${name} is reached in order, marked and in sight, on ${screen}`,
      async () => {
        const page = await visit(name, options)
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
        const stops: Stop[] = []
        for (let i = 0; i < STOPS_MAX; i += 1) {
          await page.keyboard.press('Tab')
          const at = await stop(page)
          if (!at || (stops.length > 0 && at.index === stops[0]?.index)) break
          stops.push(at)
        }
        const wrong = stops.flatMap(({ name: control, index, isMarked, isCovered, isReached }, i) => [
          ...(isMarked ? [] : [`${control} does not show its focus`]),
          ...(isReached ? [] : [`${control} stays outside the screen`]),
          ...(isReached && isCovered ? [`${control} is covered`] : []),
          ...(i > 0 && index < (stops[i - 1]?.index ?? 0) ? [`${control} comes too late`] : []),
        ])
        expect(wrong).toEqual([])
        expect(stops.length).toBeGreaterThan(5)
        gallery.expectNoComplaints()
      },
    )

browserTest(
  'at 200 % nothing is cut off sideways, axe has no objection, and the chat’s field is on the screen',
  async () => {
    const page = await visit('chat-answers', ZOOMED)
    const wrong: string[] = []
    for (const name of ZOOMED_PAGES) {
      await page.goto(gallery.addressOf(name))
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wide > 0) wrong.push(`${name} is ${wide} px too wide`)
      const { violations } = await new AxeBuilder({ page })
        .withTags(AXE_TAGS)
        // What the header or the tabs happen to cover is a matter of scrolling.
        .disableRules(['target-size'])
        .analyze()
      for (const { id, nodes } of violations) wrong.push(`${name}: ${id} ${nodes[0]?.html}`)
    }
    expect(wrong).toEqual([])
    await page.goto(gallery.addressOf('chat-answers'))
    const field = (await page.locator('#question').boundingBox())!
    expect(field.y + field.height).toBeLessThanOrEqual(ZOOMED.viewport.height)
  },
)

browserTest(
  'while an answer is being written axe has no objection, and nothing is announced before its end',
  async () => {
    const page = await visit('chat-empty', PHONE)
    await page.evaluate(() => {
      const said: string[] = []
      Object.assign(window, { said })
      new MutationObserver(() => said.push(document.querySelector('#announcer')?.textContent ?? '')).observe(
        document.querySelector('#announcer')!,
        { childList: true, characterData: true, subtree: true },
      )
    })
    await page.fill('#question', 'hold')
    await page.keyboard.press('Enter')
    await page.locator('.message-assistant[aria-busy=true] .answer-text').waitFor()
    const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
    gallery.continueAnswer()
    await page.locator('[data-chat]:not([data-streaming])').waitFor()
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
    expect(said.filter((words) => words !== '').length).toBe(1)
  },
)
