// The yearly renewal of a development, to be worked through on the screen or printed for a meeting.
import { audienceWords, type DocumentAudience } from '#views/developer/document-audience.ts'
import { count, formatDate, formatEuro, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type RenewalDocumentView = DocumentAudience & {
  id: string
  title: string
  kindLabel: string
  now: { number: number; pages: number | null; on: Date }
  before: { number: number; pages: number | null; on: Date | null } | null
  change: 'new' | 'renewed' | 'unchanged'
  expiry: 'expired' | 'soon' | 'later' | 'none'
  expiresOn: Date | null
}

export type RenewalProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  today: Date
  yearAgo: Date
  documents: RenewalDocumentView[]
  coverage: {
    gaps: number
    gapsThen: number
    cells: number
    lines: { code: string; name: string; homes: number; missing: string[]; gapsThen: number }[]
  }
  estimate: { passages: number; tokens: number; costEur: number | null }
  rereading: number
  message?: string | undefined
}

const DOCUMENT_COLUMNS: Column[] = [
  { label: 'Document' },
  { label: 'A year ago' },
  { label: 'Now' },
  { label: 'Since then' },
  { label: 'Valid until' },
]
const COVERAGE_COLUMNS: Column[] = [
  { label: 'House type' },
  { label: 'Homes', align: 'right' },
  { label: 'Missing a year ago', align: 'right' },
  { label: 'Missing now' },
]

export const RenewalPage = (props: RenewalProps) => (
  <StaffPage
    title="Yearly renewal"
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.renewal()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.documents({ development: props.developmentId })}>
        <Icon name="chevronLeft" /> Documents
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Yearly renewal</h1>
      <p>
        {formatDate(props.today)} compared with {formatDate(props.yearAgo)}
      </p>
      <div class="header-actions">
        <button type="button" class="button button-quiet button-small" data-print>
          <Icon name="document" />
          <span>Print the report</span>
        </button>
      </div>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    <Summary {...props} />
    <Attention {...props} />
    <Documents {...props} />
    <CoverageDifference {...props} />
    <Rereading {...props} />
  </StaffPage>
)

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div class="job-state">
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const Summary = ({ documents, coverage }: RenewalProps) => {
  const of = (change: RenewalDocumentView['change']) =>
    formatNumber(documents.filter((each) => each.change === change).length)
  const running = documents.filter(({ expiry }) => expiry === 'expired' || expiry === 'soon').length
  return (
    <Card title="At a glance">
      <dl class="job-states">
        <Figure label="Documents" value={formatNumber(documents.length)} />
        <Figure label="New" value={of('new')} />
        <Figure label="Renewed" value={of('renewed')} />
        <Figure label="Unchanged" value={of('unchanged')} />
        <Figure label="Expired or soon" value={formatNumber(running)} />
        <Figure
          label="Coverage gaps"
          value={`${formatNumber(coverage.gaps)} of ${formatNumber(coverage.cells)}`}
        />
      </dl>
    </Card>
  )
}

