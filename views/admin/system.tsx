// How the system is doing, part by part, and how it did; asks for itself again while it is looked at.
import { AdminPage } from '#views/admin/page.tsx'
import { formatBytes, formatDuration, formatEuro, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Card } from '#views/parts/card.tsx'
import { Fact } from '#views/parts/job.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

const LIVE_EVERY_MS = 5_000
const NOT_MEASURED = 'Not measured'

export type SystemParts = {
  process: Html
  queue: Html
  database: Html
  caches: Html
  model: Html
  losses: Html
}

export const SystemPage = ({
  shell,
  parts,
  charts,
}: {
  shell: StaffShell
  parts: SystemParts
  charts: Html
}) => (
  <AdminPage title="System" shell={shell} active="system" scripts={['charts.js']}>
    <SystemLoad parts={parts} />
    {charts}
  </AdminPage>
)

export const SystemLoad = ({ parts }: { parts: SystemParts }) => (
  <div class="stack" id="system-load" {...liveAttributes(paths.admin.system(), LIVE_EVERY_MS)}>
    {parts.process}
    {parts.queue}
    {parts.model}
    {parts.caches}
    {parts.database}
    {parts.losses}
  </div>
)

export type ProcessView = {
  release: string
  uptimeMs: number
  rssBytes: number
  heapBytes: number
  cpuPercent: number
  lagMsP50: number
  lagMsP99: number
  inFlight: number | null
  streams: number
  sockets: number | null
  diskFreeBytes: number
  diskTotalBytes: number
}

export const ProcessCard = ({ load }: { load: ProcessView }) => (
  <Card title="Process">
    <dl class="job-facts">
      <Fact term="Release">{load.release}</Fact>
      <Fact term="Running for">{formatDuration(load.uptimeMs)}</Fact>
      <Fact term="Processor">{percent(load.cpuPercent / 100)} of a core</Fact>
      <Fact term="Memory">{formatBytes(load.rssBytes)}</Fact>
      <Fact term="Heap">{formatBytes(load.heapBytes)}</Fact>
      <Fact term="Event loop p50">{milliseconds(load.lagMsP50)}</Fact>
      <Fact term="Event loop p99">{milliseconds(load.lagMsP99)}</Fact>
      <Fact term="Requests in flight">{orNotMeasured(load.inFlight)}</Fact>
      <Fact term="Event streams">{formatNumber(load.streams)}</Fact>
      <Fact term="Open sockets">{orNotMeasured(load.sockets)}</Fact>
      <Fact term="Disk free">
        {formatBytes(load.diskFreeBytes)} of {formatBytes(load.diskTotalBytes)}
      </Fact>
    </dl>
  </Card>
)

export const QueueCard = ({ load }: { load: { waiting: number; running: number; oldestWaitMs: number } }) => (
  <Card title="Queue">
    <dl class="job-facts">
      <Fact term="Waiting">
        <a href={paths.admin.jobs()}>{formatNumber(load.waiting)}</a>
      </Fact>
      <Fact term="Running">{formatNumber(load.running)}</Fact>
      <Fact term="Oldest due job waits">{formatDuration(load.oldestWaitMs)}</Fact>
    </dl>
  </Card>
)

export type ModelView = {
  isSetUp: boolean
  calls: number
  msP50: number | null
  msP95: number | null
  promptTokens: number
  completionTokens: number
  failures: number
  euro: number
}

export const ModelCard = ({ load }: { load: ModelView }) => (
  <Card title="Language model, last hour">
    {!load.isSetUp && <p>No language model is set up: answers are quoted from documents.</p>}
    <dl class="job-facts">
      <Fact term="Answers written">{formatNumber(load.calls)}</Fact>
      <Fact term="Writing, p50">{load.msP50 === null ? 'None yet' : milliseconds(load.msP50)}</Fact>
      <Fact term="Writing, p95">{load.msP95 === null ? 'None yet' : milliseconds(load.msP95)}</Fact>
      <Fact term="Tokens in">{formatNumber(load.promptTokens)}</Fact>
      <Fact term="Tokens out">{formatNumber(load.completionTokens)}</Fact>
      <Fact term="Cost">{formatEuro(load.euro)}</Fact>
      <Fact term="Failed calls">
        <a href={paths.admin.logs('llm-errors')}>{formatNumber(load.failures)}</a>
      </Fact>
    </dl>
  </Card>
)

export type CacheView = { name: string; hits: number; misses: number; entries: number; bytes: number | null }

export const CacheTable = ({ caches }: { caches: CacheView[] }) => (
  <Table
    caption="Caches of this process"
    columns={[
      { label: 'Cache' },
      { label: 'Hit rate', align: 'right' },
      { label: 'Hits', align: 'right' },
      { label: 'Misses', align: 'right' },
      { label: 'Entries', align: 'right' },
      { label: 'Memory', align: 'right' },
    ]}
  >
    {caches.map(({ name, hits, misses, entries, bytes }) => (
      <tr>
        <th scope="row">{name.charAt(0).toUpperCase() + name.slice(1)}</th>
        <td class="cell-right">{hits + misses === 0 ? 'Not asked yet' : percent(hits / (hits + misses))}</td>
        <td class="cell-right">{formatNumber(hits)}</td>
        <td class="cell-right">{formatNumber(misses)}</td>
        <td class="cell-right">{formatNumber(entries)}</td>
        <td class="cell-right">{bytes === null ? 'Bounded by entries' : formatBytes(bytes)}</td>
      </tr>
    ))}
  </Table>
)

export const LossCard = ({
  losses,
}: {
  losses: { requests: number; errors: number; sentry: { sent: number; dropped: number; queued: number } }
}) => (
  <Card title="Lost on the way">
    <dl class="job-facts">
      <Fact term="Requests not written down">{formatNumber(losses.requests)}</Fact>
      <Fact term="Errors not written down">{formatNumber(losses.errors)}</Fact>
      <Fact term="Error tracker: sent">{formatNumber(losses.sentry.sent)}</Fact>
      <Fact term="Error tracker: dropped">{formatNumber(losses.sentry.dropped)}</Fact>
      <Fact term="Error tracker: waiting">{formatNumber(losses.sentry.queued)}</Fact>
    </dl>
  </Card>
)

const orNotMeasured = (value: number | null) => (value === null ? NOT_MEASURED : formatNumber(value))
const percent = (share: number) => `${formatNumber(Math.round(share * 1_000) / 10)}\u00a0%`
const milliseconds = (ms: number) => `${formatNumber(Math.round(ms * 10) / 10)}\u00a0ms`
