// The builder's background work: what runs, what failed and why, run it again or stop it.
import { count, formatDateTime } from '#views/format.ts'
import { canCancel, canRetry, isOver, kindWords } from '#views/job-words.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { AttemptsTable, type AttemptView, JobFacts, JobStatus, type JobView } from '#views/parts/job.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type JobsProps = {
  shell: StaffShell
  jobs: JobView[]
  filters: { label: string; url: string; isCurrent: boolean }[]
  /** The address of this very list, for asking again. */
  url: string
  nextUrl?: string | undefined
  firstUrl?: string | undefined
  message?: { tone: 'success' | 'error'; text: string } | undefined
}

const LIVE_EVERY_MS = 2_000

const COLUMNS: Column[] = [
  { label: 'Work' },
  { label: 'Status' },
  { label: 'Attempts', align: 'right' },
  { label: 'Added' },
  { label: 'Actions', hiddenLabel: true },
]

export const JobsPage = (props: JobsProps) => (
  <StaffPage title="Activity" shell={props.shell} active="jobs" switchAction={paths.developer.jobs()}>
    <header class="staff-header">
      <p class="eyebrow">{props.shell.person.organisation}</p>
      <h1>Activity</h1>
    </header>
    {props.message && <Notice tone={props.message.tone}>{props.message.text}</Notice>}
    <FilterLinks label="Filter activity" links={props.filters} />
    <JobsTable {...props} />
  </StaffPage>
)

/** Asks for itself again until everything in it is over. */
export const JobsTable = ({ jobs, url, nextUrl, firstUrl }: JobsProps) => {
  const live = jobs.every(({ state }) => isOver(state)) ? {} : liveAttributes(url, LIVE_EVERY_MS)
  return (
    <div class="stack" id="jobs" {...live}>
      {jobs.length === 0 ? (
        <EmptyState icon="jobs" title="Nothing here">
          What OpenHouse does in the background for your documents and homes appears here.
        </EmptyState>
      ) : (
        <Table caption="Activity" columns={COLUMNS}>
          {jobs.map((job) => (
            <Row job={job} />
          ))}
        </Table>
      )}
      <Pagination
        label="Pages of activity"
        shown={count(jobs.length, 'entry', 'entries')}
        firstUrl={firstUrl}
        nextUrl={nextUrl}
        isForMoreOnly
      />
    </div>
  )
}

const Row = ({ job }: { job: JobView }) => (
  <tr id={`job-${job.id}`}>
    <th scope="row" class="cell-title">
      <a href={paths.developer.job(job.id)}>{kindWords(job.kind)}</a>
      {job.subject && (
        <small>
          {job.subject.url ? <a href={job.subject.url}>{job.subject.label}</a> : job.subject.label}
          {job.developmentName && job.subject.label !== job.developmentName && ` · ${job.developmentName}`}
        </small>
      )}
    </th>
    <td>
      <JobStatus job={job} />
    </td>
    <td class="cell-right">
      {job.attempt} of {job.attemptsMax}
    </td>
    <td class="cell-date">{formatDateTime(job.addedAt)}</td>
    <td class="cell-right">
      <Actions job={job} />
    </td>
  </tr>
)

const Actions = ({ job }: { job: JobView }) => (
  <div class="row-actions">
    {canRetry(job.state) && (
      <form method="post" action={paths.developer.jobRetry(job.id)}>
        <Button tone="quiet" small icon="refresh">
          {isOver(job.state) ? 'Run again' : 'Run now'}
        </Button>
      </form>
    )}
    {canCancel(job.state) && job.isPersonsRight && <span class="hint">Cannot be stopped here</span>}
    {canCancel(job.state) && !job.isStopping && !job.isPersonsRight && (
      <form method="post" action={paths.developer.jobCancel(job.id)}>
        <Button tone="quiet" small icon="stop">
          Cancel
        </Button>
      </form>
    )}
  </div>
)

export type JobPageProps = { shell: StaffShell; job: JobView; attempts: AttemptView[] }

export const JobPage = (props: JobPageProps) => (
  <StaffPage
    title={kindWords(props.job.kind)}
    shell={props.shell}
    active="jobs"
    switchAction={paths.developer.jobs()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.jobs()}>
        <Icon name="chevronLeft" /> Activity
      </a>
      <h1>{kindWords(props.job.kind)}</h1>
      {props.job.subject && (
        <p>
          {props.job.subject.url ? (
            <a href={props.job.subject.url}>{props.job.subject.label}</a>
          ) : (
            props.job.subject.label
          )}
        </p>
      )}
    </header>
    <JobProgress {...props} />
  </StaffPage>
)

/** Asks for itself again until the job is over. */
export const JobProgress = ({ job, attempts }: Omit<JobPageProps, 'shell'>) => {
  const live = isOver(job.state) ? {} : liveAttributes(paths.developer.job(job.id), LIVE_EVERY_MS)
  return (
    <div class="stack" id="job" {...live}>
      <JobFacts job={job} />
      <Actions job={job} />
      {attempts.length > 0 && (
        <Fragment>
          <h2 class="section-heading">Attempts</h2>
          <AttemptsTable attempts={attempts} />
        </Fragment>
      )}
    </div>
  )
}
