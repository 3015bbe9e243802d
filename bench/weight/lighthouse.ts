// Lighthouse, from wherever it is installed: mobile, simulated throttling, the median of some runs.
import { join } from 'node:path'

const RUNS = 5
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const

type Report = {
  categories: Record<string, { score: number | null }>
  audits: Record<string, { score: number | null; numericValue?: number; displayValue?: string }>
}

export type Scores = {
  median: Record<string, number>
  runs: Record<string, number[]>
  /** Milliseconds of the last run, for who looks why. */
  metrics: Record<string, number>
  /** Audits of the last run that took something off. */
  imperfect: string[]
}

const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
  'server-response-time',
]

/** The page is opened in a running Chromium, whose session is signed in. */
export async function lighthouseScores(
  folder: string,
  { url, port }: { url: string; port: number },
): Promise<Scores> {
  const runs: Record<string, number[]> = Object.fromEntries(CATEGORIES.map((name) => [name, []]))
  let last: Report | null = null
  for (let run = 0; run < RUNS; run += 1) {
    last = await lighthouse(folder, url, port)
    for (const name of CATEGORIES) runs[name]?.push(Math.round((last.categories[name]?.score ?? 0) * 100))
  }
  const median = Object.fromEntries(
    CATEGORIES.map((name) => [
      name,
      [...(runs[name] ?? [])].sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
    ]),
  )
  const metrics = Object.fromEntries(
    METRICS.map((name) => [name, Math.round((last?.audits[name]?.numericValue ?? 0) * 1_000) / 1_000]),
  )
  const imperfect = Object.entries(last?.audits ?? {})
    .filter(([, { score }]) => score !== null && score < 0.9)
    .map(([name, { displayValue }]) => (displayValue ? `${name}: ${displayValue}` : name))
  return { median, runs, metrics, imperfect }
}

async function lighthouse(folder: string, url: string, port: number): Promise<Report> {
  const child = Bun.spawn(
    [
      ...['node', join(folder, 'cli/index.js'), url, `--port=${port}`],
      // The session's cookies are what opens the page.
      ...['--disable-storage-reset', '--quiet', '--output=json', '--output-path=stdout'],
      `--only-categories=${CATEGORIES.join(',')}`,
    ],
    { stdout: 'pipe', stderr: 'pipe' },
  )
  const [text, complaint] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(`lighthouse failed: ${complaint.slice(0, 2_000)}`)
  return JSON.parse(text) as Report
}
