// Notices to the homes of a development: the form, and what was written with how many homes have read it.
import { count, formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { NOTICE_CATEGORIES, type NoticeCategoryKey } from '#views/notice-words.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Checkboxes, Field, Select, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Pagination } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type StaffNoticeView = {
  id: string
  title: string
  body: string
  category: NoticeCategoryKey
  houseTypeCodes: string[]
  phases: string[]
  authorName: string
  publishAt: Date
  withdrawnAt: Date | null
  homes: number
  homesRead: number
}

export type NoticeFormValues = {
  title: string
  body: string
  category: string
  publishAt: string
  houseTypes: string[]
  phases: string[]
}

export type StaffNoticesProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  houseTypes: { code: string; name: string }[]
  /** Of the homes; where none says one there is nothing to choose. */
  phases: string[]
  values: NoticeFormValues
  /** The same form sent twice is one notice. */
  formKey: string
  errors: { title?: string; body?: string; publishAt?: string; houseTypes?: string; phases?: string }
  message?: string | undefined
  notices: StaffNoticeView[]
  now: Date
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const StaffNoticesPage = (props: StaffNoticesProps) => (
  <StaffPage title="Notices" shell={props.shell} active="notices" switchAction={paths.developer.notices()}>
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Notices</h1>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    <div class="snag-columns">
      <section class="stack" aria-label="Notices so far">
        {props.notices.length === 0 && (
          <EmptyState icon="document" title="Nothing written yet">
            A notice appears in the app of every home that it is for.
          </EmptyState>
        )}
        {props.notices.map((notice) => (
          <Item notice={notice} now={props.now} />
        ))}
        <Pagination
          label="Pages of notices"
          shown={count(props.notices.length, 'notice')}
          firstUrl={props.firstUrl}
          nextUrl={props.nextUrl}
          isForMoreOnly
        />
      </section>
      <Form {...props} />
    </div>
  </StaffPage>
)

/** "all homes", "BD01, BS02", "phase 2", "BD01 in phases 1, 2". */
function audienceOf({ houseTypeCodes, phases }: StaffNoticeView): string {
  const types = houseTypeCodes.join(', ')
  if (phases.length === 0) return types || 'all homes'
  const named = `${phases.length === 1 ? 'phase' : 'phases'} ${phases.join(', ')}`
  return types ? `${types} in ${named}` : named
}

const Item = ({ notice, now }: { notice: StaffNoticeView; now: Date }) => (
  <Card as="article" className="notice-card">
    <p class="document-meta">
      {NOTICE_CATEGORIES[notice.category]} · {notice.authorName} · {audienceOf(notice)}{' '}
      {notice.withdrawnAt ? (
        <Badge tone="error">Withdrawn</Badge>
      ) : notice.publishAt > now ? (
        <Badge tone="gold">From {formatDateTime(notice.publishAt)}</Badge>
      ) : (
        <Badge tone="success">{formatDateTime(notice.publishAt)}</Badge>
      )}
    </p>
    <h2>{notice.title}</h2>
    <p class="notice-words">{notice.body}</p>
    <p>
      Read in <strong>{count(notice.homesRead, 'home')}</strong> of {notice.homes}.
    </p>
    {!notice.withdrawnAt && (
      <form method="post" action={paths.developer.noticeWithdrawal(notice.id)}>
        <Button tone="quiet" small>
          Withdraw
        </Button>
      </form>
    )}
  </Card>
)

const Form = ({ developmentId, houseTypes, phases, values, errors, formKey }: StaffNoticesProps) => (
  <Card title="Write a notice">
    <form class="stack" method="post" action={paths.developer.notices({ development: developmentId })}>
      <input type="hidden" name="form_key" value={formKey} />
      <Field label="Title" name="title" value={values.title} error={errors.title} maxlength={120} required />
      <TextArea
        label="Text"
        name="body"
        value={values.body}
        error={errors.body}
        rows={6}
        maxlength={4000}
        required
      />
      <Select
        label="Kind"
        name="category"
        options={Object.entries(NOTICE_CATEGORIES).map(([value, label]) => ({ value, label }))}
        value={values.category}
      />
      <Field
        label="Show from"
        name="publish_at"
        type="datetime-local"
        value={values.publishAt}
        hint="Irish time. Leave it empty to publish now."
        error={errors.publishAt}
      />
      <Checkboxes
        legend="House types"
        name="house_types"
        hint="None chosen: every home of the development."
        options={houseTypes.map(({ code }) => ({ value: code, label: code }))}
        checked={values.houseTypes}
        error={errors.houseTypes}
      />
      {(phases.length > 0 || errors.phases) && (
        <Checkboxes
          legend="Phases"
          name="phases"
          hint="None chosen: homes of every phase."
          options={phases.map((phase) => ({ value: phase, label: phase }))}
          checked={values.phases}
          error={errors.phases}
        />
      )}
      <Button>Publish</Button>
    </form>
  </Card>
)
