// The operator's jobs: the monitor, every tenant's jobs with bulk actions, one job with stacks, and the confirmation.
import { count, formatDateTime, formatNumber } from '#views/format.ts'
import { canCancel, canDiscard, canRetry, isOver, kindWords } from '#views/job-words.ts'
import { type Child, Fragment, type Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import {
  AttemptsTable,
  type AttemptView,
  Fact,
  JobFacts,
  JobStatus,
  type JobView,
} from '#views/parts/job.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type OperatorAction = 'retry' | 'cancel' | 'discard'
export type AdminJobView = JobView & { tenantId: string | null; requestId: string | null }
export type Said = { action: OperatorAction; done: number; refused: number }

export type AdminJobsProps = { shell: StaffShell; monitor: Html; jobs: Html; said: Said | null }

export type JobSectionProps = {
  jobs: AdminJobView[]
  filter: { kind?: string | undefined; state?: string | undefined; tenant?: string | undefined }
  /** Of the tenant that is chosen. */
  tenantName: string | null
  kindOptions: { value: string; label: string }[]
  stateOptions: { value: string; label: string }[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const LIVE_EVERY_MS = 2_000

const COLUMNS: Column[] = [
  { label: 'Choose', hiddenLabel: true },
  { label: 'Work' },
  { label: 'Builder' },
  { label: 'Status' },
  { label: 'Attempts', align: 'right' },
  { label: 'Added' },
]

export const AdminJobsPage = (props: AdminJobsProps) => (
  <StaffPage title="Jobs" shell={props.shell} active="jobs">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Jobs</h1>
    </header>
    {props.said && <SaidNotice said={props.said} />}
    {props.monitor}
    {props.jobs}
  </StaffPage>
)

export const JobSection = (props: JobSectionProps) => (
  <Fragment>
    <h2 class="section-heading">
      {props.tenantName ? `Jobs of ${props.tenantName}` : 'Jobs of all builders'}
    </h2>
    <Filters {...props} />
    <JobList {...props} />
  </Fragment>
)

const Filters = ({ filter, kindOptions, stateOptions, tenantName }: JobSectionProps) => (
  <FilterBar
    action={paths.admin.jobs()}
    kept={{ tenant: filter.tenant }}
    more={tenantName && <a href={paths.admin.jobs({ ...filter, tenant: undefined })}>All builders</a>}
  >
    <Select label="Kind" name="kind" options={kindOptions} value={filter.kind ?? ''} />
    <Select label="State" name="state" options={stateOptions} value={filter.state ?? ''} />
  </FilterBar>
)

/** Chosen rows, or everything that matches, are named on a page of their own before anything is done to them. */
const JobList = (props: JobSectionProps) => {
  if (props.jobs.length === 0)
    return (
      <EmptyState icon="jobs" title="No jobs here">
        No job matches. Finished jobs are kept for 7 days, cancelled ones for 30 and failed ones for 90.
      </EmptyState>
    )
  return (
    <form class="stack" method="post" action={paths.admin.jobActions()}>
      {Object.entries(props.filter).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <Table caption="Jobs" columns={COLUMNS}>
        {props.jobs.map((job) => (
          <Row job={job} filter={props.filter} />
        ))}
      </Table>
      <div class="bulk-actions">
        <span>Chosen jobs:</span>
        <ActionButtons scope="chosen" />
        <span>All that match:</span>
        <ActionButtons scope="matching" />
      </div>
      <Pagination
        label="Pages of jobs"
        shown={count(props.jobs.length, 'job')}
        firstUrl={props.firstUrl}
        nextUrl={props.nextUrl}
      />
    </form>
  )
}

const ACTION_WORDS: Record<OperatorAction, string> = { retry: 'Retry', cancel: 'Cancel', discard: 'Discard' }
const ACTIONS = Object.keys(ACTION_WORDS) as OperatorAction[]

const ActionButtons = ({ scope }: { scope: 'chosen' | 'matching' }) => (
  <Fragment>
    {ACTIONS.map((action) => (
      <Button tone={action === 'discard' ? 'danger' : 'quiet'} small name={scope} value={action}>
        {ACTION_WORDS[action]}
        {scope === 'matching' && <span class="visually-hidden"> all that match</span>}
      </Button>
    ))}
  </Fragment>
)

const Row = ({ job, filter }: { job: AdminJobView; filter: JobSectionProps['filter'] }) => (
  <tr id={`job-${job.id}`}>
    <td>
      <input type="checkbox" name="id" value={job.id} aria-label={`Choose ${kindWords(job.kind)}`} />
    </td>
    <th scope="row" class="cell-title">
      <a href={paths.admin.job(job.id)}>{kindWords(job.kind)}</a>
      <small>{job.subject?.label}</small>
    </th>
    <td>
      {job.tenantId && job.tenantName ? (
        <a href={paths.admin.jobs({ ...filter, tenant: job.tenantId })}>{job.tenantName}</a>
      ) : (
        'OpenHouse'
      )}
    </td>
    <td>
      <JobStatus job={job} />
    </td>
    <td class="cell-right">
      {job.attempt} of {job.attemptsMax}
    </td>
    <td class="cell-date">{formatDateTime(job.addedAt)}</td>
  </tr>
)

const DONE_WORDS: Record<OperatorAction, string> = {
  retry: 'will run again',
  cancel: 'cancelled or told to stop',
  discard: 'given up',
}

const SaidNotice = ({ said }: { said: Said }) => (
  <Notice tone={said.done > 0 ? 'success' : 'warning'}>
    {count(said.done, 'job')} {DONE_WORDS[said.action]}.
    {said.refused > 0 && ` ${formatNumber(said.refused)} could not be: over, running or queued already.`}
  </Notice>
)

export type ConfirmProps = {
  shell: StaffShell
  action: OperatorAction
  ids: string[]
  /** More match than one action takes. */
  hasMore: boolean
  backUrl: string
}

const CONSEQUENCE: Record<OperatorAction, string> = {
  retry:
    'Each runs again with a fresh budget of attempts. Those that are over for good or run already stay as they are.',
  cancel: 'Those that wait end at once, those that run are stopped within seconds. What they had done stays.',
  discard: 'Those that wait are given up and stay listed as failed. They can be run again later.',
}

export const ConfirmActionPage = ({ shell, action, ids, hasMore, backUrl }: ConfirmProps) => (
  <StaffPage title={`${ACTION_WORDS[action]} jobs`} shell={shell} active="jobs">
    <header class="staff-header">
      <h1>{ids.length === 0 ? 'No job chosen' : `${ACTION_WORDS[action]} ${count(ids.length, 'job')}?`}</h1>
    </header>
    {ids.length === 0 ? (
      <p>Choose at least one job, or use the buttons for all that match.</p>
    ) : (
      <p>{CONSEQUENCE[action]}</p>
    )}
    {hasMore && (
      <Notice tone="warning">More match: one action takes at most {formatNumber(ids.length)}.</Notice>
    )}
    <form class="row-actions" method="post" action={paths.admin.jobActions()}>
      <input type="hidden" name="ids" value={ids.join(',')} />
      {ids.length > 0 && (
        <Button tone={action === 'discard' ? 'danger' : 'primary'} name="confirmed" value={action}>
          {ACTION_WORDS[action]} {count(ids.length, 'job')}
        </Button>
      )}
      <ButtonLink href={backUrl} tone="quiet">
        Back
      </ButtonLink>
    </form>
  </StaffPage>
)

export type AdminJobProps = { shell: StaffShell; job: AdminJobView; attempts: AttemptView[] }

export const AdminJobPage = (props: AdminJobProps) => (
  <StaffPage title={kindWords(props.job.kind)} shell={props.shell} active="jobs">
    <header class="staff-header">
      <a class="back-link" href={paths.admin.jobs()}>
        <Icon name="chevronLeft" /> Jobs
      </a>
      <h1>{kindWords(props.job.kind)}</h1>
      {props.job.subject && <p>{props.job.subject.label}</p>}
    </header>
    <AdminJobProgress {...props} />
  </StaffPage>
)

/** Asks for itself again until the job is over. */
export const AdminJobProgress = ({ job, attempts }: Omit<AdminJobProps, 'shell'>) => {
  const live = isOver(job.state) ? {} : liveAttributes(paths.admin.job(job.id), LIVE_EVERY_MS)
  return (
    <div class="stack" id="job" {...live}>
      <JobFacts job={job}>
        <Fact term="Kind">{job.kind}</Fact>
        <Fact term="Job">{job.id}</Fact>
        {job.requestId && <Fact term="Request">{job.requestId}</Fact>}
        {job.errorCode && <Fact term="Code">{job.errorCode}</Fact>}
      </JobFacts>
      <form class="bulk-actions" method="post" action={paths.admin.jobActions()}>
        <input type="hidden" name="id" value={job.id} />
        {canRetry(job.state) && <Choice action="retry">Run again</Choice>}
        {canCancel(job.state) && !job.isStopping && <Choice action="cancel">Cancel</Choice>}
        {canDiscard(job.state) && <Choice action="discard">Discard</Choice>}
      </form>
      <Card title="Attempts">
        {attempts.length > 0 ? <AttemptsTable attempts={attempts} /> : <p>Not tried yet.</p>}
      </Card>
    </div>
  )
}

const Choice = ({ action, children }: { action: OperatorAction; children: Child }) => (
  <Button tone={action === 'discard' ? 'danger' : 'quiet'} name="chosen" value={action}>
    {children}
  </Button>
)
