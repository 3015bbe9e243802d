// Every page, filter and order of the builder's portal: read anew, read again, and at the end of its list.
import { HOME_SORTS } from '#src/home-list.ts'
import { forgetAllReads, startKeeping } from '#src/kept-reads.ts'
import { paths } from '#views/paths.ts'
import { type Statement, statementsAndValuesOf } from '../../test/support/statements.ts'
import type { ScaleDatabase } from './database.ts'
import { openPortal, type Portal } from './portal.ts'

const COLD_RUNS = 8
const CACHED_RUNS = 20
const PAGES_MAX = 400

export type PageFigures = {
  name: string
  path: string
  coldMs: number
  cachedMs: number
  lastMs: number | null
  pagesCount: number
  statements: Statement[]
  cachedStatements: number
}

export async function measurePages(database: ScaleDatabase): Promise<PageFigures[]> {
  const [largest] = await database.look`select id from developments where slug = 'scale-1'`
  const portal = await openPortal(database)
  startKeeping()
  const measured: PageFigures[] = []
  for (const [name, path] of pagesOf(largest?.id)) measured.push(await measure(portal, name, path))
  return measured
}

function pagesOf(development: string): [name: string, path: string][] {
  const at = { development }
  const { developer } = paths
  return [
    ['today', developer.today(at)],
    ...HOME_SORTS.flatMap((sort): [string, string][] => [
      [`homes by ${sort}`, developer.homes({ ...at, sort })],
      [`homes by -${sort}`, developer.homes({ ...at, sort: `-${sort}` })],
    ]),
    ['homes with text', developer.homes({ ...at, q: '77' })],
    ['homes of a type', developer.homes({ ...at, house_type: 'BD03' })],
    ['homes claimed', developer.homes({ ...at, status: 'claimed' })],
    ['homes handed over', developer.homes({ ...at, handed_over: 'yes' })],
    ['homes without position', developer.homes({ ...at, missing: 'position' })],
    ['homes without documents', developer.homes({ ...at, missing: 'documents' })],
    ['homes active', developer.homes({ ...at, active: 'week' })],
    ['documents', developer.documents(at)],
    ['documents failed', developer.documents({ ...at, status: 'failed' })],
    ['documents ready', developer.documents({ ...at, status: 'ready' })],
    ['coverage', developer.coverage(at)],
    ['questions waiting', developer.questions(at)],
    ['questions answered', developer.questions({ ...at, view: 'answered' })],
    ['questions asked', developer.questions({ ...at, view: 'asked' })],
    ['knowledge', developer.knowledge(at)],
    ['snags open', developer.snags(at)],
    ['snags said done', developer.snags({ ...at, done: 'said' })],
    ['snags of a type', developer.snags({ ...at, house_type: 'BD03' })],
    ['snags all', developer.snags({ ...at, status: 'all' })],
    ['snags fixed, plumbing', developer.snags({ ...at, status: 'fixed', category: 'plumbing' })],
    ['notices', developer.notices(at)],
    ...['engagement', 'chat', 'documents', 'search', 'map', 'geocoding'].map((view): [string, string] => [
      `insights, ${view}`,
      developer.insights({ ...at, view }),
    ]),
    ['insights of 90 days', developer.insights({ ...at, days: '90' })],
    ['insights, documents of 90 days', developer.insights({ ...at, view: 'documents', days: '90' })],
    ['who does what', developer.responsibilities(at)],
    ['activity', developer.jobs(at)],
    ['settings', developer.settings()],
    ['settings, activity', developer.activity()],
    ['settings, facts', developer.facts(at)],
  ]
}

async function measure(portal: Portal, name: string, path: string): Promise<PageFigures> {
  await portal.get(path)
  const coldMs = await bestOf(COLD_RUNS, () => cold(portal, path))
  let html = ''
  const read = () =>
    statementsAndValuesOf(async () => {
      forgetAllReads()
      html = (await portal.get(path)).html
    })
  // Who is signed in is asked for again every few seconds: the second time right after the first it is not.
  await read()
  const statements = await read()
  const cachedMs = await bestOf(CACHED_RUNS, () => portal.get(path))
  const cachedStatements = (await statementsAndValuesOf(() => portal.get(path))).length
  const { lastPath, pagesCount } = await lastOf(portal, html)
  const lastMs = lastPath ? await bestOf(COLD_RUNS, () => cold(portal, lastPath)) : null
  return { name, path, coldMs, cachedMs, lastMs, pagesCount, statements, cachedStatements }
}

/** The page when nothing is kept but who is signed in. */
const cold = (portal: Portal, path: string) => {
  forgetAllReads()
  return portal.get(path)
}

/** Follows the links to the next page; null when there is one page only. */
async function lastOf(
  portal: Portal,
  html: string,
): Promise<{ lastPath: string | null; pagesCount: number }> {
  let lastPath: string | null = null
  let shown = html
  let pagesCount = 1
  for (; pagesCount < PAGES_MAX; pagesCount++) {
    const next = /<a href="([^"]+)" rel="next"/.exec(shown)?.[1]?.replaceAll('&amp;', '&')
    if (!next) break
    lastPath = next
    shown = (await portal.get(next)).html
  }
  return { lastPath, pagesCount }
}

/** The least disturbed of the runs: what else the machine does is no property of the page. */
async function bestOf(runs: number, run: () => Promise<{ ms: number }>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) best = Math.min(best, (await run()).ms)
  return Math.round(best * 10) / 10
}
