// The forms of the builder's portal in a real browser, each sent empty and sent wrong: what is wrong is said at its
// field, what was typed is still there, and nothing is written to the console.
import { afterAll, beforeAll, expect, setDefaultTimeout } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { forgetLimits } from '#src/http/limits.ts'
import { paths } from '#views/paths.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { browserTest, faultsOf, launchBrowser, openPage } from '../support/browser.ts'

const TEST_MS = 180_000
setDefaultTimeout(TEST_MS)
const TABLET = { viewport: { width: 820, height: 1180 } }

type FormCase = {
  page: string
  /** A field that only this form of the page has. */
  has: string
  /** Whether it may be sent with nothing in it. */
  emptyIsRight?: boolean
  /** Sent as they are; the ones that are right, and the ones that are not. */
  typed: Record<string, string>
  /** Passwords are never sent back. */
  notKept?: string[]
}

const forms: FormCase[] = [
  {
    page: paths.developer.settings(),
    has: 'email',
    typed: { name: 'Aoife Ní Bhriain', email: 'aoife at home' },
  },
  {
    page: paths.developer.developments(),
    has: 'eircode',
    typed: { name: 'Glenamore', address_line: 'Dublin Hill', locality: 'Cork', eircode: 'nowhere' },
  },
  {
    page: paths.developer.facts(),
    has: 'label',
    typed: { label: 'Paint of the hall', value: 'Chalk white' },
  },
  { page: paths.developer.apiKeys(), has: 'origins', typed: { name: 'Our website', origins: 'not a site' } },
  { page: paths.developer.webhooks(), has: 'url', typed: { url: 'http://example.ie/hook' } },
  { page: paths.developer.branding(), has: 'accent', emptyIsRight: true, typed: { accent: 'reddish' } },
  {
    page: paths.developer.secondFactor(),
    has: 'current',
    typed: { current: 'not my password', password: 'short' },
    notKept: ['current', 'password'],
  },
  { page: paths.developer.knowledge(), has: 'answer', typed: { question: 'Where is the attic hatch?' } },
  { page: paths.developer.testConsole(), has: 'question', typed: { question: ' ' } },
  { page: paths.developer.golden(), has: 'phrase', typed: { question: 'How warm is it?', page: 'three' } },
  { page: paths.developer.notices(), has: 'publish_at', typed: { title: 'The road is closed' } },
  { page: paths.developer.responsibilities(), has: 'evidence', typed: { thing: 'The pump station' } },
  { page: paths.developer.maintenance(), has: 'months', typed: { title: 'Sweep the flue', months: 'xii' } },
  { page: paths.developer.checklists(), has: 'checklist', typed: { title: ' ', note: 'Bring a torch' } },
  {
    page: paths.developer.places(),
    has: 'latitude',
    typed: { name: 'Glen Bakery', latitude: 'north', longitude: 'west' },
  },
]

let browser: Browser
let app: TestApp
let url: string

beforeAll(async () => {
  browser = (await launchBrowser())!
  if (!browser) return
  app = await startTestApp()
  url = app.listen()
}, TEST_MS)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** What the server says is looked at, so the browser's own checks are left out. */
async function send(page: Page, has: string): Promise<void> {
  const form = page.locator('main form[method=post]').filter({ has: page.locator(`[name=${has}]`) })
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.first().evaluate((element: HTMLFormElement) => {
      element.noValidate = true
      element.requestSubmit()
    }),
  ])
  await answer.finished()
  await page.waitForLoadState('load')
}

const saysWhatIsWrong = (page: Page) =>
  page.locator('main .field-error, main .notice-error').filter({ visible: true }).count()

async function faultsOfForm(page: Page, { has, emptyIsRight, typed, notKept = [], ...form }: FormCase) {
  const faults: string[] = []
  const look = async (as: string) => {
    if ((await saysWhatIsWrong(page)) === 0) faults.push(`${as}: nothing is said`)
    for (const fault of await faultsOf(page, { axe: false })) faults.push(`${as}: ${fault}`)
  }
  forgetLimits()
  if (!emptyIsRight) {
    await page.goto(form.page)
    await send(page, has)
    await look('empty')
  }
  await page.goto(form.page)
  const field = (name: string) => page.locator(`main form:has([name=${has}]) [name=${name}]`).first()
  for (const summary of await page.locator(`details:not([open]):has([name=${has}]) > summary`).all())
    await summary.click()
  for (const [name, value] of Object.entries(typed)) await field(name).fill(value)
  await send(page, has)
  await look('wrong')
  for (const [name, value] of Object.entries(typed)) {
    const now = await field(name).inputValue()
    const kept = notKept.includes(name) ? '' : value
    if (now.trim() !== kept.trim()) faults.push(`${name} says “${now}” instead of “${kept}”`)
  }
  // Whoever opens the address again is on a page.
  const again = await page.goto(page.url())
  if (again?.status() !== 200) faults.push(`opened again: ${again?.status()}`)
  return faults
}

browserTest('each form of the portal says at its fields what is wrong and keeps what was typed', async () => {
  const { page, complaints } = await openPage(browser, { ...TABLET, baseURL: url })
  await page.goto(paths.developer.signIn())
  await page.fill('[name=email]', app.demo.admins[0]!.email)
  await page.fill('[name=password]', app.demo.admins[0]!.password)
  await page.click('main button')
  await page.waitForURL('**/developer')
  const found: string[] = []
  for (const form of forms)
    for (const fault of await faultsOfForm(page, form)) found.push(`${form.page} ${form.has}: ${fault}`)
  expect(found).toEqual([])
  expect(complaints).toEqual([])
})
