// The deep dives of a development by name, for the gallery.
import { ChatInsightPage } from '#views/developer/insights/chat.tsx'
import { DocumentUsePage } from '#views/developer/insights/documents.tsx'
import { EngagementPage } from '#views/developer/insights/engagement.tsx'
import type { InsightView } from '#views/developer/insights/frame.tsx'
import { GeocodingInsightPage, MapInsightPage } from '#views/developer/insights/places.tsx'
import { SearchInsightPage } from '#views/developer/insights/search.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { longStaffShell, staffShell } from './invented.ts'

const frame = (view: InsightView) => ({
  ...{ shell: staffShell, developmentId: 'd1', developmentName: 'Longview Park', view },
  ...{ days: 30, daysToChoose: [7, 30, 90] },
})
const LONG = `${'Llanfairpwllgwyngyll­gogerychwyrndrobwll '.repeat(4)}Road`
const days = Array.from({ length: 30 }, (_, i) => ({
  ...{ label: `${i + 1} Nov`, active: (i * 7) % 23, opened: (i * 5) % 31, cited: i % 6, questions: i % 4 },
  ...{ answered: i % 9, unanswered: i % 3, found: i % 7, notFound: i % 2 },
}))
const homes = [1, 14, 75].map((n) => ({
  ...{
    id: `u${n}`,
    address: n === 75 ? LONG : `${n} Longview Park`,
    activeDays: n,
    questions: n,
    opened: 3 * n,
  },
}))
const documents = ['Home user guide', LONG].map((title, i) => ({
  id: `x${i}`,
  title,
  opened: 90 - i,
  cited: i,
}))

export const INSIGHT_PAGES: Record<string, () => Html> = {
  'developer-insights-engagement': () =>
    EngagementPage({
      ...frame('engagement'),
      ...{ claimed: 60, active: 41, once: 9, few: 20, often: 12, quietCount: 19, most: homes, quiet: homes },
      byDay: days,
      byHour: Array.from({ length: 24 }, (_, i) => ({ label: `${i}:00`, questions: (i * 3) % 17 })),
    }),
  'developer-insights-empty': () =>
    EngagementPage({
      ...{ ...frame('engagement'), shell: longStaffShell },
      ...{ claimed: 0, active: 0, once: 0, few: 0, often: 0, quietCount: 0, most: [], quiet: [] },
      ...{ byDay: [], byHour: [] },
    }),
  'developer-insights-chat': () =>
    ChatInsightPage({
      ...frame('chat'),
      ...{ asked: 310, unanswered: 22, written: 200, quoted: 88, helpful: 40, notHelpful: 3, byDay: days },
      byStage: [
        { stage: 'document', count: 190 },
        { stage: 'fact', count: 98 },
        { stage: 'gap', count: 22 },
      ],
    }),
  'developer-insights-documents': () =>
    DocumentUsePage({
      ...frame('documents'),
      ...{ live: 52, used: 31, opened: 900, cited: 190, most: documents, unused: documents, byDay: days },
    }),
  'developer-insights-search': () =>
    SearchInsightPage({
      ...frame('search'),
      ...{ found: 190, empty: 4, unused: 18, passages: 1_700, runs: 310, durationMs: 240_000, byDay: days },
      bySpeed: [
        { label: 'Under 0.3 s', count: 120 },
        { label: 'Over 3 s', count: 7 },
      ],
    }),
  'developer-insights-map': () =>
    MapInsightPage({
      ...frame('map'),
      ...{ opened: 81, placeQuestions: 30, unrecorded: 4, byDay: days },
      kinds: [{ label: 'Schools', count: 22 }],
      recorded: [{ label: 'Primary school', count: 3 }],
    }),
  'developer-insights-positions': () =>
    GeocodingInsightPage({
      ...frame('geocoding'),
      ...{ homes: 75, entered: 40, found: 20, approximate: 5, failed: 4, none: 6 },
      problems: [
        { id: 'u1', address: LONG, problem: 'failed', reason: 'The address was not found.' },
        { id: 'u2', address: '2 Longview Park', problem: 'none', reason: null },
        { id: 'u3', address: '3 Longview Park', problem: 'approximate', reason: null },
      ],
      nextUrl: paths.developer.insights({ view: 'geocoding', cursor: 'x' }),
      firstUrl: paths.developer.insights({ view: 'geocoding' }),
    }),
}
