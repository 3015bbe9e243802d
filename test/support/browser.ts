// Opens the one Chromium of a browser test file and collects what a page must never do.

import { test } from 'bun:test'
import { existsSync } from 'node:fs'
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
const required = process.env.REQUIRE_BROWSER === '1'

/** `test`, or a skip by name where Chromium is missing; with REQUIRE_BROWSER=1 the test runs and fails instead. */
export const browserTest = chromiumIsPresent || required ? test : test.skip

/** Undefined where browser tests are skipped, so that `beforeAll` does not fail for them. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (!chromiumIsPresent && !required) return undefined
  return chromium.launch({ executablePath: CHROMIUM_PATH, args: ARGUMENTS })
}

export type WatchedPage = {
  page: Page /** Console errors, exceptions and CSP violations so far. */
  complaints: string[]
}

/** Lines the browser itself writes for a status that the step expects, e.g. 422. */
const isNetworkLine = (text: string) => text.startsWith('Failed to load resource')

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (!isNetworkLine(message.text())) complaints.push(`console: ${message.text()}`)
  })
  return { page, complaints }
}
