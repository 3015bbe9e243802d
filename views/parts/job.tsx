// How one piece of background work stands, and its attempts: the same for the builder and the operator.
import { formatDateTime, formatDuration, formatTime } from '#views/format.ts'
import { failureSentence, isOver, type JobState, STATE_TONE, STATE_WORDS } from '#views/job-words.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { Badge, Progress } from '#views/parts/card.tsx'
import { type Column, Table } from '#views/parts/table.tsx'

export type JobView = {
  id: string
  kind: string
  /** No builder may stop it. */
  isPersonsRight: boolean
  state: JobState
  /** The document, home or development it is about; null for work about nothing in particular. */
  subject: { label: string; url: string | null } | null
  developmentName: string | null
  tenantName: string | null
  stage: string | null
  progress: { done: number; total: number } | null
  errorCode: string | null
  /** It runs, and somebody asked for it to stop. */
  isStopping: boolean
  attempt: number
  attemptsMax: number
  /** When it may run, while it waits for a time. */
  nextAt: Date | null
  addedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export const JobStatus = ({ job }: { job: JobView }) => (
  <div class="status-cell">
    <Badge tone={STATE_TONE[job.state]}>{job.isStopping ? 'Stopping' : STATE_WORDS[job.state]}</Badge>
    {job.state === 'running' && job.progress && (
      <Progress label="Progress" done={job.progress.done} total={job.progress.total} />
    )}
    {job.state === 'running' && job.stage && <p class="stage">{stageWords(job)}</p>}
    {job.errorCode && (
      <p class={job.state === 'discarded' ? 'failure' : 'stage'}>{failureSentence(job.errorCode)}</p>
    )}
    {!isOver(job.state) && job.nextAt && <p class="stage">Next try at {formatTime(job.nextAt)}</p>}
  </div>
)

const stageWords = ({ stage, progress }: JobView) =>
  progress && progress.total > 0 ? `${stage} (${progress.done} of ${progress.total})` : stage

export type AttemptView = {
  attempt: number
  outcome: 'completed' | 'failed' | 'cancelled' | 'snoozed' | 'lost' | 'released' | null
  errorCode: string | null
  /** For the operator: the stack, and who ran it. */
  detail?: string | null
  worker?: string
  startedAt: Date
  finishedAt: Date | null
}

const OUTCOME: Record<NonNullable<AttemptView['outcome']>, string> = {
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  snoozed: 'Put off',
  lost: 'Lost with its process',
  released: 'Put back',
}

/** Oldest first. Attempts that were lost, put back or put off do not count against the budget. */
export const AttemptsTable = ({ attempts }: { attempts: AttemptView[] }) => {
  const isInside = attempts.some(({ worker }) => worker !== undefined)
  const columns: Column[] = [
    { label: 'Attempt', align: 'right' },
    { label: 'Started' },
    { label: 'Took', align: 'right' },
    { label: 'Outcome' },
    ...(isInside ? [{ label: 'Worker' }] : []),
  ]
  return (
    <Table caption="Attempts" columns={columns}>
      {attempts.map((attempt) => (
        <tr>
          <td class="cell-right">{attempt.attempt}</td>
          <td class="cell-date">{formatDateTime(attempt.startedAt)}</td>
          <td class="cell-right">
            {attempt.finishedAt
              ? formatDuration(attempt.finishedAt.getTime() - attempt.startedAt.getTime())
              : '–'}
          </td>
          <td>
            {attempt.outcome ? OUTCOME[attempt.outcome] : 'Running'}
            {attempt.errorCode && (
              <p class="stage">
                {failureSentence(attempt.errorCode)}
                {isInside && ` (${attempt.errorCode})`}
              </p>
            )}
            {attempt.detail && <pre class="stack-trace">{attempt.detail}</pre>}
          </td>
          {isInside && <td class="cell-date">{attempt.worker}</td>}
        </tr>
      ))}
    </Table>
  )
}

/** The dates and counts of one job, as terms and descriptions. */
export const JobFacts = ({ job, children }: { job: JobView; children?: Child }) => (
  <dl class="job-facts">
    <Fact term="Status">
      <JobStatus job={job} />
    </Fact>
    {job.tenantName && <Fact term="Builder">{job.tenantName}</Fact>}
    {job.developmentName && <Fact term="Development">{job.developmentName}</Fact>}
    <Fact term="Attempts">
      {job.attempt} of {job.attemptsMax}
    </Fact>
    <Fact term="Added">{formatDateTime(job.addedAt)}</Fact>
    {job.finishedAt && <Fact term="Over since">{formatDateTime(job.finishedAt)}</Fact>}
    {children}
  </dl>
)

export const Fact = ({ term, children }: { term: string; children: Child }) => (
  <div class="job-fact">
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)
