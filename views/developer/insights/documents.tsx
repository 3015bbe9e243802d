// Which documents homes open and answers quote, and which nobody needs.
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

export type DocumentUseProps = InsightFrame & {
  live: number
  used: number
  opened: number
  cited: number
  most: { id: string; title: string; opened: number; cited: number }[]
  unused: { id: string; title: string }[]
  byDay: { label: string; opened: number; cited: number }[]
}

export const DocumentUsePage = (props: DocumentUseProps) => (
  <InsightPage {...props} lead="How often documents were opened by homes and quoted in answers.">
    <Figures>
      <FigureCard
        label="Opened"
        value={formatNumber(props.opened)}
        note="By homes, in the app"
        href="#most"
      />
      <FigureCard label="Quoted in answers" value={formatNumber(props.cited)} href="#most" />
      <FigureCard
        label="Documents in use"
        value={formatNumber(props.used)}
        note={`${shareOf(props.used, props.live)} of ${count(props.live, 'document')}`}
        href={paths.developer.documents({ development: props.developmentId })}
      />
      <FigureCard
        label="Not used yet"
        value={formatNumber(props.live - props.used)}
        note="Neither opened nor quoted"
        href="#unused"
      />
    </Figures>
    <Charts>
      <DayChart
        byDay={props.byDay}
        series={[
          { label: 'Opened', values: props.byDay.map(({ opened }) => opened) },
          { label: 'Quoted', values: props.byDay.map(({ cited }) => cited) },
        ]}
        summary={`${formatNumber(props.opened)} times opened, ${formatNumber(props.cited)} times quoted.`}
      />
      <Chart
        id="most-used"
        title="Used most"
        kind="rows"
        labels={props.most.slice(0, 10).map(({ title }) => title)}
        labelsAre="Document"
        series={[{ label: 'Uses', values: props.most.slice(0, 10).map((each) => each.opened + each.cited) }]}
        summary="Openings and quotes together."
      />
    </Charts>
    <Rows
      id="most"
      title="Documents that are used most"
      empty="No document was opened or quoted in this time."
      columns={[
        { label: 'Document' },
        { label: 'Opened', align: 'right' },
        { label: 'Quoted', align: 'right' },
      ]}
      rows={props.most.map((document) => (
        <CountedRow
          url={paths.developer.document(document.id)}
          title={document.title}
          counts={[document.opened, document.cited]}
        />
      ))}
    />
    <Rows
      id="unused"
      title="Documents nobody has used"
      empty="Every document was opened or quoted in this time."
      columns={[{ label: 'Document' }]}
      rows={props.unused.map((document) => (
        <CountedRow url={paths.developer.document(document.id)} title={document.title} />
      ))}
    />
  </InsightPage>
)
