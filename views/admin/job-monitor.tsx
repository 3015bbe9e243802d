// The live part of the operator's job page: figures a kind, worker processes, recurring tasks.
import { formatDateTime, formatDuration, formatNumber } from '#views/format.ts'
import { type JobState, kindWords, STATE_WORDS } from '#views/job-words.ts'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge } from '#views/parts/card.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type KindRow = {
  kind: string
  available: number
  scheduled: number
  running: number
  retryable: number
  completed: number
  cancelled: number
  discarded: number
  completedLastHour: number
  waitMsP95: number | null
  runMsP95: number | null
  oldestWaitMs: number | null
  pausedAt: Date | null
}

export type WorkerView = {
  processNumber: number
  host: string
  pid: number
  threadCount: number
  runningCount: number
  replacementCount: number
  startedAt: Date
  heartbeatAgeMs: number
}

export type TaskView = {
  name: string
  pattern: string
  lastTickAt: Date | null
  lastJob: { id: string; state: JobState } | null
}

/** Each is read and drawn by itself, so that one may break alone. */
export type MonitorParts = { kinds: Html; workers: Html; cron: Html }

const LIVE_EVERY_MS = 5_000
/** Three beats: a process that missed them hangs or is gone. */
const SILENT_MS = 45_000
/** A due job should be picked up at once; so old a one means that nobody works. */
const OLD_MS = 5 * 60_000

export const JobMonitor = ({ kinds, workers, cron }: MonitorParts) => (
  <div class="stack" id="job-monitor" {...liveAttributes(paths.admin.jobMonitor(), LIVE_EVERY_MS)}>
    {kinds}
    <h2 class="section-heading">Workers</h2>
    {workers}
    <h2 class="section-heading">Recurring tasks</h2>
    {cron}
  </div>
)

export const KindTable = ({ kinds }: { kinds: KindRow[] }) => (
  <Table caption="Kinds of work" columns={KIND_COLUMNS} isDense>
    {kinds.map((row) => (
      <Kind row={row} />
    ))}
  </Table>
)

export const WorkerTable = ({ workers }: { workers: WorkerView[] }) => (
  <Fragment>
    <Table caption="Worker processes" columns={WORKER_COLUMNS}>
      {workers.map((worker) => (
        <Worker worker={worker} />
      ))}
    </Table>
    {workers.length === 0 && <p>No process runs jobs.</p>}
  </Fragment>
)

export const TaskTable = ({ tasks }: { tasks: TaskView[] }) => (
  <Table caption="Recurring tasks" columns={TASK_COLUMNS}>
    {tasks.map((task) => (
      <Task task={task} />
    ))}
  </Table>
)

const KIND_COLUMNS: Column[] = [
  { label: 'Kind' },
  { label: 'Waiting', align: 'right' },
  { label: 'Running', align: 'right' },
  { label: 'Retrying', align: 'right' },
  { label: 'Oldest', align: 'right' },
  { label: 'Done 1 h', align: 'right' },
  { label: 'Done 24 h', align: 'right' },
  { label: 'Cancelled', align: 'right' },
  { label: 'Failed', align: 'right' },
  { label: 'Wait p95 1 h', align: 'right' },
  { label: 'Run p95 1 h', align: 'right' },
  { label: 'Pause', hiddenLabel: true },
]

const Kind = ({ row }: { row: KindRow }) => (
  <tr id={`kind-${row.kind}`}>
    <th scope="row" class="cell-title">
      <a href={paths.admin.jobs({ kind: row.kind })}>{kindWords(row.kind)}</a>
      <small>{row.kind}</small>
      {row.pausedAt && <Badge tone="warning">Paused since {formatDateTime(row.pausedAt)}</Badge>}
    </th>
    <td class="cell-right">{formatNumber(row.available + row.scheduled)}</td>
    <td class="cell-right">{formatNumber(row.running)}</td>
    <td class="cell-right">{formatNumber(row.retryable)}</td>
    <td class={(row.oldestWaitMs ?? 0) > OLD_MS ? 'cell-right failure' : 'cell-right'}>
      {durationOrDash(row.oldestWaitMs)}
    </td>
    <td class="cell-right">{formatNumber(row.completedLastHour)}</td>
    <td class="cell-right">{formatNumber(row.completed)}</td>
    <td class="cell-right">{formatNumber(row.cancelled)}</td>
    <td class={row.discarded > 0 ? 'cell-right failure' : 'cell-right'}>
      <a href={paths.admin.jobs({ kind: row.kind, state: 'discarded' })}>{formatNumber(row.discarded)}</a>
    </td>
    <td class="cell-right">{durationOrDash(row.waitMsP95)}</td>
    <td class="cell-right">{durationOrDash(row.runMsP95)}</td>
    <td>
      <form
        method="post"
        action={row.pausedAt ? paths.admin.jobKindResume(row.kind) : paths.admin.jobKindPause(row.kind)}
      >
        <Button tone="quiet" small>
          {row.pausedAt ? 'Resume' : 'Pause'} <span class="visually-hidden">{row.kind}</span>
        </Button>
      </form>
    </td>
  </tr>
)

const durationOrDash = (ms: number | null) => (ms === null ? '–' : formatDuration(ms))

const WORKER_COLUMNS: Column[] = [
  { label: 'Process' },
  { label: 'State' },
  { label: 'Threads', align: 'right' },
  { label: 'Running', align: 'right' },
  { label: 'Threads replaced', align: 'right' },
  { label: 'Heartbeat', align: 'right' },
  { label: 'Since' },
]

const Worker = ({ worker }: { worker: WorkerView }) => (
  <tr id={`worker-${worker.processNumber}`}>
    <th scope="row" class="cell-title">
      {worker.host}
      <small>
        pid {String(worker.pid)}, leases {String(worker.processNumber)}
      </small>
    </th>
    <td>
      {worker.heartbeatAgeMs > SILENT_MS ? (
        <Badge tone="error">Silent</Badge>
      ) : (
        <Badge tone="success">Alive</Badge>
      )}
    </td>
    <td class="cell-right">{formatNumber(worker.threadCount)}</td>
    <td class="cell-right">{formatNumber(worker.runningCount)}</td>
    <td class="cell-right">{formatNumber(worker.replacementCount)}</td>
    <td class="cell-right">{formatDuration(worker.heartbeatAgeMs)} ago</td>
    <td class="cell-date">{formatDateTime(worker.startedAt)}</td>
  </tr>
)

const TASK_COLUMNS: Column[] = [
  { label: 'Task' },
  { label: 'When (Irish time)' },
  { label: 'Last tick' },
  { label: 'Its job' },
  { label: 'Actions', hiddenLabel: true },
]

const Task = ({ task }: { task: TaskView }) => (
  <tr id={`task-${task.name}`}>
    <th scope="row" class="cell-title">
      {task.name}
    </th>
    <td>
      <code>{task.pattern}</code>
    </td>
    <td class="cell-date">{task.lastTickAt ? formatDateTime(task.lastTickAt) : 'None yet'}</td>
    <td>
      {task.lastJob ? <a href={paths.admin.job(task.lastJob.id)}>{STATE_WORDS[task.lastJob.state]}</a> : '–'}
    </td>
    <td class="cell-right">
      <form method="post" action={paths.admin.cronTaskRun(task.name)}>
        <Button tone="quiet" small>
          Run now <span class="visually-hidden">{task.name}</span>
        </Button>
      </form>
    </td>
  </tr>
)
