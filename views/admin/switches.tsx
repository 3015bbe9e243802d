// Feature flags: what each switches, how it is set for everybody, and the builders that are set otherwise.
import { AdminPage } from '#views/admin/page.tsx'
import { formatDateTime } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type FlagView = {
  name: string
  title: string
  meaning: string
  isOnByDefault: boolean
  forAll: 'on' | 'off' | null
  exceptions: { tenantId: string; tenantName: string; setting: 'on' | 'off'; changedAt: Date }[]
}

export type SwitchesProps = {
  shell: StaffShell
  flags: FlagView[]
  tenants: { id: string; name: string }[]
  message?: string | undefined
}

const SETTINGS = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
  { value: 'default', label: 'As by default' },
]

export const SwitchesPage = ({ shell, flags, tenants, message }: SwitchesProps) => (
  <AdminPage title="Switches" shell={shell} active="switches">
    {message && <Notice tone="success">{message}</Notice>}
    {flags.map((flag) => (
      <Flag flag={flag} tenants={tenants} />
    ))}
  </AdminPage>
)

const Flag = ({ flag, tenants }: { flag: FlagView; tenants: SwitchesProps['tenants'] }) => (
  <Card
    title={flag.title}
    id={`flag-${flag.name}`}
    actions={<State isOn={flag.forAll ? flag.forAll === 'on' : flag.isOnByDefault} />}
  >
    <p>{flag.meaning}</p>
    {flag.exceptions.length > 0 && (
      <Table
        caption={`Builders for whom ${flag.title} is set otherwise`}
        columns={[{ label: 'Builder' }, { label: 'Setting' }, { label: 'Since' }]}
      >
        {flag.exceptions.map(({ tenantId, tenantName, setting, changedAt }) => (
          <tr>
            <th scope="row">
              <a href={paths.admin.tenant(tenantId)}>{tenantName}</a>
            </th>
            <td>
              <State isOn={setting === 'on'} />
            </td>
            <td class="cell-date">{formatDateTime(changedAt)}</td>
          </tr>
        ))}
      </Table>
    )}
    <form class="inline-form" method="post" action={paths.admin.switchSetting(flag.name)}>
      <Select
        label="For"
        name="tenant"
        id={`tenant-${flag.name}`}
        options={[
          { value: '', label: 'Everybody without a setting of their own' },
          ...tenants.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select label="Set it" name="setting" id={`setting-${flag.name}`} options={SETTINGS} />
      <Button small>Switch</Button>
    </form>
  </Card>
)

const State = ({ isOn }: { isOn: boolean }) =>
  isOn ? <Badge tone="success">On</Badge> : <Badge tone="error">Off</Badge>
