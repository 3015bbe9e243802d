// The surroundings of a browser test file: one Chromium and one application for all its tests, a page or more for each.
import { afterAll, beforeAll, beforeEach } from 'bun:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetReading } from '#src/acknowledgements.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { type BrowsedApp, ingest, startBrowsedApp } from './browsed-app.ts'
import { type OpenedPages, openedPages } from './opened-pages.ts'

type Account = { email: string; password: string }

export type BrowsedTests = Pick<OpenedPages, 'complaintsOf' | 'expectNoComplaints'> & {
  /** Only inside tests: it is started before the first. */
  readonly app: BrowsedApp
  /** A page of the application that is watched, and closed after the test. */
  open(options: BrowserContextOptions): Promise<Page>
  /** Fills the form in front of somebody and sends it. */
  enter(page: Page, account: Account): Promise<void>
  /** A page at this path, signed in as who it is for: an administrator, or the operator for the console. */
  signIn(path: string, options: BrowserContextOptions): Promise<Page>
}

/** @param titles documents of the demonstration that the tests need read */
export function browsedTests(testMs: number, titles: string[] = []): BrowsedTests {
  const pages = openedPages(testMs)
  let app: BrowsedApp | undefined

  beforeAll(async () => {
    if (!pages.browser) return
    app = await startBrowsedApp()
    if (titles.length > 0) await ingest(app, titles)
  }, testMs)
  beforeEach(() => {
    forgetAttempts()
    forgetLimits()
    forgetReading()
  })
  afterAll(() => app?.stop())

  const started = (): BrowsedApp => {
    if (!app) throw new Error('the application of a browser test is there only while its tests run')
    return app
  }
  const open = (options: BrowserContextOptions) => pages.open({ ...options, baseURL: started().url })
  const enter = async (page: Page, { email, password }: Account): Promise<void> => {
    await page.fill('[name=email]', email)
    await page.fill('[name=password]', password)
    await page.click('main button')
  }
  return {
    get app() {
      return started()
    },
    open,
    enter,
    async signIn(path, options) {
      const { admins, super_admin } = started().demo
      const page = await open(options)
      await page.goto(path)
      await enter(page, path.startsWith('/admin') ? super_admin : admins[0]!)
      await page.waitForURL(`**${path}`)
      return page
    },
    complaintsOf: pages.complaintsOf,
    expectNoComplaints: pages.expectNoComplaints,
  }
}
