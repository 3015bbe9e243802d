// Setting up a builder: one form, then its homes from a list, and their cards.
import { AdminPage } from '#views/admin/page.tsx'
import { count, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field, FileField, Select } from '#views/parts/field.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ProvisionProps = { shell: StaffShell; values: Record<string, string>; refused: string | null }

export const ProvisionPage = ({ shell, values, refused }: ProvisionProps) => (
  <AdminPage
    title="Set up a builder"
    shell={shell}
    active="tenants"
    back={{ label: 'Builders', href: paths.admin.tenants() }}
  >
    {refused && <Notice tone="error">{refused}</Notice>}
    <form class="stack" method="post" action={paths.admin.provision()}>
      <Card title="1. The builder and its first admin">
        <Field label="Name" name="name" value={values.name} maxlength={100} required />
        <Field
          label="Short name"
          name="slug"
          value={values.slug}
          hint="Small letters, digits and hyphens; it cannot be changed later."
          maxlength={60}
          autocapitalize="none"
          required
        />
        <Field
          label="Name of the first admin"
          name="admin_name"
          value={values.admin_name}
          maxlength={100}
          required
        />
        <Field
          label="E-mail address of the first admin"
          name="admin_email"
          type="email"
          value={values.admin_email}
          maxlength={254}
          required
        />
      </Card>
      <Card title="2. The first development">
        <Field
          label="Name of the development"
          name="development"
          value={values.development}
          maxlength={100}
          required
        />
        <Field label="Address" name="address" value={values.address} maxlength={200} required />
        <Field label="Locality" name="locality" value={values.locality} maxlength={100} required />
        <Field label="County" name="county" value={values.county} maxlength={100} required />
        <Field label="Eircode" name="eircode" value={values.eircode} hint="If it has one." maxlength={10} />
        <Select
          label="Its homes are"
          name="tenure"
          options={[
            { value: 'sale', label: 'Sold' },
            { value: 'rent', label: 'Rented out' },
            { value: 'mixed', label: 'Some of each' },
          ]}
          value={values.tenure ?? 'sale'}
        />
      </Card>
      <p>Then come its homes from a list, and their cards to print.</p>
      <Button>Set it up</Button>
    </form>
  </AdminPage>
)

export type ProvisionedProps = {
  shell: StaffShell
  tenantId: string
  developmentId: string
  tenantName: string
  developmentName: string
  homes: number
  isLivedIn: boolean
  imports: ImportView[]
  /** Shown once, right after the builder was made. */
  link: string | null
  refused: string | null
}

type ImportView = {
  id: string
  fileName: string
  status: string
  createCount: number
  updateCount: number
  unchangedCount: number
  errorCount: number
}

export const ProvisionedPage = (props: ProvisionedProps) => (
  <AdminPage
    title={props.developmentName}
    shell={props.shell}
    active="tenants"
    back={{ label: props.tenantName, href: paths.admin.tenant(props.tenantId) }}
  >
    {props.link && (
      <Notice tone="success" title="Give this link to the first admin">
        <p class="cell-message">
          <code id="invitation">{props.link}</code>
        </p>
        <p>It is shown only now, is good once, and for 7 days.</p>
      </Notice>
    )}
    {props.refused && <Notice tone="error">{props.refused}</Notice>}
    <ProvisionState {...props} />
    {props.isLivedIn ? (
      <Notice>
        Somebody has moved in here: setting up is over, and the builder does the rest. To see what it sees,
        look as somebody of it.
      </Notice>
    ) : (
      <NextSteps {...props} />
    )}
  </AdminPage>
)

const NextSteps = (props: ProvisionedProps) => (
  <Fragment>
    <Card title="3. Its homes">
      <form
        class="stack"
        method="post"
        enctype="multipart/form-data"
        action={paths.admin.provisionImport(props.tenantId, props.developmentId)}
      >
        <FileField
          label="List of homes"
          name="file"
          accept=".csv,.xlsx"
          hint="CSV or Excel. It is checked first; nothing is imported before you say so."
        />
        <Button tone="quiet">Check the list</Button>
      </form>
    </Card>
    <Card title="4. Cards to print">
      <form method="post" action={paths.admin.provisionCards(props.tenantId, props.developmentId)}>
        <Button disabledReason={props.homes === 0 ? 'There are no homes yet' : undefined}>
          Show the cards with their codes
        </Button>
      </form>
    </Card>
  </Fragment>
)

const LIVE_EVERY_MS = 1_000
const WORDS: Record<string, string> = {
  checking: 'Being checked',
  checked: 'Checked',
  importing: 'Being imported',
  imported: 'Imported',
  failed: 'Failed',
}

/** Asks for itself while something is under way. */
export const ProvisionState = ({ tenantId, developmentId, homes, isLivedIn, imports }: ProvisionedProps) => {
  const isBusy = imports.some(({ status }) => status === 'checking' || status === 'importing')
  const live = isBusy ? liveAttributes(paths.admin.provisioned(tenantId, developmentId), LIVE_EVERY_MS) : {}
  return (
    <div id="provision-state" class="stack" {...live}>
      <p>{count(homes, 'home')} so far.</p>
      {imports.length > 0 && (
        <Table
          caption="Lists of homes"
          columns={[
            { label: 'List' },
            { label: 'Status' },
            { label: 'New', align: 'right' },
            { label: 'Changed', align: 'right' },
            { label: 'As before', align: 'right' },
            { label: 'Wrong', align: 'right' },
            { label: 'Import it', hiddenLabel: true },
          ]}
        >
          {imports.map((row) => (
            <tr id={`import-${row.id}`}>
              <th scope="row">{row.fileName}</th>
              <td>
                <Badge
                  tone={row.status === 'failed' ? 'error' : row.status === 'imported' ? 'success' : 'gold'}
                >
                  {WORDS[row.status] ?? row.status}
                </Badge>
              </td>
              <td class="cell-right">{formatNumber(row.createCount)}</td>
              <td class="cell-right">{formatNumber(row.updateCount)}</td>
              <td class="cell-right">{formatNumber(row.unchangedCount)}</td>
              <td class={row.errorCount > 0 ? 'cell-right failure' : 'cell-right'}>
                {formatNumber(row.errorCount)}
              </td>
              <td>
                {row.status === 'checked' && !isLivedIn && (
                  <form method="post" action={paths.admin.provisionConfirmation(tenantId, developmentId)}>
                    <input type="hidden" name="import" value={row.id} />
                    <Button small>Import it</Button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  )
}
