// `bun run acceptance`: drives the real product in Chromium through everything, and prints what was accepted.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../support/browser.ts'
import { acceptBoundaries, acceptLimits } from './boundaries.ts'
import { acceptChat } from './chat.ts'
import { checklistInto } from './checklist.ts'
import { acceptHousehold, recordPlaces } from './household.ts'
import { onboard } from './onboarding.ts'
import { acceptOperations } from './operations.ts'
import { acceptBuilder, acceptConsole } from './pages.ts'
import { ownProduct, runningProduct } from './product.ts'
import { acceptTokens } from './tokens.ts'
import type { World } from './world.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    port: { type: 'string' },
    questions: { type: 'string' },
    screenshots: { type: 'string' },
  },
})

process.exitCode = await accept()

async function accept(): Promise<number> {
  const say = (line: string) => console.log(line)
  const product = values.url
    ? runningProduct(values.url)
    : await ownProduct(values.port ? Number(values.port) : null)
  const browser = await launchBrowser()
  try {
    if (!browser) throw new Error('Chromium is not installed')
    const folder = values.screenshots ?? mkdtempSync(join(tmpdir(), 'openhouse-acceptance-'))
    const list = checklistInto(folder, say)
    say(`Accepting ${product.url}`)
    // The operator, the estates and their pages are put in by the first area.
    const world = { ...product, browser, list, complaints: [] } as unknown as World
    await onboard(world)
    await recordPlaces(world)
    await acceptChat(world, values.questions ?? null)
    await acceptHousehold(world)
    await acceptBuilder(world)
    await acceptConsole(world)
    await acceptTokens(world)
    await acceptBoundaries(world)
    await acceptOperations(world)
    await acceptLimits(world)
    return list.conclude() === 0 ? 0 : 1
  } finally {
    await browser?.close()
    await product.stop()
  }
}
