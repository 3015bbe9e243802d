// The list of what was accepted: each point with what proves it, or with what went wrong.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const MESSAGE_CHARS_MAX = 400

type Point = { area: string; name: string; passed: boolean; evidence: string; seconds: number }

export type Checklist = {
  /** Points that follow belong to it. */
  area(name: string): void
  /** Runs one point. What it returns is the evidence; what it throws is why it failed, and the rest goes on. */
  point(name: string, prove: () => Promise<string>): Promise<boolean>
  shot(page: Page, name: string): Promise<void>
  /** Prints the whole list and says how many points failed. */
  conclude(): number
}

/** @throws in a point, with a sentence */
export function demand(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}

/** Compares as JSON, and says both sides. */
export function demandSame(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)]
  demand(left === right, `${what}: ${left}, expected ${right}`)
}

export function checklistInto(folder: string, say: (line: string) => void): Checklist {
  mkdirSync(folder, { recursive: true })
  const points: Point[] = []
  let area = ''
  const started = performance.now()
  return {
    area: (name) => {
      area = name
      say(`\n${name}`)
    },
    async point(name, prove) {
      const from = performance.now()
      const done = (passed: boolean, evidence: string) => {
        const seconds = (performance.now() - from) / 1_000
        points.push({ area, name, passed, evidence, seconds })
        say(`  ${passed ? 'pass' : 'FAIL'}  ${name} (${seconds.toFixed(1)} s)\n          ${evidence}`)
        return passed
      }
      try {
        return done(true, await prove())
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        return done(false, message.replace(/\s+/g, ' ').slice(0, MESSAGE_CHARS_MAX))
      }
    },
    async shot(page, name) {
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    },
    conclude() {
      const failed = points.filter(({ passed }) => !passed)
      const lines = points.map(
        (point) =>
          `| ${point.passed ? 'pass' : '**FAIL**'} | ${point.area} | ${point.name} | ${point.evidence.replaceAll('|', '\\|')} |`,
      )
      const head = ['| | area | point | evidence |', '|---|---|---|---|']
      writeFileSync(join(folder, 'checklist.md'), `${[...head, ...lines].join('\n')}\n`)
      say(`\n${points.length - failed.length} of ${points.length} points passed`)
      for (const { area: of, name, evidence } of failed) say(`  FAIL  ${of}: ${name}: ${evidence}`)
      say(`${Math.round((performance.now() - started) / 1_000)} s; screenshots and checklist.md in ${folder}`)
      return failed.length
    },
  }
}
