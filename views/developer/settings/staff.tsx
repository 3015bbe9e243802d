// The staff of a builder: who may do what, inviting somebody, and one person's rights and sessions.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { count, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Checkboxes, Field, Select } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type StaffMemberView = {
  id: string
  name: string
  email: string
  role: 'admin' | 'developer'
  developments: string[]
  developmentIds: string[]
  isDisabled: boolean
  isInvited: boolean
  liveSessions: number
  hasSecondFactor: boolean
  lastSeenAt: Date | null
  isSelf: boolean
}

export type NewLinkView = {
  url: string
  name: string
  isMailed: boolean
  purpose: 'invitation' | 'password_reset'
}

export type RightsView = { role: 'admin' | 'developer'; developmentIds: string[] }

type Problem = (field: string) => string | undefined

export type StaffSettingsProps = {
  shell: StaffShell
  members: StaffMemberView[]
  /** Shown this once. */
  link: NewLinkView | null
  /** What was sent and refused. */
  invitation: RightsView & { name: string; email: string; problem: Problem }
  isFactorRequired: boolean
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Name' },
  { label: 'Role' },
  { label: 'Developments' },
  { label: 'Signed in' },
  { label: 'State' },
]

const ROLE_LABEL = { admin: 'Administrator', developer: 'Developer' }

export const StaffSettingsPage = ({ shell, members, link, invitation, ...rest }: StaffSettingsProps) => (
  <SettingsFrame shell={shell} view="staff" title="Staff" message={rest.message}>
    {link && <NewLink link={link} />}
    <Table caption="Staff" columns={COLUMNS}>
      {members.map((member) => (
        <MemberRow member={member} />
      ))}
    </Table>
    <Card title="Invite somebody" id="invite">
      <form class="stack" method="post" action={paths.developer.staffInvitations()}>
        <Field
          label="Name"
          name="name"
          value={invitation.name}
          error={invitation.problem('name')}
          maxlength={200}
          autocomplete="off"
          required
        />
        <Field
          label="E-mail address"
          name="email"
          type="email"
          value={invitation.email}
          error={invitation.problem('email')}
          maxlength={254}
          autocomplete="off"
          required
        />
        <RightsFields shell={shell} rights={invitation} problem={invitation.problem} />
        <Button>Invite</Button>
      </form>
    </Card>
    <FactorRule isRequired={rest.isFactorRequired} />
  </SettingsFrame>
)

const FactorRule = ({ isRequired }: { isRequired: boolean }) => (
  <Card title="Second factor" id="second-factor-rule" className="stack">
    <p>
      {isRequired
        ? 'Everybody here signs in with a password and a code of an authenticator app. Who has none yet sets it up at their next sign-in.'
        : 'Everybody chooses for themselves whether signing in takes a code of an authenticator app beside the password.'}
    </p>
    <form method="post" action={paths.developer.secondFactorRule()}>
      <input type="hidden" name="required" value={isRequired ? 'no' : 'yes'} />
      <Button tone="quiet">{isRequired ? 'Leave it to everybody' : 'Require it of everybody'}</Button>
    </form>
  </Card>
)

const NewLink = ({ link }: { link: NewLinkView }) => (
  <Notice
    tone="success"
    title={link.purpose === 'invitation' ? `${link.name} is invited` : 'A new link'}
    id="new-link"
  >
    <p>
      {link.isMailed
        ? 'The link was sent by e-mail. You can hand it over yourself as well:'
        : 'E-mail is not set up here, so hand this link over yourself:'}
    </p>
    <p class="one-time">{link.url}</p>
    <p>It works once, within three days, and is not shown again. Whoever has it sets the password.</p>
  </Notice>
)

const MemberRow = ({ member }: { member: StaffMemberView }) => (
  <tr>
    <th scope="row" class="cell-title">
      <a href={paths.developer.staffMember(member.id)}>{member.name}</a>
      <small>{member.email}</small>
    </th>
    <td>{ROLE_LABEL[member.role]}</td>
    <td>{member.role === 'admin' ? 'All' : member.developments.join(', ') || 'None yet'}</td>
    <td class="cell-date">{member.lastSeenAt ? formatDateTime(member.lastSeenAt) : 'Never'}</td>
    <td>
      <MemberState member={member} />
    </td>
  </tr>
)

const MemberState = ({ member }: { member: StaffMemberView }) => {
  if (member.isDisabled) return <Badge tone="error">Disabled</Badge>
  if (member.isInvited) return <Badge tone="warning">Invited</Badge>
  return <Badge tone="success">Active</Badge>
}

const RightsFields = (props: { shell: StaffShell; rights: RightsView; problem: Problem }) => (
  <Fragment>
    <Select
      label="Role"
      name="role"
      value={props.rights.role}
      error={props.problem('role')}
      options={[
        { value: 'developer', label: 'Developer: the developments chosen below' },
        { value: 'admin', label: 'Administrator: everything, staff and keys as well' },
      ]}
    />
    <Checkboxes
      legend="Developments"
      name="development_ids"
      hint="For developers. Administrators see all of them."
      options={props.shell.developments.map(({ id, name }) => ({ value: id, label: name }))}
      checked={props.rights.developmentIds}
      error={props.problem('development_ids')}
    />
  </Fragment>
)

export type StaffMemberProps = {
  shell: StaffShell
  member: StaffMemberView
  rights: RightsView
  problem: Problem
  link: NewLinkView | null
  message?: string | undefined
}

export const StaffMemberPage = ({ shell, member, rights, problem, link, message }: StaffMemberProps) => (
  <SettingsFrame
    shell={shell}
    view="staff"
    title={member.name}
    message={message}
    problem={member.isSelf ? problem('role') : undefined}
  >
    {link && <NewLink link={link} />}
    <Card title="Rights" id="rights" className="stack">
      <p>
        {member.email} <MemberState member={member} />
      </p>
      <form class="stack" method="post" action={paths.developer.staffMember(member.id)}>
        <RightsFields shell={shell} rights={rights} problem={problem} />
        <Button>Save</Button>
      </form>
    </Card>
    <Card title="Signing in" id="sessions" className="stack">
      <p>
        {member.liveSessions > 0
          ? `Signed in on ${count(member.liveSessions, 'device')}.`
          : 'Signed in nowhere at the moment.'}{' '}
        {member.hasSecondFactor ? 'A second factor is on.' : 'No second factor is set up.'}
      </p>
      <div class="bulk-actions">
        <Act url={paths.developer.staffMemberLink(member.id)} label="Make a link for a new password" />
        {member.liveSessions > 0 && (
          <Act url={paths.developer.staffMemberSessions(member.id)} label="Sign out everywhere" />
        )}
        {member.hasSecondFactor && !member.isSelf && (
          <Act url={paths.developer.staffFactorReset(member.id)} label="Reset the second factor" />
        )}
        {member.isDisabled ? (
          <Act url={paths.developer.staffMemberEnabling(member.id)} label="Let them in again" />
        ) : (
          !member.isSelf && (
            <Act url={paths.developer.staffMemberDisabling(member.id)} label="Disable the account" isDanger />
          )
        )}
      </div>
    </Card>
  </SettingsFrame>
)

const Act = ({ url, label, isDanger }: { url: string; label: string; isDanger?: boolean }) => (
  <form method="post" action={url}>
    <Button tone={isDanger ? 'danger' : 'quiet'} small>
      {label}
    </Button>
  </form>
)
