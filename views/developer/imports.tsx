// Where the builder uploads a list of homes, and sees the lists uploaded before.
import { IMPORT_STATUS, type ImportView } from '#views/developer/import.tsx'
import { count, formatBytes, formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ImportsProps = {
  shell: StaffShell
  developmentName: string
  action: string
  fileSizeBytesMax: number
  error?: string | undefined
  imports: ImportView[]
}

const COLUMNS: Column[] = [{ label: 'File' }, { label: 'Outcome' }, { label: 'Rows' }, { label: 'Uploaded' }]

export const ImportsPage = (props: ImportsProps) => (
  <StaffPage
    title="Import homes"
    shell={props.shell}
    active="homes"
    switchAction={paths.developer.homesImport()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Import homes</h1>
    </header>
    {props.error && (
      <Notice tone="error">
        <p>{props.error}</p>
      </Notice>
    )}
    <ImportForm {...props} />
    {props.imports.length > 0 && (
      <Table caption={`Imports into ${props.developmentName}`} columns={COLUMNS}>
        {props.imports.map((item) => (
          <ImportItem item={item} />
        ))}
      </Table>
    )}
  </StaffPage>
)

const ImportForm = ({ action, fileSizeBytesMax }: ImportsProps) => (
  <form method="post" action={action} enctype="multipart/form-data">
    <Card title="Upload a list">
      <div class="stack">
        <p>
          The first row names the columns: the number of the home, its house type, and whatever else is known
          (address, Eircode, bedrooms, bathrooms, area, handover date, purchasers, e-mail). Homes are
          recognised by their number. An empty cell leaves what is recorded as it is.
        </p>
        <p>Nothing is changed until you have read the report and confirmed it.</p>
        <div class="drop-zone">
          <Icon name="upload" />
          <label for="file">
            Choose a CSV file or an Excel workbook
            <small>.csv or .xlsx, up to {formatBytes(fileSizeBytesMax)}</small>
          </label>
          <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx,text/csv" required />
        </div>
        <Button icon="upload">Check the list</Button>
      </div>
    </Card>
  </form>
)

const ImportItem = ({ item }: { item: ImportView }) => {
  const { create, update, unchanged, error } = item.counts
  return (
    <tr>
      <th scope="row" class="cell-title">
        <a href={paths.developer.import(item.id)}>{item.fileName}</a>
      </th>
      <td>
        <Badge tone={IMPORT_STATUS[item.status].tone}>{IMPORT_STATUS[item.status].label}</Badge>
      </td>
      <td>{count(create + update + unchanged + error, 'row')}</td>
      <td class="cell-date">{formatDateTime(item.createdAt)}</td>
    </tr>
  )
}
