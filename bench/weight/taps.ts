// From a tap to the next paint, as the Event Timing API measures it.
import type { BrowserContext, Page } from 'playwright-core'

const ROUNDS = 10
/** What lasts less is not reported by the browser, and counts as this. */
const SHORTEST_MS = 16
const SETTLED_MS = 300

export async function tapsOf(
  context: BrowserContext,
  origin: string,
  slowdown: number,
): Promise<{ medianMs: number; worstMs: number; count: number }> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript((shortest) => {
    Object.assign(window, { taps: [] })
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (name === 'click' || name === 'pointerup')
          (window as unknown as { taps: number[] }).taps.push(duration)
    }).observe({ type: 'event', durationThreshold: shortest, buffered: true } as PerformanceObserverInit)
  }, SHORTEST_MS)
  const taken: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${origin}/`)
    await tap(page, taken, '.profile summary')
    await tap(page, taken, '.profile summary')
    await tap(page, taken, '#question')
    // Sends the question: the tap paints, the answer streams behind it.
    await tap(page, taken, '.suggestion')
    await page.locator('.message-assistant[aria-busy=false]').first().waitFor()
  }
  await page.close()
  const sorted = taken.sort((a, b) => a - b)
  return {
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
    count: sorted.length,
  }
}

async function tap(page: Page, taken: number[], selector: string): Promise<void> {
  const before = await page.evaluate(() => (window as unknown as { taps: number[] }).taps.length)
  await page.locator(selector).first().tap()
  // Entries come after the frame, in idle time.
  await page.waitForTimeout(SETTLED_MS)
  const found = await page.evaluate(
    (from) => (window as unknown as { taps: number[] }).taps.slice(from),
    before,
  )
  taken.push(Math.max(SHORTEST_MS, ...found))
}
