// Settings: the developments of a builder, and whether their homes are sold or let.
import {
  NewDevelopmentForm,
  type NewDevelopmentView,
  tenureOptions,
} from '#views/developer/new-development.tsx'
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import type { TenureKey } from '#views/tenure-words.ts'

export type DevelopmentsProps = {
  shell: StaffShell
  developments: { id: string; name: string; address: string; tenure: TenureKey }[]
  form: NewDevelopmentView
  message?: string | undefined
}

const COLUMNS: Column[] = [{ label: 'Development' }, { label: 'Homes are', align: 'right' }]

export const DevelopmentsPage = ({ shell, developments, form, message }: DevelopmentsProps) => (
  <SettingsFrame shell={shell} view="developments" title="Developments" message={message}>
    {developments.length === 0 ? (
      <EmptyState icon="building" title="No development yet">
        Name the first one below: homes, documents and places come next.
      </EmptyState>
    ) : (
      <Table caption="Developments" columns={COLUMNS}>
        {developments.map((each) => (
          <tr>
            <th scope="row" class="cell-title">
              <a href={paths.developer.today({ development: each.id })}>{each.name}</a>
              <small>{each.address}</small>
            </th>
            <td>
              <form class="row-actions" method="post" action={paths.developer.developmentTenure(each.id)}>
                <Select
                  label={`Homes of ${each.name} are`}
                  id={`tenure-${each.id}`}
                  name="tenure"
                  value={each.tenure}
                  options={tenureOptions}
                />
                <Button tone="quiet" small>
                  Save
                </Button>
              </form>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <p class="hint">
      Where homes are let, the app and this portal speak of residents, moving in and repairs, and leave out
      what only owners need, such as the warranty. Where both are true, each home says for itself on its own
      page.
    </p>
    <Card title="Add a development" id="new-development">
      <NewDevelopmentForm {...form} />
    </Card>
  </SettingsFrame>
)