const Attention = ({ documents }: RenewalProps) => {
  const due = documents
    .filter(({ expiry }) => expiry === 'expired' || expiry === 'soon')
    .sort((a, b) => (a.expiresOn?.getTime() ?? 0) - (b.expiresOn?.getTime() ?? 0))
  if (due.length === 0) return null
  return (
    <Card title="To be renewed first">
      <ul class="question-list">
        {due.map((each) => (
          <li>
            <a href={paths.developer.document(each.id)}>{each.title}</a>
            <Expiry {...each} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Expiry = ({ expiry, expiresOn }: Pick<RenewalDocumentView, 'expiry' | 'expiresOn'>) => {
  if (!expiresOn) return <span class="stage">No date recorded</span>
  if (expiry === 'expired') return <Badge tone="error">{`Expired ${formatDate(expiresOn)}`}</Badge>
  if (expiry === 'soon') return <Badge tone="warning">{`Expires ${formatDate(expiresOn)}`}</Badge>
  return <Fragment>{formatDate(expiresOn)}</Fragment>
}

const CHANGE: Record<RenewalDocumentView['change'], Parameters<typeof Badge>[0]['tone']> = {
  new: 'gold',
  renewed: 'success',
  unchanged: 'plain',
}
const CHANGE_WORDS = { new: 'New', renewed: 'Renewed', unchanged: 'Unchanged' } as const

const Documents = ({ documents, developmentName, developmentId }: RenewalProps) =>
  documents.length === 0 ? (
    <EmptyState
      icon="document"
      title="No documents yet"
      action={<a href={paths.developer.documents({ development: developmentId })}>Upload the first ones</a>}
    >
      Once homes see documents, each stands here beside the version of a year ago.
    </EmptyState>
  ) : (
    <Table caption={`Documents of ${developmentName}, a year ago and now`} columns={DOCUMENT_COLUMNS}>
      {documents.map((each) => (
        <tr>
          <th scope="row" class="cell-title">
            <a href={paths.developer.document(each.id)}>{each.title}</a>
            <small>
              {each.kindLabel} · {audienceWords(each)}
            </small>
          </th>
          <td>{each.before ? versionWords(each.before) : 'Not there'}</td>
          <td>{versionWords(each.now)}</td>
          <td>
            <Badge tone={CHANGE[each.change] ?? 'plain'}>{CHANGE_WORDS[each.change]}</Badge>
          </td>
          <td class="cell-date">
            <Expiry {...each} />
          </td>
        </tr>
      ))}
    </Table>
  )

const versionWords = ({ number, pages, on }: { number: number; pages: number | null; on: Date | null }) =>
  [`Version ${number}`, pages === null ? null : count(pages, 'page'), on && formatDate(on)]
    .filter(Boolean)
    .join(', ')

const CoverageDifference = ({ coverage, developmentName, developmentId }: RenewalProps) => (
  <Card
    title="Coverage by house type"
    className="stack"
    actions={
      <a class="card-link" href={paths.developer.coverage({ development: developmentId })}>
        Fill the gaps
      </a>
    }
  >
    <p>{differenceWords(coverage)}</p>
    {coverage.lines.length > 0 && (
      <Table caption={`What the house types of ${developmentName} lack`} columns={COVERAGE_COLUMNS}>
        {coverage.lines.map((line) => (
          <tr>
            <th scope="row" class="cell-title">
              {line.code}
              <small>{line.name}</small>
            </th>
            <td class="cell-right">{formatNumber(line.homes)}</td>
            <td class="cell-right">{formatNumber(line.gapsThen)}</td>
            <td>{line.missing.length > 0 ? line.missing.join(', ') : 'Nothing'}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
)

function differenceWords({ gaps, gapsThen }: RenewalProps['coverage']): string {
  if (gaps === gapsThen) return `${count(gaps, 'gap')}, as many as a year ago.`
  const size = formatNumber(Math.abs(gaps - gapsThen))
  return `${count(gaps, 'gap')}, ${size} ${gaps < gapsThen ? 'fewer' : 'more'} than a year ago.`
}

const Rereading = ({ developmentId, documents, estimate, rereading }: RenewalProps) => (
  <Card title="Read everything again" className="stack">
    <p>
      {rereading > 0
        ? `${count(rereading, 'document')} ${rereading === 1 ? 'is' : 'are'} being read again. `
        : 'Reads every stored file with what the software knows today. '}
      Homes and answers use what was read before until each is done.
    </p>
    <p class="stage">
      {`${count(estimate.passages, 'passage')}, about ${formatNumber(estimate.tokens)} tokens. `}
      {estimate.costEur === null
        ? 'No language model is set up, so it costs nothing.'
        : `At most ${formatEuro(estimate.costEur)}: text that does not change is not embedded again.`}
    </p>
    {documents.length > 0 && (
      <form method="post" action={paths.developer.renewalReingestion({ development: developmentId })}>
        <Button icon="refresh">Read all documents again</Button>
      </form>
    )}
  </Card>
)
