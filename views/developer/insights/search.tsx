// How well the search of the documents serves the answers, and how long answers take.
import { Charts, Figures, type InsightFrame, InsightPage, shareOf } from '#views/developer/insights/frame.tsx'
import { count, formatNumber } from '#views/format.ts'
import { FigureCard } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { paths } from '#views/paths.ts'

export type SearchInsightProps = InsightFrame & {
  found: number
  empty: number
  unused: number
  /** Passages that were looked at, over all searches. */
  passages: number
  runs: number
  /** Of all runs together. */
  durationMs: number
  bySpeed: { label: string; count: number }[]
  byDay: { label: string; found: number; notFound: number }[]
}

export const SearchInsightPage = (props: SearchInsightProps) => {
  const { developmentId: development, found, empty, unused, passages, runs, durationMs } = props
  const searches = found + empty + unused
  return (
    <InsightPage {...props} lead="Questions that were looked up in the documents, and what came of it.">
      <Figures>
        <FigureCard label="Searches" value={formatNumber(searches)} href="#by-day" />
        <FigureCard
          label="Answer found"
          value={shareOf(found, searches)}
          note={`${formatNumber(found)} of ${count(searches, 'search', 'searches')}`}
          href={paths.developer.questions({ development, view: 'asked' })}
        />
        <FigureCard
          label="Nothing that fits"
          value={formatNumber(unused)}
          note="Passages were found, none answered"
          href={paths.developer.questions({ development })}
          alert={unused > 0}
        />
        <FigureCard
          label="Nothing at all"
          value={formatNumber(empty)}
          note="No document speaks of it"
          href={paths.developer.coverage({ development })}
          alert={empty > 0}
        />
        <FigureCard
          label="Passages per search"
          value={searches > 0 ? formatNumber(Math.round((10 * passages) / searches) / 10) : '–'}
          href="#by-day"
        />
        <FigureCard
          label="Average time"
          value={runs > 0 ? `${formatNumber(Math.round(durationMs / runs))} ms` : '–'}
          note={`Of ${count(runs, 'answer')}`}
          href="#by-speed"
        />
      </Figures>
      <Charts>
        <Chart
          id="by-day"
          title="Searches by day"
          kind="columns"
          labels={props.byDay.map(({ label }) => label)}
          labelsAre="Day"
          series={[
            { label: 'Answer found', values: props.byDay.map((day) => day.found) },
            { label: 'No answer', values: props.byDay.map((day) => day.notFound) },
          ]}
          summary={`${formatNumber(found)} of ${count(searches, 'search', 'searches')} led to an answer.`}
        />
        <Chart
          id="by-speed"
          title="How long answers took"
          kind="rows"
          labels={props.bySpeed.map(({ label }) => label)}
          labelsAre="Time"
          series={[{ label: 'Answers', values: props.bySpeed.map((each) => each.count) }]}
          summary="Until the answer was whole."
        />
      </Charts>
    </InsightPage>
  )
}
