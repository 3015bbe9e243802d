// The operator's builders: the list, the form for a new one, and the link its first admin gets.
import { count, formatDate } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Field } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type TenantRow = { id: string; slug: string; name: string; suspendedAt: Date | null; createdAt: Date }

export const TenantsPage = ({ shell, tenants }: { shell: StaffShell; tenants: Html }) => (
  <StaffPage title="Builders" shell={shell} active="tenants">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Builders</h1>
    </header>
    {tenants}
    <ButtonLink href={paths.admin.provision()}>Set up a builder with its development and homes</ButtonLink>
    <Card title="New builder">
      <form class="stack" method="post" action={paths.admin.tenants()}>
        <Field label="Name" name="name" maxlength={100} required />
        <Field
          label="Short name"
          name="slug"
          hint="Small letters, digits and hyphens; it cannot be changed later."
          maxlength={60}
          autocapitalize="none"
          required
        />
        <Field label="Name of the first admin" name="admin_name" maxlength={100} required />
        <Field
          label="E-mail address of the first admin"
          name="admin_email"
          type="email"
          maxlength={254}
          required
        />
        <Button>Create the builder</Button>
      </form>
    </Card>
  </StaffPage>
)

export type TenantListProps = {
  tenants: TenantRow[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const TenantList = ({ tenants, nextUrl, firstUrl }: TenantListProps) => (
  <div class="stack">
    <Table caption="Builders" columns={[{ label: 'Builder' }, { label: 'Status' }, { label: 'Since' }]}>
      {tenants.map((tenant) => (
        <tr id={`tenant-${tenant.id}`}>
          <th scope="row" class="cell-title">
            <a href={paths.admin.tenant(tenant.id)}>{tenant.name}</a>
            <small>{tenant.slug}</small>
          </th>
          <td>
            {tenant.suspendedAt ? (
              <Badge tone="error">Suspended</Badge>
            ) : (
              <Badge tone="success">Active</Badge>
            )}
          </td>
          <td class="cell-date">{formatDate(tenant.createdAt)}</td>
        </tr>
      ))}
    </Table>
    <Pagination
      label="Pages of builders"
      shown={count(tenants.length, 'builder')}
      firstUrl={firstUrl}
      nextUrl={nextUrl}
    />
  </div>
)

type CreatedProps = { shell: StaffShell; tenantId: string; name: string; adminName: string; link: string }

export const TenantCreatedPage = ({ shell, tenantId, name, adminName, link }: CreatedProps) => (
  <StaffPage title={name} shell={shell} active="tenants">
    <header class="staff-header">
      <h1>{name} is there</h1>
    </header>
    <Notice tone="success" title={`Give this link to ${adminName}`}>
      <p class="cell-message">
        <code id="invitation">{link}</code>
      </p>
      <p>It is shown only now, is good once, and for 7 days.</p>
    </Notice>
    <ButtonLink href={paths.admin.tenant(tenantId)}>Open the builder</ButtonLink>
  </StaffPage>
)
