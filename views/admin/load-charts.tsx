// The last hour or day of all processes as charts, with a mark where another release began.
import { formatDateTime, formatNumber, formatTime } from '#views/format.ts'
import { Chart } from '#views/parts/chart.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { paths } from '#views/paths.ts'

type Bucket = {
  at: Date
  cpuPercent?: number
  rssMegabytes?: number
  lagMs?: number
  requests?: number
  failures?: number
  queueDepth?: number
  queueAgeMs?: number
}

export type LoadChartsProps = {
  span: string
  buckets: Bucket[]
  marks: { at: Date; release: string }[]
}

const LIVE_EVERY_MS = 60_000
const SPANS = [
  { span: '1h', label: 'Last hour' },
  { span: '24h', label: 'Last 24 hours' },
]

export const LoadCharts = ({ span, buckets, marks }: LoadChartsProps) => {
  const labels = buckets.map(({ at }) => formatTime(at))
  const shared = {
    kind: 'columns' as const,
    labels,
    labelsAre: 'Time',
    marks: marks.flatMap(({ at, release }) => {
      const index = buckets.findIndex((bucket) => bucket.at.getTime() === at.getTime())
      return index < 0 ? [] : [{ index, label: release }]
    }),
  }
  const valuesOf = (pick: (bucket: Bucket) => number | undefined) =>
    buckets.map((bucket) => Math.round((pick(bucket) ?? 0) * 10) / 10)
  const most = (values: number[]) => formatNumber(Math.max(0, ...values))
  const [requests, failures] = [valuesOf((b) => b.requests), valuesOf((b) => b.failures)]
  const [cpu, memory] = [valuesOf((b) => b.cpuPercent), valuesOf((b) => b.rssMegabytes)]
  const [lag, depth] = [valuesOf((b) => b.lagMs), valuesOf((b) => b.queueDepth)]
  const age = valuesOf((b) => (b.queueAgeMs ?? 0) / 1_000)
  return (
    <section
      id="load-charts"
      class="stack"
      {...liveAttributes(paths.admin.systemCharts({ span }), LIVE_EVERY_MS)}
    >
      <h2 class="section-heading">How it was</h2>
      <nav class="log-tabs" aria-label="Time span">
        {SPANS.map((each) => (
          <a
            href={`${paths.admin.system()}?span=${each.span}#load-charts`}
            aria-current={each.span === span ? 'page' : undefined}
          >
            {each.label}
          </a>
        ))}
      </nav>
      {marks.length > 0 && (
        <p>
          New releases: {marks.map(({ at, release }) => `${release} at ${formatDateTime(at)}`).join(', ')}.
        </p>
      )}
      <div class="charts">
        <Chart
          {...shared}
          id="chart-requests"
          title="Requests"
          series={[
            { label: 'Answered', values: requests },
            { label: 'Failed', values: failures },
          ]}
          summary={`At most ${most(requests)} at a time, at most ${most(failures)} failed.`}
        />
        <Chart
          {...shared}
          id="chart-cpu"
          title="Processor, % of a core"
          series={[{ label: '%', values: cpu }]}
          summary={`At most ${most(cpu)} %.`}
        />
        <Chart
          {...shared}
          id="chart-memory"
          title="Memory, MB"
          series={[{ label: 'MB', values: memory }]}
          summary={`At most ${most(memory)} MB.`}
        />
        <Chart
          {...shared}
          id="chart-lag"
          title="Event loop p99, ms"
          series={[{ label: 'ms', values: lag }]}
          summary={`At most ${most(lag)} ms late.`}
        />
        <Chart
          {...shared}
          id="chart-queue"
          title="Due jobs"
          series={[{ label: 'Jobs', values: depth }]}
          summary={`At most ${most(depth)} waited.`}
        />
        <Chart
          {...shared}
          id="chart-age"
          title="Oldest due job, seconds"
          series={[{ label: 'Seconds', values: age }]}
          summary={`At most ${most(age)} seconds.`}
        />
      </div>
    </section>
  )
}
