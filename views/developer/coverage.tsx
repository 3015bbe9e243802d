// Coverage: house types by kinds of documents, with what is missing leading to its upload.
import { count, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type CoverageView = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  gaps: number
  cells: number
  kinds: { kind: string; label: string }[]
  lines: {
    code: string
    name: string
    homes: number
    cells: {
      kind: string
      documents: number
      homesWithOwn: number
      isGap: boolean
      lostQuestions: number
    }[]
  }[]
}

export const CoveragePage = (props: CoverageView) => (
  <StaffPage
    title="Coverage"
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.coverage()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.documents({ development: props.developmentId })}>
        <Icon name="chevronLeft" /> Documents
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Coverage</h1>
      <p>
        {props.gaps === 0
          ? 'Every house type has every kind of document.'
          : `${formatNumber(props.gaps)} of ${formatNumber(props.cells)} are missing. Choose one to upload it.`}
      </p>
    </header>
    {props.lines.length === 0 ? (
      <EmptyState icon="home" title="No house types yet">
        Once the homes of this development have house types, you see here what each of them lacks.
      </EmptyState>
    ) : (
      <Table
        isDense
        caption={`Documents by house type of ${props.developmentName}`}
        columns={columnsOf(props)}
      >
        {props.lines.map((line) => (
          <tr>
            <th scope="row" class="cell-title">
              {line.code}
              <small>
                {line.name} · {formatNumber(line.homes)} {line.homes === 1 ? 'home' : 'homes'}
              </small>
            </th>
            {line.cells.map((cell) => (
              <td>
                <Cell {...cell} code={line.code} homes={line.homes} developmentId={props.developmentId} />
              </td>
            ))}
          </tr>
        ))}
      </Table>
    )}
  </StaffPage>
)

const columnsOf = ({ kinds }: CoverageView): Column[] => [
  { label: 'House type' },
  ...kinds.map(({ label }) => ({ label })),
]

type CellProps = CoverageView['lines'][number]['cells'][number] & {
  code: string
  homes: number
  developmentId: string
}

/** In words, not in colour alone. */
const Cell = ({
  kind,
  documents,
  homesWithOwn,
  isGap,
  lostQuestions,
  code,
  homes,
  developmentId,
}: CellProps) => {
  if (documents > 0) return <Badge tone="success">{formatNumber(documents)}</Badge>
  const some = `${formatNumber(homesWithOwn)} of ${formatNumber(homes)} homes`
  if (!isGap) return <Badge tone="success">{some}</Badge>
  return (
    <a
      class="coverage-gap"
      href={paths.developer.documents({ development: developmentId, kind, house_types: code })}
    >
      {homesWithOwn > 0 ? some : 'Missing'}
      {lostQuestions > 0 && <small>{count(lostQuestions, 'question')} lost</small>}
    </a>
  )
}
