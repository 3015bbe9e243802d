// A log as it is written: the newest rows come by themselves while the page is looked at.
import { LOGS } from '#views/admin/log-columns.ts'
import { type LogRowView, LogTableRow } from '#views/admin/logs.tsx'
import { AdminPage } from '#views/admin/page.tsx'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type TailProps = {
  shell: StaffShell
  log: string
  tenant: string | undefined
  kind: string | undefined
  tenants: { id: string; name: string }[]
}

export const TailPage = ({ shell, log, tenant, kind, tenants }: TailProps) => {
  const words = LOGS[log]
  if (!words) return <Fragment />
  return (
    <AdminPage title="Live log" shell={shell} active="tail" scripts={['tail.js']}>
      <FilterBar action={paths.admin.tail()}>
        <Select
          label="Log"
          name="log"
          options={Object.entries(LOGS).map(([value, { title }]) => ({ value, label: title }))}
          value={log}
        />
        <Select
          label="Builder"
          name="tenant"
          options={[
            { value: '', label: 'All' },
            ...tenants.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={tenant ?? ''}
        />
        <Field label={words.filter} name="kind" value={kind} maxlength={200} />
      </FilterBar>
      <p id="tail-state" role="status">
        Without scripts this page stays empty:{' '}
        <a href={paths.admin.logs(log, { tenant, kind })}>read the log</a>.
      </p>
      <div data-tail={paths.admin.tailStream({ log, tenant, kind })}>
        <Table
          caption={words.title}
          bodyId="tail-rows"
          columns={[{ label: 'When' }, { label: 'Builder' }, ...words.columns, { label: 'Request' }]}
        >
          {[]}
        </Table>
      </div>
    </AdminPage>
  )
}

export const tailRows = (log: string, rows: LogRowView[]): Html => (
  <Fragment>
    {rows.map((row) => (
      <LogTableRow name={log} row={row} columns={LOGS[log]?.columns ?? []} />
    ))}
  </Fragment>
)
