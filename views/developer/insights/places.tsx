// How the map is used and what people look for on it; and which homes have no position of their own.
import {
  Charts,
  DayChart,
  Figures,
  type InsightFrame,
  InsightPage,
  Rows,
} from '#views/developer/insights/frame.tsx'
import { count, formatNumber } from '#views/format.ts'
import { Badge, FigureCard } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { Pagination } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type MapInsightProps = InsightFrame & {
  opened: number
  kinds: { label: string; count: number }[]
  placeQuestions: number
  unrecorded: number
  recorded: { label: string; count: number }[]
  byDay: { label: string; opened: number; questions: number }[]
}

export const MapInsightPage = (props: MapInsightProps) => {
  const onRecord = props.recorded.reduce((sum, each) => sum + each.count, 0)
  return (
    <InsightPage {...props} lead="Once a day for each person and kind of place.">
      <Figures>
        <FigureCard label="Map opened" value={formatNumber(props.opened)} href="#by-day" />
        <FigureCard
          label="Kinds looked for"
          value={formatNumber(props.kinds.reduce((sum, each) => sum + each.count, 0))}
          href="#kinds"
        />
        <FigureCard
          label="Questions about places"
          value={formatNumber(props.placeQuestions)}
          href={paths.developer.questions({ development: props.developmentId, view: 'asked' })}
        />
        <FigureCard
          label="Nothing on record"
          value={formatNumber(props.unrecorded)}
          note="Asked for, and no such place is known"
          href="#recorded"
          alert={props.unrecorded > 0}
        />
        <FigureCard label="Places on record" value={formatNumber(onRecord)} href="#recorded" />
      </Figures>
      <Charts>
        <DayChart
          byDay={props.byDay}
          series={[{ label: 'Map opened', values: props.byDay.map(({ opened }) => opened) }]}
          summary={`${count(props.opened, 'time')} in ${count(props.days, 'day')}.`}
        />
        <Chart
          id="kinds"
          title="What was looked for"
          kind="rows"
          labels={props.kinds.map(({ label }) => label)}
          labelsAre="Kind of place"
          series={[{ label: 'Times', values: props.kinds.map((each) => each.count) }]}
          summary="Chosen above the list of places."
        />
      </Charts>
      <Rows
        id="recorded"
        title="Places on record"
        empty="No place is on record near this development yet."
        columns={[{ label: 'Kind' }, { label: 'Places', align: 'right' }]}
        rows={props.recorded.map((each) => (
          <tr>
            <th scope="row">{each.label}</th>
            <td class="cell-right">{formatNumber(each.count)}</td>
          </tr>
        ))}
      />
    </InsightPage>
  )
}

const PROBLEMS = {
  none: { label: 'Not looked for', tone: 'warning' },
  failed: { label: 'Not found', tone: 'error' },
  approximate: { label: 'Approximate', tone: 'warning' },
} as const

export type GeocodingInsightProps = InsightFrame & {
  homes: number
  entered: number
  found: number
  approximate: number
  failed: number
  none: number
  problems: { id: string; address: string; problem: keyof typeof PROBLEMS; reason: string | null }[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const GeocodingInsightPage = (props: GeocodingInsightProps) => (
  <InsightPage {...props} hasCharts={props.homes > 0} lead="Where homes stand, and how that is known.">
    <Figures>
      <FigureCard
        label="Homes"
        value={formatNumber(props.homes)}
        href={paths.developer.homes({ development: props.developmentId })}
      />
      <FigureCard label="Entered by people" value={formatNumber(props.entered)} href="#how-known" />
      <FigureCard label="Found by address" value={formatNumber(props.found)} href="#how-known" />
      <FigureCard
        label="Without a position"
        value={formatNumber(props.failed + props.none)}
        note={`${formatNumber(props.failed)} not found by address`}
        href={paths.developer.homes({ development: props.developmentId, missing: 'position' })}
        alert={props.failed + props.none > 0}
      />
      <FigureCard
        label="Approximate"
        value={formatNumber(props.approximate)}
        href="#problems"
        alert={props.approximate > 0}
      />
    </Figures>
    <Charts>
      <Chart
        id="how-known"
        title="How positions are known"
        kind="rows"
        labels={['Entered by people', 'Found by address', 'Approximate', 'Not found', 'Not looked for']}
        labelsAre="Position"
        series={[
          {
            label: 'Homes',
            values: [props.entered, props.found, props.approximate, props.failed, props.none],
          },
        ]}
        summary={`${formatNumber(props.entered + props.found)} of ${count(props.homes, 'home')} stand where they are.`}
      />
    </Charts>
    <Rows
      id="problems"
      title="Homes with a problem"
      empty="Every home stands where it is."
      columns={[{ label: 'Home' }, { label: 'Position' }, { label: 'Why' }]}
      rows={props.problems.map(({ id, address, problem, reason }) => (
        <tr>
          <th scope="row">
            <a href={paths.developer.homeDetails(id)}>{address}</a>
          </th>
          <td>
            <Badge tone={PROBLEMS[problem].tone}>{PROBLEMS[problem].label}</Badge>
          </td>
          <td>{reason ?? 'Open the home and enter its position.'}</td>
        </tr>
      ))}
    />
    <Pagination
      label="Pages of homes with a problem"
      shown={count(props.problems.length, 'home')}
      firstUrl={props.firstUrl}
      nextUrl={props.nextUrl}
      isForMoreOnly
    />
  </InsightPage>
)
