// How soon a builder's page stands on a slow phone: `bun bench/slow-phone.ts`. Results: docs/performance.md.
// 1.6 Mbit/s, 150 ms there and back, a processor slowed four times; the median of some visits. First without anything
// kept by the browser, then as the next page of somebody who has been here.
import { loadavg } from 'node:os'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { freePort, startServer } from '../test/support/server.ts'
import { paths } from '../views/paths.ts'
import { recordResult } from './results.ts'

const VISITS = Number(process.env.VISITS ?? 3)
const SLOWDOWN = Number(process.env.SLOWDOWN ?? 4)
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 }
const PAGE_MS_MAX = 2_000
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}
const DEEP_DIVES = ['engagement', 'chat', 'documents', 'search', 'map', 'geocoding']
const PAGES: Record<string, string> = {
  today: paths.developer.today(),
  homes: paths.developer.homes(),
  documents: paths.developer.documents(),
  questions: paths.developer.questions(),
  snags: paths.developer.snags(),
  ...Object.fromEntries(
    DEEP_DIVES.map((view) => [`insights ${view}`, paths.developer.insights({ view, days: '30' })]),
  ),
}

/** Milliseconds from the start of the navigation. `painted`: the largest thing on the first screen. */
type Visit = { painted: number; loaded: number; kB: number; requests: number }

// `DATA_DIR` names a folder with a finished demonstration; without it a fresh one is made.
const server = await startServer({
  port: Number(process.env.PORT ?? (await freePort())),
  ...(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {}),
})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
const load = loadavg().map((each) => each.toFixed(1))
const figures: Record<string, Record<string, number>> = {}
try {
  const signedIn = await signIn(browser)
  for (const [name, path] of Object.entries(PAGES)) {
    const first: Visit[] = []
    const next: Visit[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      const context = await browser.newContext({ ...PHONE, storageState: signedIn })
      const page = await context.newPage()
      await slowDown(page)
      first.push(await visitOf(page, path))
      next.push(await visitOf(page, path))
      await context.close()
    }
    figures[name] = {
      'first painted': median(first, 'painted'),
      'first loaded': median(first, 'loaded'),
      'first kB': median(first, 'kB'),
      'next painted': median(next, 'painted'),
      'next loaded': median(next, 'loaded'),
      'next kB': median(next, 'kB'),
      requests: median(first, 'requests'),
    }
  }
} finally {
  await browser.close()
  await server.kill('SIGTERM')
}
console.log(`load of the machine: ${load.join(' ')}, then ${loadavg()[0]?.toFixed(1)}`)
console.table(figures)
recordResult('slow-phone', { slowdown: SLOWDOWN, visits: VISITS, pages: figures })
const late = Object.entries(figures).filter(([, each]) => (each['first loaded'] ?? 0) >= PAGE_MS_MAX)
for (const [name, each] of late) console.log(`FAULT ${name} took ${each['first loaded']} ms`)
process.exit(late.length === 0 ? 0 : 1)

async function signIn(of: Browser) {
  const admin = server.demo().admins[0]
  if (!admin) throw new Error('the demonstration has no admin')
  const context = await of.newContext()
  const page = await context.newPage()
  await page.goto(server.url + paths.developer.signIn())
  await page.fill('[name=email]', admin.email)
  await page.fill('[name=password]', admin.password)
  await page.click('main button')
  await page.waitForURL('**/developer')
  const state = await context.storageState()
  await context.close()
  return state
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
}

async function visitOf(page: Page, path: string): Promise<Visit> {
  await page.goto(server.url + path, { waitUntil: 'load' })
  return page.evaluate(async () => {
    const painted = await new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      })
    })
    const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const all = [own, ...(performance.getEntriesByType('resource') as PerformanceResourceTiming[])]
    return {
      painted: Math.round(painted),
      loaded: Math.round(own?.loadEventEnd ?? 0),
      kB: Math.round(all.reduce((sum, each) => sum + (each?.transferSize ?? 0), 0) / 100) / 10,
      requests: all.length,
    }
  })
}

function median(visits: Visit[], figure: keyof Visit): number {
  return visits.map((visit) => visit[figure]).sort((a, b) => a - b)[Math.floor(visits.length / 2)] ?? 0
}
