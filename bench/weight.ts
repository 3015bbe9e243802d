// What a purchaser's page weighs on its first load, and how soon it answers a tap: `bun bench/weight.ts`.
// With LIGHTHOUSE=<folder of the lighthouse package> it runs that as well, five times a page. Results: docs/weight.md.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { freePort, startServer } from '../test/support/server.ts'
import { lighthouseScores } from './weight/lighthouse.ts'
import { tapsOf } from './weight/taps.ts'
import { type Transfer, transferOf } from './weight/transfer.ts'

const PAGES = { chat: '/', documents: '/documents', home: '/home', map: '/map', notices: '/notices' }
const SCRIPT_BYTES_MAX: Record<string, number> = { chat: 45_000, documents: 30_000 }
const TAP_MS_MAX = 100
const SCORES_MIN = { performance: 98, accessibility: 100, 'best-practices': 100 }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

const faults: string[] = []
// `DATA_DIR` names a folder with a finished demonstration; without it a fresh one is made.
const server = await startServer({
  port: Number(process.env.PORT ?? (await freePort())),
  ...(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {}),
})
const profile = mkdtempSync(join(tmpdir(), 'openhouse-weight-'))
const debugPort = await freePort()
const context = await chromium.launchPersistentContext(profile, {
  ...PHONE,
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', `--remote-debugging-port=${debugPort}`],
})
try {
  await moveIn(context)
  console.log(
    `load of the machine: ${loadavg()
      .map((each) => each.toFixed(1))
      .join(' ')}`,
  )
  for (const [name, path] of Object.entries(PAGES)) report(name, await transferOf(context, server.url + path))
  for (const slowdown of [1, 4]) {
    const taps = await tapsOf(context, server.url, slowdown)
    console.log(
      `taps, processor slowed ${slowdown} ×: p50 ${taps.medianMs} ms, worst ${taps.worstMs} ms (${taps.count})`,
    )
    if (slowdown === 1 && taps.worstMs >= TAP_MS_MAX) faults.push(`a tap took ${taps.worstMs} ms`)
  }
  if (process.env.LIGHTHOUSE) await runLighthouse(process.env.LIGHTHOUSE)
  else console.log('Lighthouse was not asked for: LIGHTHOUSE=<folder of the package>')
} finally {
  await context.close()
  await server.kill('SIGTERM')
  rmSync(profile, { recursive: true, force: true })
}
for (const fault of faults) console.log(`FAULT ${fault}`)
process.exit(faults.length === 0 ? 0 : 1)

async function moveIn(browser: BrowserContext): Promise<void> {
  const home = server.demo().homes[0]
  if (!home) throw new Error('the demonstration has no home')
  const page = await browser.newPage()
  await page.goto(server.url + new URL(home.url).pathname)
  await page.fill('[name=access_code]', home.access_code)
  await page.click('text=Open my home')
  if (new URL(page.url()).pathname === '/intro') await page.click('.intro-main button')
  await page.locator('.hero').waitFor()
  await page.close()
}

function report(name: string, { totalBytes, scriptBytes, requests, encodings, scripts }: Transfer): void {
  const kb = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`
  console.log(
    `${name}: ${kb(totalBytes)} in ${requests} requests, scripts ${kb(scriptBytes)} (${encodings.join(', ')})`,
  )
  const most = SCRIPT_BYTES_MAX[name]
  if (most !== undefined && scriptBytes > most) faults.push(`${name} loads ${kb(scriptBytes)} of scripts`)
  if (name === 'documents' && scripts.some((text) => text.includes('x-data')))
    faults.push('documents load Alpine')
}

async function runLighthouse(folder: string): Promise<void> {
  for (const name of ['chat', 'documents'] as const) {
    const scores = await lighthouseScores(folder, { url: server.url + PAGES[name], port: debugPort })
    console.log(`lighthouse ${name}: ${JSON.stringify(scores)}`)
    for (const [category, least] of Object.entries(SCORES_MIN))
      if ((scores.median[category] ?? 0) < least)
        faults.push(`${name}: ${category} is ${scores.median[category]}, not ${least}`)
  }
}
