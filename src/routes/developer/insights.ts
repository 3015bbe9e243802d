// The builder's deep dives into one development: engagement, chat, documents, search, map, positions.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ChatInsightPage } from '#views/developer/insights/chat.tsx'
import { DocumentUsePage } from '#views/developer/insights/documents.tsx'
import { EngagementPage } from '#views/developer/insights/engagement.tsx'
import { INSIGHT_VIEWS, type InsightFrame, type InsightView } from '#views/developer/insights/frame.tsx'
import { GeocodingInsightPage, MapInsightPage } from '#views/developer/insights/places.tsx'
import { SearchInsightPage } from '#views/developer/insights/search.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { formatDay } from '#views/format.ts'
import { failureSentence } from '#views/job-words.ts'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { categoryLabel, type PlaceGroupKey, placeGroupKeys, placeGroupLabel } from '#views/place-groups.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import {
  INSIGHT_DAYS,
  type InsightDays,
  readChat,
  readDocumentUse,
  readEngagement,
  readGeocoding,
  readMapUse,
  readSearch,
  type Tallied,
} from '../../insights.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const DAYS_CHOSEN: InsightDays = 30
const dayValues = INSIGHT_DAYS.map(String)

const insightQuery = z.object({
  development: z.uuid().optional(),
  view: z.enum(Object.keys(INSIGHT_VIEWS) as [InsightView, ...InsightView[]]).default('engagement'),
  days: z
    .string()
    .refine((value) => dayValues.includes(value), { message: 'is not one of the spans' })
    .transform((value) => Number(value) as InsightDays)
    .default(DAYS_CHOSEN),
  cursor: z.string().max(500).optional(),
})
type InsightQuery = z.infer<typeof insightQuery>

export const insights = new Elysia({ name: 'developer/insights' })
  .use(access)
  .get('/developer/insights', ({ staff, query }) => page(staff, query), {
    forStaff: 'developer',
    query: insightQuery,
    detail: { hide: true },
  })

type Asked = { scope: StaffCaller['scope']; id: string; query: InsightQuery; frame: InsightFrame }

const PAGES: Record<InsightView, (asked: Asked) => Promise<Html>> = {
  engagement,
  chat,
  documents,
  search,
  map,
  geocoding,
}

async function page(staff: StaffCaller, query: InsightQuery): Promise<Html> {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id, name } = place.chosen
  const frame = {
    shell: shellOf(place),
    developmentId: id,
    developmentName: name,
    view: query.view,
    days: query.days,
    daysToChoose: INSIGHT_DAYS,
  }
  return PAGES[query.view]({ scope: staff.scope, id, query, frame })
}

async function engagement({ scope, id, query, frame }: Asked): Promise<Html> {
  const { hours, days, ...found } = await readEngagement(scope, id, query.days)
  const ofDay = new Map(days.map((day) => [day.day, day]))
  return EngagementPage({
    ...frame,
    ...found,
    byDay: hours.days.map(({ day }) => ({
      label: formatDay(day),
      active: ofDay.get(day)?.active ?? 0,
      opened: ofDay.get(day)?.opened ?? 0,
    })),
    byHour: Array.from({ length: 24 }, (_, hour) => {
      const key = String(hour).padStart(2, '0')
      return { label: `${key}:00`, questions: hours.of('hour', key).count }
    }),
  })
}

async function chat({ scope, id, query, frame }: Asked): Promise<Html> {
  const found = await readChat(scope, id, query.days)
  const stages = found.keys('stage')
  const isAnswer = ({ key }: { key: string }) => key !== 'gap' && key !== 'none'
  return ChatInsightPage({
    ...frame,
    asked: found.of('stage').count,
    unanswered: found.of('stage', 'gap').count,
    written: found.of('mode', 'llm').count,
    quoted: found.of('mode', 'extractive').count,
    helpful: found.of('feedback', 'helpful').count,
    notHelpful: found.of('feedback', 'not_helpful').count,
    byStage: stages.map(({ key, count }) => ({ stage: key, count })),
    byDay: byDay(found, (of) => ({
      answered: stages.filter(isAnswer).reduce((sum, { key }) => sum + of('stage', key), 0),
      unanswered: of('stage', 'gap'),
    })),
  })
}

async function documents({ scope, id, query, frame }: Asked): Promise<Html> {
  const { days, ...found } = await readDocumentUse(scope, id, query.days)
  return DocumentUsePage({
    ...frame,
    ...found,
    byDay: days.map(({ day, ...counts }) => ({ label: formatDay(day), ...counts })),
  })
}

const SPEEDS = { '300': 'Under 0.3 s', '1000': '0.3 to 1 s', '3000': '1 to 3 s', slower: 'Over 3 s' }

async function search({ scope, id, query, frame }: Asked): Promise<Html> {
  const found = await readSearch(scope, id, query.days)
  return SearchInsightPage({
    ...frame,
    found: found.of('search', 'found').count,
    empty: found.of('search', 'empty').count,
    unused: found.of('search', 'unused').count,
    passages: found.of('search').total,
    runs: found.of('speed').count,
    durationMs: found.of('speed').total,
    bySpeed: Object.entries(SPEEDS).map(([key, label]) => ({ label, count: found.of('speed', key).count })),
    byDay: byDay(found, (of) => ({
      found: of('search', 'found'),
      notFound: of('search', 'empty') + of('search', 'unused'),
    })),
  })
}

async function map({ scope, id, query, frame }: Asked): Promise<Html> {
  const { use, places } = await readMapUse(scope, id, query.days)
  const isGroup = (key: string): key is PlaceGroupKey => (placeGroupKeys as readonly string[]).includes(key)
  return MapInsightPage({
    ...frame,
    opened: use.of('map', 'opened').count,
    kinds: use
      .keys('map')
      .filter(({ key }) => key !== 'opened')
      .map(({ key, count }) => ({ label: isGroup(key) ? placeGroupLabel(key) : key, count })),
    placeQuestions: use.of('place').count,
    unrecorded: use.of('place', 'none_recorded').count,
    recorded: places.map(({ category, count }) => ({ label: categoryLabel(category), count })),
    byDay: byDay(use, (of) => ({ opened: of('map', 'opened'), questions: of('place', 'none_recorded') })),
  })
}

async function geocoding({ scope, id, query, frame }: Asked): Promise<Html> {
  const { rows, nextCursor, ...counts } = await readGeocoding(scope, id, query.cursor)
  const url = (cursor?: string) => paths.developer.insights({ development: id, view: 'geocoding', cursor })
  return GeocodingInsightPage({
    ...frame,
    ...counts,
    problems: rows.map(({ code, ...row }) => ({ ...row, reason: code && failureSentence(code) })),
    nextUrl: nextCursor ? url(nextCursor) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  })
}

const byDay = <T>(found: Tallied, countsOf: (of: Tallied['days'][number]['of']) => T) =>
  found.days.map(({ day, of }) => ({ label: formatDay(day), ...countsOf(of) }))
