// The operator's announcements and release notes: what was said, and the forms to say more.
import { AdminPage } from '#views/admin/page.tsx'
import { ReleaseNoteText } from '#views/developer/whats-new.tsx'
import { formatDate, formatDateTime } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field, Select, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type AnnouncementRowView = {
  id: string
  message: string
  audience: string
  tone: 'plain' | 'warning'
  startsAt: Date
  endsAt: Date
  isDismissable: boolean
  withdrawnAt: Date | null
}

export type AnnouncementFormValues = {
  message: string
  audience: string
  tone: string
  startsAt: string
  endsAt: string
  dismissable: string
}

export type AnnouncementsProps = {
  shell: StaffShell
  announcements: AnnouncementRowView[]
  now: Date
  values: AnnouncementFormValues
  errors: { message?: string; startsAt?: string; endsAt?: string }
  message?: string | undefined
}

const AUDIENCES = [
  { value: 'everyone', label: 'Everybody' },
  { value: 'staff', label: 'Staff of builders' },
  { value: 'purchasers', label: 'Homes' },
]
const AUDIENCE_WORDS = new Map(AUDIENCES.map(({ value, label }) => [value, label]))

export const AnnouncementsPage = (props: AnnouncementsProps) => (
  <AdminPage title="Announcements" shell={props.shell} active="announcements">
    {props.message && <Notice tone="success">{props.message}</Notice>}
    <nav class="log-tabs" aria-label="What is said to everybody">
      <a href={paths.admin.announcements()} aria-current="page">
        Banners
      </a>
      <a href={paths.admin.releaseNotes()}>Release notes</a>
    </nav>
    {props.announcements.length > 0 && (
      <Table
        caption="Announcements"
        columns={[
          { label: 'Message' },
          { label: 'For' },
          { label: 'State' },
          { label: 'From' },
          { label: 'Until' },
          { label: 'Withdraw', hiddenLabel: true },
        ]}
      >
        {props.announcements.map((row) => (
          <tr id={`announcement-row-${row.id}`}>
            <th scope="row" class="cell-message">
              {row.message}
            </th>
            <td>{AUDIENCE_WORDS.get(row.audience) ?? row.audience}</td>
            <td>
              <State row={row} now={props.now} />
            </td>
            <td class="cell-date">{formatDateTime(row.startsAt)}</td>
            <td class="cell-date">{formatDateTime(row.endsAt)}</td>
            <td>
              {!row.withdrawnAt && row.endsAt > props.now && (
                <form method="post" action={paths.admin.announcementWithdrawal(row.id)}>
                  <Button tone="quiet" small>
                    Withdraw
                  </Button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </Table>
    )}
    <Card title="New announcement">
      <form class="stack" method="post" action={paths.admin.announcements()}>
        <TextArea
          label="Message"
          name="message"
          value={props.values.message}
          error={props.errors.message}
          hint="One or two sentences; at most 500 characters."
          rows={3}
          maxlength={500}
          required
        />
        <Select label="For" name="audience" options={AUDIENCES} value={props.values.audience} />
        <Select
          label="Tone"
          name="tone"
          options={[
            { value: 'plain', label: 'A message' },
            { value: 'warning', label: 'A warning' },
          ]}
          value={props.values.tone}
        />
        <Field
          label="From"
          name="starts_at"
          type="datetime-local"
          value={props.values.startsAt}
          error={props.errors.startsAt}
          hint="In Irish time; empty means now."
        />
        <Field
          label="Until"
          name="ends_at"
          type="datetime-local"
          value={props.values.endsAt}
          error={props.errors.endsAt}
          required
        />
        <Select
          label="Can it be put away"
          name="dismissable"
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No, it stays until it ends' },
          ]}
          value={props.values.dismissable}
        />
        <Button>Announce it</Button>
      </form>
    </Card>
  </AdminPage>
)

const State = ({ row, now }: { row: AnnouncementRowView; now: Date }) => {
  if (row.withdrawnAt) return <Badge>Withdrawn</Badge>
  if (row.endsAt <= now) return <Badge>Over</Badge>
  return row.startsAt <= now ? <Badge tone="success">Shown</Badge> : <Badge tone="gold">Planned</Badge>
}

export type ReleaseNotesProps = {
  shell: StaffShell
  notes: { id: string; title: string; body: string; createdAt: Date; withdrawnAt: Date | null }[]
  message?: string | undefined
}

export const ReleaseNotesPage = ({ shell, notes, message }: ReleaseNotesProps) => (
  <AdminPage title="Release notes" shell={shell} active="announcements">
    {message && <Notice tone="success">{message}</Notice>}
    <nav class="log-tabs" aria-label="What is said to everybody">
      <a href={paths.admin.announcements()}>Banners</a>
      <a href={paths.admin.releaseNotes()} aria-current="page">
        Release notes
      </a>
    </nav>
    <Card title="New release note">
      <form class="stack" method="post" action={paths.admin.releaseNotes()}>
        <Field label="Title" name="title" maxlength={120} required />
        <TextArea
          label="Text"
          name="body"
          hint="Plain text; an empty line begins a paragraph. Staff of every builder read it."
          rows={6}
          maxlength={5000}
          required
        />
        <Button>Publish it</Button>
      </form>
    </Card>
    {notes.map((note) => (
      <Card
        title={note.title}
        id={`note-${note.id}`}
        actions={
          note.withdrawnAt ? (
            <Badge>Withdrawn</Badge>
          ) : (
            <form method="post" action={paths.admin.releaseNoteWithdrawal(note.id)}>
              <Button tone="quiet" small>
                Withdraw
              </Button>
            </form>
          )
        }
      >
        <p class="eyebrow">{formatDate(note.createdAt)}</p>
        <ReleaseNoteText body={note.body} />
      </Card>
    ))}
  </AdminPage>
)
