// The frame of the deep dives: what to look at, over how long, and the figures on top.
import { count, formatNumber } from '#views/format.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Card } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export const INSIGHT_VIEWS = {
  engagement: 'Engagement',
  chat: 'Chat',
  documents: 'Documents',
  search: 'Search quality',
  map: 'Map',
  geocoding: 'Positions',
} as const

export type InsightView = keyof typeof INSIGHT_VIEWS

export type InsightFrame = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  view: InsightView
  days: number
  daysToChoose: readonly number[]
}

type FrameProps = InsightFrame & { lead: string; hasCharts?: boolean; children: Child }

export const InsightPage = ({ children, lead, hasCharts = true, ...frame }: FrameProps) => (
  <StaffPage
    title={`Insights: ${INSIGHT_VIEWS[frame.view].toLowerCase()}`}
    shell={frame.shell}
    active="insights"
    switchAction={paths.developer.insights()}
    scripts={hasCharts ? ['charts.js'] : []}
  >
    <header class="staff-header">
      <p class="eyebrow">{frame.developmentName}</p>
      <h1>Insights: {INSIGHT_VIEWS[frame.view].toLowerCase()}</h1>
      <p class="lead">{lead}</p>
    </header>
    <FilterLinks
      label="What to look at"
      links={Object.entries(INSIGHT_VIEWS).map(([view, label]) => ({
        url: urlOf(frame, { view, days: frame.days }),
        label,
        isCurrent: view === frame.view,
      }))}
    />
    {frame.view !== 'geocoding' && (
      <FilterLinks
        isWithin
        label="Over how long"
        links={frame.daysToChoose.map((days) => ({
          url: urlOf(frame, { view: frame.view, days }),
          label: count(days, 'day'),
          isCurrent: days === frame.days,
        }))}
      />
    )}
    {children}
  </StaffPage>
)

const urlOf = (
  { developmentId: development }: InsightFrame,
  { view, days }: { view: string; days: number },
) => paths.developer.insights({ development, view, days: String(days) })

export const Figures = ({ children }: { children: Child }) => (
  <section class="figures" aria-label="Key figures">
    {children}
  </section>
)

export const Charts = ({ children }: { children: Child }) => (
  <section class="charts" aria-label="Charts">
    {children}
  </section>
)

type DayChartProps = {
  byDay: readonly { label: string }[]
  series: { label: string; values: number[] }[]
  summary: string
}

export const DayChart = ({ byDay, series, summary }: DayChartProps) => (
  <Chart
    id="by-day"
    title="Day by day"
    kind="columns"
    labels={byDay.map(({ label }) => label)}
    labelsAre="Day"
    series={series}
    summary={summary}
  />
)

type CountedRowProps = { url: string; title: string; counts?: number[] }

/** What was counted, with the way to it, and a figure a column. */
export const CountedRow = ({ url, title, counts = [] }: CountedRowProps) => (
  <tr>
    <th scope="row">
      <a href={url}>{title}</a>
    </th>
    {counts.map((each) => (
      <td class="cell-right">{formatNumber(each)}</td>
    ))}
  </tr>
)

type RowsProps = { id: string; title: string; empty: string; columns: Column[]; rows: Child[] }

/** The rows behind a figure. */
export const Rows = ({ id, title, empty, columns, rows }: RowsProps) => (
  <Card title={title} id={id}>
    {rows.length === 0 ? (
      <p class="hint">{empty}</p>
    ) : (
      <Table caption={title} columns={columns}>
        {rows}
      </Table>
    )}
  </Card>
)

/** In whole percent; a dash where there is nothing to have a share of. */
export const shareOf = (part: number, whole: number): string =>
  whole > 0 ? `${Math.round((100 * part) / whole)}%` : '–'
