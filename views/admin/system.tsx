// How the process, its database connections and its queue are doing; asks for itself again while it is looked at.
import { formatBytes, formatDuration, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Card } from '#views/parts/card.tsx'
import { Fact } from '#views/parts/job.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { paths } from '#views/paths.ts'

export type SystemView = {
  release: string
  uptimeMs: number
  rssBytes: number
  heapBytes: number
  cpuMs: number
  lagMsP50: number
  lagMsP99: number
  connections: { state: string; count: number }[]
  poolSize: number
  waitingJobs: number
  runningJobs: number
  oldestWaitMs: number
  droppedRequests: number
  droppedErrors: number
  sentry: { sent: number; dropped: number; queued: number }
}

const LIVE_EVERY_MS = 5_000

export const SystemPage = ({ shell, load }: { shell: StaffShell; load: SystemView }) => (
  <StaffPage title="System" shell={shell} active="system">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>System</h1>
    </header>
    <SystemLoad load={load} />
  </StaffPage>
)

export const SystemLoad = ({ load }: { load: SystemView }) => (
  <div class="stack" id="system-load" {...liveAttributes(paths.admin.system(), LIVE_EVERY_MS)}>
    <Card title="Process">
      <dl class="job-facts">
        <Fact term="Release">{load.release}</Fact>
        <Fact term="Running for">{formatDuration(load.uptimeMs)}</Fact>
        <Fact term="Memory">{formatBytes(load.rssBytes)}</Fact>
        <Fact term="Heap">{formatBytes(load.heapBytes)}</Fact>
        <Fact term="CPU time">{formatDuration(load.cpuMs)}</Fact>
        <Fact term="Event loop p50">{milliseconds(load.lagMsP50)}</Fact>
        <Fact term="Event loop p99">{milliseconds(load.lagMsP99)}</Fact>
      </dl>
    </Card>
    <Card title="Queue">
      <dl class="job-facts">
        <Fact term="Waiting">
          <a href={paths.admin.jobs()}>{formatNumber(load.waitingJobs)}</a>
        </Fact>
        <Fact term="Running">{formatNumber(load.runningJobs)}</Fact>
        <Fact term="Oldest due job waits">{formatDuration(load.oldestWaitMs)}</Fact>
      </dl>
    </Card>
    <Card title="Database connections">
      <dl class="job-facts">
        <Fact term="Pool of this process">{formatNumber(load.poolSize)}</Fact>
        {load.connections.map(({ state, count }) => (
          <Fact term={state}>{formatNumber(count)}</Fact>
        ))}
      </dl>
    </Card>
    <Card title="Lost on the way">
      <dl class="job-facts">
        <Fact term="Requests not written down">{formatNumber(load.droppedRequests)}</Fact>
        <Fact term="Errors not written down">{formatNumber(load.droppedErrors)}</Fact>
        <Fact term="Error tracker: sent">{formatNumber(load.sentry.sent)}</Fact>
        <Fact term="Error tracker: dropped">{formatNumber(load.sentry.dropped)}</Fact>
        <Fact term="Error tracker: waiting">{formatNumber(load.sentry.queued)}</Fact>
      </dl>
    </Card>
  </div>
)

const milliseconds = (ms: number) => `${formatNumber(Math.round(ms * 10) / 10)}\u00a0ms`
