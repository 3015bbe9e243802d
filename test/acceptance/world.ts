// What the areas of the acceptance share: the product, the browser, the people in it, and asking politely.
import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage } from '../support/browser.ts'
import type { Checklist } from './checklist.ts'
import { demand } from './checklist.ts'
import type { Product } from './product.ts'

export const DESKTOP = { viewport: { width: 1440, height: 900 } }
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const WAIT_MS_MAX = 60_000
const POLL_MS = 150
const RETRIES_MAX = 3
/** The machine may be busy with other things. */
const STEP_MS_MAX = 30_000

export type Home = { unitId: string; path: string; code: string; number: string; houseType: string }

export type Estate = {
  slug: string
  tenantId: string
  developmentId: string
  admin: { email: string; password: string }
  /** With every scope. */
  key: string
  homes: Home[]
  adminPage: Page
}

export type World = Product & {
  browser: Browser
  list: Checklist
  /** What browsers complained of so far, over all pages. */
  complaints: string[]
  operatorPage: Page
  /** The one that is onboarded, and another with same-looking rows, so that a leak shows. */
  estate: Estate
  other: Estate
}

export async function open(
  world: Pick<World, 'browser' | 'url' | 'complaints'>,
  options: BrowserContextOptions,
) {
  const watched = await openPage(world.browser, {
    ...options,
    baseURL: world.url,
    ignoreHTTPSErrors: true,
  })
  watched.page.setDefaultTimeout(STEP_MS_MAX)
  watched.page.on('pageerror', ({ message }) => world.complaints.push(message))
  watched.page.on('console', (line) => {
    if (line.type() === 'error' && line.text().includes('policy:')) world.complaints.push(line.text())
  })
  return watched.page
}

/** Opens a page; where the product asks for patience, the operator's browser has it. */
export async function visit(page: Page, path: string): Promise<number> {
  for (let tries = 0; ; tries++) {
    const response = await page.goto(path)
    const status = response?.status() ?? 0
    if (status !== 429 || tries === RETRIES_MAX) return status
    await Bun.sleep(1_000 * Number(response?.headers()['retry-after'] ?? 1))
  }
}

/** As a program, or as a browser of the same site whose cookies are given. */
export async function send(
  world: Pick<World, 'url'>,
  path: string,
  init: RequestInit & { key?: string; cookie?: string; form?: Record<string, string> } = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  if (init.key) headers.set('authorization', `Bearer ${init.key}`)
  if (init.cookie) headers.set('cookie', init.cookie)
  if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin')
  const request: RequestInit = {
    method: init.method ?? (init.form ? 'POST' : 'GET'),
    headers,
    redirect: 'manual',
  }
  if (init.form) request.body = new URLSearchParams(init.form)
  else if (init.body) request.body = init.body
  return fetch(world.url + path, request)
}

/** The API's answer; @throws what it said otherwise */
export async function api<T = Record<string, unknown>>(
  world: Pick<World, 'url'>,
  key: string,
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<T> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await send(world, `/api/v1/${path}`, {
    ...{ key, method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  demand(response.ok, `${method} ${path} answered ${response.status}: ${await response.clone().text()}`)
  return (await response.json()) as T
}

export const cookiesOf = async (page: Page): Promise<string> =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

/** Waits for a sign of something that happens by itself. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const deadline = performance.now() + WAIT_MS_MAX; ; ) {
    const found = await look()
    if (found) return found
    demand(performance.now() < deadline, `${what}: waited ${WAIT_MS_MAX / 1_000} s`)
    await Bun.sleep(POLL_MS)
  }
}

export const codeNow = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

/** Password, and a code where one is asked for; who must set it up does so. Returns the secret that is in use then. */
export async function signIn(
  page: Page,
  portal: 'admin' | 'developer',
  account: { email: string; password: string },
  totpSecret: string | null = null,
): Promise<string | null> {
  await page.goto(`/${portal}`)
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.click('main button')
  await page.waitForLoadState()
  if (page.url().includes('/sign-in/enrolment')) {
    const secret = (await page.locator('.one-time').textContent())?.replaceAll(/\s/g, '') ?? ''
    await page.fill('[name=code]', codeNow(secret))
    await page.click('main button')
    await page.click('text=I have kept them')
    await page.waitForURL(`**/${portal}`)
    return secret
  }
  if (page.url().includes('/sign-in/code')) {
    demand(totpSecret, 'a code is asked for, but no secret is known')
    await page.fill('[name=code]', codeNow(totpSecret))
    await page.click('main button')
  }
  await page.waitForURL(`**/${portal}`)
  return totpSecret
}

/** Claims the home with its printed link and code, and stands before the chat. */
export async function moveIn(
  world: World,
  home: Home,
  options: BrowserContextOptions = PHONE,
): Promise<Page> {
  const page = await open(world, options)
  await page.goto(home.path)
  await page.fill('[name=access_code]', home.code)
  await page.click('text=Open my home')
  await page.waitForLoadState()
  if (new URL(page.url()).pathname === '/intro') await page.click('.intro-main button')
  await page.locator('.hero-greeting').waitFor()
  return page
}
