// Opens the one Chromium of a browser test file and collects what a page must never do.

import { test } from 'bun:test'
import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CHROMIUM_PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const chromiumIsPresent = existsSync(CHROMIUM_PATH)
/** A step of a test is a click or a page, never more. */
const STEP_MS_MAX = 30_000

const required = process.env.REQUIRE_BROWSER === '1'

/** `test`, or a skip by name where Chromium is missing; with REQUIRE_BROWSER=1 the test runs and fails instead. */
export const browserTest = chromiumIsPresent || required ? test : test.skip

/** Undefined where browser tests are skipped, so that `beforeAll` does not fail for them. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (!chromiumIsPresent && !required) return undefined
  return chromium.launch({ executablePath: CHROMIUM_PATH, args: ARGUMENTS })
}

export type WatchedPage = {
  page: Page
  /** Console errors, exceptions and CSP violations so far. */
  complaints: string[]
}

/** Lines the browser itself writes for a status that the step expects, e.g. 422. */
const isNetworkLine = (text: string) => text.startsWith('Failed to load resource')

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(STEP_MS_MAX)
  const complaints: string[] = []
  // Chromium reports a violation of the policy to the page first; the console line may come without the reason.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (violation) =>
      console.error(`policy: ${violation.violatedDirective} blocked ${violation.blockedURI}`),
    )
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[])
        if (!entry.hadRecentInput) shifts.push(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (!isNetworkLine(message.text())) complaints.push(`console: ${message.text()}`)
  })
  return { page, complaints }
}

const LAYOUT_SHIFT_MAX = 0.02
export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wrong with the page as it stands now, in words; empty when nothing is. Axe takes most of a second. */
export async function faultsOf(page: Page, options: { axe: boolean }): Promise<string[]> {
  const { text, width, shift } = await page.evaluate(() => ({
    text: document.body.textContent ?? '',
    width: document.documentElement.scrollWidth - window.innerWidth,
    shift: ((window as unknown as { shifts?: number[] }).shifts ?? []).reduce((sum, one) => sum + one, 0),
  }))
  const faults: string[] = []
  const empty = /.*\b(?:undefined|NaN|null|Invalid Date)\b.*|.*\[object .*/.exec(text)
  if (empty) faults.push(`says “${empty[0]}”`)
  if (width > 0) faults.push(`is ${width} px too wide`)
  if (shift > LAYOUT_SHIFT_MAX) faults.push(`shifts by ${shift}`)
  const all = faults.map((fault) => `${new URL(page.url()).pathname} ${fault}`)
  return options.axe ? [...all, ...(await axeFaultsOf(page))] : all
}

/** What axe finds. Legacy: without frames of other sites there is nothing to gather in a page of its own, which takes longest. */
export async function axeFaultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: { type: 'tag', values: AXE_TAGS }, resultTypes: ['violations'] })
    .analyze()
  return violations.map(
    ({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
}
