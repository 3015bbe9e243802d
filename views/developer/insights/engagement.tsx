// Which homes use the app, how often, at what time of day, and which have gone quiet.
import {
  Charts,
  CountedRow,
  DayChart,
  Figures,
  type InsightFrame,
  InsightPage,
  Rows,
  shareOf,
} from '#views/developer/insights/frame.tsx'
import { count, formatNumber } from '#views/format.ts'
import { FigureCard } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { paths } from '#views/paths.ts'

export type EngagementProps = InsightFrame & {
  claimed: number
  active: number
  once: number
  few: number
  often: number
  quietCount: number
  most: { id: string; address: string; activeDays: number; questions: number; opened: number }[]
  quiet: { id: string; address: string }[]
  byDay: { label: string; active: number; opened: number }[]
  byHour: { label: string; questions: number }[]
}

export const EngagementPage = (props: EngagementProps) => (
  <InsightPage {...props} lead="Homes in which somebody asked, opened a document or joined.">
    <Figures>
      <FigureCard
        label="Active homes"
        value={formatNumber(props.active)}
        note={`${shareOf(props.active, props.claimed)} of ${count(props.claimed, 'claimed home')}`}
        href="#most"
      />
      <FigureCard
        label="Came back"
        value={formatNumber(props.few + props.often)}
        note="On more than one day"
        href="#how-often"
      />
      <FigureCard
        label="Quiet homes"
        value={formatNumber(props.quietCount)}
        note="Claimed, and nothing since"
        href="#quiet"
        alert={props.quietCount > 0}
      />
      <FigureCard
        label="Claimed homes"
        value={formatNumber(props.claimed)}
        href={paths.developer.homes({ development: props.developmentId, status: 'claimed' })}
      />
    </Figures>
    <Charts>
      <DayChart
        byDay={props.byDay}
        series={[
          { label: 'Active homes', values: props.byDay.map(({ active }) => active) },
          { label: 'Documents opened', values: props.byDay.map(({ opened }) => opened) },
        ]}
        summary={`${count(props.active, 'home')} active in ${count(props.days, 'day')}.`}
      />
      <Chart
        id="how-often"
        title="How often homes came back"
        kind="rows"
        labels={['On one day', 'On two to seven days', 'On more days', 'Not at all']}
        labelsAre="Active"
        series={[{ label: 'Homes', values: [props.once, props.few, props.often, props.quietCount] }]}
        summary={`${formatNumber(props.often)} on more than seven days.`}
      />
      <Chart
        id="by-hour"
        title="When questions are asked"
        kind="columns"
        labels={props.byHour.map(({ label }) => label)}
        labelsAre="Hour"
        series={[{ label: 'Questions', values: props.byHour.map(({ questions }) => questions) }]}
        summary="By the hour at which they were asked."
      />
    </Charts>
    <Rows
      id="most"
      title="Homes that use it most"
      empty="No home was active in this time."
      columns={[
        { label: 'Home' },
        { label: 'Active days', align: 'right' },
        { label: 'Questions', align: 'right' },
        { label: 'Documents opened', align: 'right' },
      ]}
      rows={props.most.map((home) => (
        <CountedRow
          url={paths.developer.homeDetails(home.id)}
          title={home.address}
          counts={[home.activeDays, home.questions, home.opened]}
        />
      ))}
    />
    <Rows
      id="quiet"
      title="Homes that have gone quiet"
      empty="Every claimed home was active in this time."
      columns={[{ label: 'Home' }]}
      rows={props.quiet.map((home) => (
        <CountedRow url={paths.developer.homeDetails(home.id)} title={home.address} />
      ))}
    />
  </InsightPage>
)
