// One builder: its staff, suspending it, and looking at the application as somebody of it.
import type { TenantRow } from '#views/admin/tenants.tsx'
import { formatDateTime } from '#views/format.ts'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field, Select, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { type StorageView, storageWords } from '#views/storage-words.ts'

export type TenantProps = {
  shell: StaffShell
  tenant: TenantRow
  storage: StorageView
  staff: Html
}

export type TenantStaffProps = {
  tenant: TenantRow
  staff: { id: string; name: string; email: string; role: string; disabledAt: string | null }[]
  /** What was asked for and could not be. */
  refused: { reason: string; home: string; sentence: string } | null
  minutesMax: number
}

export const TenantPage = (props: TenantProps) => (
  <StaffPage title={props.tenant.name} shell={props.shell} active="tenants">
    <header class="staff-header">
      <a class="back-link" href={paths.admin.tenants()}>
        <Icon name="chevronLeft" /> Builders
      </a>
      <h1>{props.tenant.name}</h1>
    </header>
    {props.tenant.suspendedAt && (
      <Notice tone="warning">Suspended since {formatDateTime(props.tenant.suspendedAt)}.</Notice>
    )}
    <nav class="log-tabs" aria-label={`Logs of ${props.tenant.name}`}>
      <a href={paths.admin.logs('activity', { tenant: props.tenant.id })}>Activity</a>
      <a href={paths.admin.logs('rag', { tenant: props.tenant.id })}>Questions</a>
      <a href={paths.admin.logs('ingestion', { tenant: props.tenant.id })}>Documents read</a>
      <a href={paths.admin.logs('impersonations', { tenant: props.tenant.id })}>Impersonations</a>
      <a href={paths.admin.jobs({ tenant: props.tenant.id })}>Jobs</a>
      <a href={paths.admin.latency({ tenant: props.tenant.id })}>Latency</a>
    </nav>
    {props.staff}
    <p>{storageWords(props.storage)}</p>
    <Suspension tenant={props.tenant} />
  </StaffPage>
)

/** Who works there, and looking as one of them. */
export const TenantStaff = (props: TenantStaffProps) => (
  <Fragment>
    <Table caption="Staff" columns={[{ label: 'Staff' }, { label: 'Role' }, { label: 'Status' }]}>
      {props.staff.map((person) => (
        <tr>
          <th scope="row" class="cell-title">
            {person.name}
            <small>{person.email}</small>
          </th>
          <td>{person.role}</td>
          <td>
            {person.disabledAt ? <Badge tone="error">Disabled</Badge> : <Badge tone="success">Active</Badge>}
          </td>
        </tr>
      ))}
    </Table>
    {!props.tenant.suspendedAt && <LookAs {...props} />}
  </Fragment>
)

const LookAs = ({ tenant, staff, refused, minutesMax }: TenantStaffProps) => (
  <Card title="Look as somebody">
    <form class="stack" method="post" action={paths.admin.tenantImpersonation(tenant.id)}>
      <p>You can look and change nothing. The builder sees it, and so does the home if it is one.</p>
      {refused && (
        <Notice tone="error">
          <p>{refused.sentence}</p>
        </Notice>
      )}
      <Select
        label="Member of staff"
        name="staff_id"
        options={[
          { value: '', label: 'None' },
          ...staff
            .filter(({ disabledAt }) => !disabledAt)
            .map(({ id, name, role }) => ({ value: id, label: `${name}, ${role}` })),
        ]}
      />
      <Field
        label="Or a home"
        name="home"
        value={refused?.home}
        hint="Its address as it is on record, or its id."
        maxlength={200}
      />
      <TextArea
        label="Reason"
        name="reason"
        value={refused?.reason}
        hint="At least 10 characters; the builder reads it."
        rows={2}
        maxlength={500}
        required
      />
      <Select
        label="For how long"
        name="minutes"
        options={[5, 15, minutesMax].map((minutes) => ({
          value: String(minutes),
          label: `${minutes} minutes`,
        }))}
        value="15"
      />
      <Button>Look</Button>
    </form>
  </Card>
)

const Suspension = ({ tenant }: { tenant: TenantRow }) =>
  tenant.suspendedAt ? (
    <Card title="Resume">
      <form class="stack" method="post" action={paths.admin.tenantResumption(tenant.id)}>
        <p>Everything works again as before. People sign in anew; jobs that waited run.</p>
        <Button>Resume {tenant.name}</Button>
      </form>
    </Card>
  ) : (
    <Card title="Suspend">
      <form class="stack" method="post" action={paths.admin.tenantSuspension(tenant.id)}>
        <p>
          Purchasers and staff are signed out and cannot sign in, printed codes and API keys answer as if
          unknown, and jobs, mails and deliveries wait. Nothing is deleted.
        </p>
        <Button tone="danger">Suspend {tenant.name}</Button>
      </form>
    </Card>
  )
