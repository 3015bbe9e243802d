// Charts: drawn here as SVG, drawn again by charts.js where scripts run, and always there as a table.
import { formatNumber } from '#views/format.ts'
import { type Column, Table } from '#views/parts/table.tsx'

export type ChartMark = { index: number; label: string }

export type ChartSeries = { label: string; values: number[] }

type ChartProps = {
  id: string
  title: string
  /** `columns`: a point in time each; `rows`: a name each, longest bars for the largest values. */
  kind: 'columns' | 'rows'
  labels: string[]
  /** What the labels are, for the head of the table. */
  labelsAre: string
  /** Two at most: gold and charcoal are told apart by lightness as well. */
  series: ChartSeries[]
  /** Moments worth knowing, such as a new release. Of `columns` only. */
  marks?: ChartMark[]
  /** One sentence that says what a reader of the chart would see. */
  summary: string
}

const WIDTH = 600
const HEIGHT = 200
const ROW_HEIGHT = 36
/** Under the rows, for the numbers of the axis that the script draws into the same box. */
const ROWS_AXIS_HEIGHT = 28
const LABEL_CHARS_MAX = 60
const COLUMN_LABELS = 6

export const Chart = (props: ChartProps) => (
  <figure class="chart" id={props.id}>
    <figcaption>
      <h2>{props.title}</h2>
      <p>{props.summary}</p>
    </figcaption>
    {isEmpty(props) ? <p class="chart-empty">Nothing to show for this time yet.</p> : <Paint {...props} />}
    {props.series.length > 1 && !isEmpty(props) && (
      <p class="chart-legend">
        {props.series.map((series, i) => (
          <span class={`chart-key chart-key-${i}`}>{series.label}</span>
        ))}
      </p>
    )}
    <details class="disclosure">
      <summary>Show as a table</summary>
      <ChartTable {...props} />
    </details>
  </figure>
)

/** Axes without a bar say nothing, and the smallest of them cut off their own numbers. */
const isEmpty = ({ series }: ChartProps) => series.every(({ values }) => values.every((value) => value === 0))

const Paint = (props: ChartProps) => (
  <div
    class={`chart-paint chart-${props.kind}`}
    data-chart={JSON.stringify({
      kind: props.kind,
      labels: props.labels,
      series: props.series,
      marks: props.marks ?? [],
    })}
    data-chart-label={`${props.title}. ${props.summary}`}
  >
    {props.kind === 'columns' ? <Columns {...props} /> : <Rows {...props} />}
  </div>
)

const largest = (series: ChartSeries[]) => Math.max(1, ...series.flatMap(({ values }) => values))

const Columns = ({ title, summary, labels, series, marks = [] }: ChartProps) => {
  const slot = WIDTH / Math.max(1, labels.length)
  const width = (slot * 0.8) / series.length
  const unit = (HEIGHT - 24) / largest(series)
  const every = Math.ceil(labels.length / COLUMN_LABELS)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${summary}`}>
      {series.map(({ values }, s) =>
        values.map((value, i) => (
          <rect
            class={`chart-bar chart-bar-${s}`}
            x={round(i * slot + slot * 0.1 + s * width)}
            y={round(HEIGHT - 20 - value * unit)}
            width={round(width)}
            height={round(value * unit)}
          />
        )),
      )}
      {marks.map(({ index, label }) => (
        <g class="chart-mark">
          <line x1={round(index * slot)} x2={round(index * slot)} y1={0} y2={HEIGHT - 20} />
          <text class="chart-text" x={round(index * slot + 4)} y={12}>
            {label}
          </text>
        </g>
      ))}
      {labels.map((label, i) =>
        i % every === 0 ? (
          <text class="chart-text" x={round(i * slot)} y={HEIGHT - 4}>
            {label}
          </text>
        ) : null,
      )}
    </svg>
  )
}

const Rows = ({ title, summary, labels, series }: ChartProps) => {
  const values = series[0]?.values ?? []
  const unit = (WIDTH - 60) / largest(series)
  const height = Math.max(1, labels.length) * ROW_HEIGHT + ROWS_AXIS_HEIGHT
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={`${title}. ${summary}`}>
      {labels.map((label, i) => (
        <g>
          <text class="chart-text" x={0} y={i * ROW_HEIGHT + 13}>
            {shortened(label)}
          </text>
          <rect
            class="chart-bar chart-bar-0"
            x={0}
            y={i * ROW_HEIGHT + 18}
            width={round((values[i] ?? 0) * unit)}
            height={12}
          />
          <text class="chart-text chart-value" x={round((values[i] ?? 0) * unit + 6)} y={i * ROW_HEIGHT + 28}>
            {formatNumber(values[i] ?? 0)}
          </text>
        </g>
      ))}
    </svg>
  )
}

const ChartTable = ({ title, labels, labelsAre, series }: ChartProps) => {
  const columns: Column[] = [
    { label: labelsAre },
    ...series.map(({ label }) => ({ label, align: 'right' as const })),
  ]
  return (
    <Table caption={`${title}, as a table`} columns={columns} isTall>
      {labels.map((label, i) => (
        <tr>
          <th scope="row">{label}</th>
          {series.map(({ values }) => (
            <td class="cell-right">{formatNumber(values[i] ?? 0)}</td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

const round = (value: number) => Math.round(value * 10) / 10
const shortened = (label: string) =>
  label.length > LABEL_CHARS_MAX ? `${label.slice(0, LABEL_CHARS_MAX - 1)}…` : label
