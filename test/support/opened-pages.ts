// One Chromium for the tests of a file, and its pages: each is watched while its test runs, and closed after it.
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'

export type OpenedPages = {
  /** Only inside tests, and in what is prepared for them: undefined where they are skipped. */
  readonly browser: Browser | undefined
  open(options?: BrowserContextOptions): Promise<Page>
  /** What a page of this test has written to its console, thrown, or run into of the policy; it grows. */
  complaintsOf(page: Page): string[]
  expectNoComplaints(): void
}

export function openedPages(testMs: number): OpenedPages {
  let browser: Browser | undefined
  let opened: WatchedPage[] = []

  setDefaultTimeout(testMs)
  beforeAll(async () => {
    browser = await launchBrowser()
  }, testMs)
  afterEach(async () => {
    for (const { page } of opened) await page.context().close()
    opened = []
  })
  afterAll(() => browser?.close())

  return {
    get browser() {
      return browser
    },
    async open(options = {}) {
      if (!browser) throw new Error('a browser test runs without its browser')
      const watched = await openPage(browser, options)
      opened.push(watched)
      return watched.page
    },
    complaintsOf: (page) => opened.find((each) => each.page === page)?.complaints ?? [],
    expectNoComplaints: () => expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]),
  }
}
