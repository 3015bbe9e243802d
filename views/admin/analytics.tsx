// Builders side by side, or the developments of one: activity, activation, answers, cost; and the gaps of all.
import { AdminPage } from '#views/admin/page.tsx'
import { formatDay, formatEuro, formatNumber } from '#views/format.ts'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Chart } from '#views/parts/chart.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ComparedView = {
  id: string
  name: string
  homes: number
  claimed: number
  activeHomes: number
  questions: number
  unanswered: number
  documentsOpened: number
  modelAnswers: number
  helpful: number
  unhelpful: number
  promptTokens: number
  completionTokens: number
  euro: number
}

type AnalyticsProps = {
  shell: StaffShell
  span: string
  tenant: string | undefined
  comparison: Html
  gaps: Html
}

const SPANS = [
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: '90d', label: 'Last 90 days' },
]

export const AnalyticsPage = ({ shell, span, tenant, comparison, gaps }: AnalyticsProps) => (
  <AdminPage title="Analytics" shell={shell} active="analytics" scripts={['charts.js']}>
    <FilterBar
      action={paths.admin.analytics()}
      kept={{ tenant }}
      more={tenant && <a href={paths.admin.analytics({ span })}>All builders</a>}
    >
      <Select label="Time" name="span" options={SPANS} value={span} />
    </FilterBar>
    {comparison}
    <h2 class="section-heading">What nobody could answer</h2>
    {gaps}
  </AdminPage>
)

const columnsFor = (isOfOne: boolean): Column[] => [
  { label: isOfOne ? 'Development' : 'Builder' },
  { label: 'Homes', align: 'right' },
  { label: 'Moved in', align: 'right' },
  { label: 'Active a day', align: 'right' },
  { label: 'Questions', align: 'right' },
  { label: 'Answered', align: 'right' },
  { label: 'Rated helpful', align: 'right' },
  { label: 'By the model', align: 'right' },
  { label: 'Tokens', align: 'right' },
  { label: 'Cost', align: 'right' },
  { label: 'A question', align: 'right' },
]

type ComparisonProps = {
  rows: ComparedView[]
  countedTo: string | null
  span: string
  tenant: string | undefined
}

export const Comparison = ({ rows, countedTo, span, tenant }: ComparisonProps) =>
  rows.length === 0 ? (
    <EmptyState icon="building" title="Nothing to compare">
      Builders and their developments are compared here.
    </EmptyState>
  ) : (
    <Fragment>
      <p class="field-hint">
        {countedTo
          ? `Today included as it is now. Every night rolls a day up, the last time ${formatDay(countedTo)}.`
          : 'Today and yesterday as they are now. Earlier days are counted in the first night.'}
      </p>
      <div class="charts">
        <Chart
          id="chart-compared-questions"
          title="Questions"
          kind="rows"
          labels={rows.map(({ name }) => name)}
          labelsAre={tenant ? 'Development' : 'Builder'}
          series={[{ label: 'Questions', values: rows.map(({ questions }) => questions) }]}
          summary="Questions asked in the time chosen."
        />
        <Chart
          id="chart-compared-activation"
          title="Homes moved in, %"
          kind="rows"
          labels={rows.map(({ name }) => name)}
          labelsAre={tenant ? 'Development' : 'Builder'}
          series={[
            {
              label: '%',
              values: rows.map(({ homes, claimed }) => Math.round((100 * claimed) / Math.max(1, homes))),
            },
          ]}
          summary="Of the homes there are, those that were claimed."
        />
      </div>
      <Table
        caption={tenant ? 'Developments compared' : 'Builders compared'}
        columns={columnsFor(Boolean(tenant))}
      >
        {rows.map((row) => (
          <Compared row={row} span={span} isOfOne={Boolean(tenant)} />
        ))}
      </Table>
    </Fragment>
  )

const Compared = ({ row, span, isOfOne }: { row: ComparedView; span: string; isOfOne: boolean }) => (
  <tr id={`compared-${row.id}`}>
    <th scope="row">
      {isOfOne ? row.name : <a href={paths.admin.analytics({ span, tenant: row.id })}>{row.name}</a>}
    </th>
    <td class="cell-right">{formatNumber(row.homes)}</td>
    <td class="cell-right">{share(row.claimed, row.homes)}</td>
    <td class="cell-right">{formatNumber(Math.round(row.activeHomes * 10) / 10)}</td>
    <td class="cell-right">{formatNumber(row.questions)}</td>
    <td class="cell-right">{share(row.questions - row.unanswered, row.questions)}</td>
    <td class="cell-right">{share(row.helpful, row.helpful + row.unhelpful)}</td>
    <td class="cell-right">{formatNumber(row.modelAnswers)}</td>
    <td class="cell-right">{formatNumber(row.promptTokens + row.completionTokens)}</td>
    <td class="cell-right">{formatEuro(row.euro)}</td>
    <td class="cell-right">{row.questions > 0 ? formatEuro(row.euro / row.questions) : '–'}</td>
  </tr>
)

const share = (part: number, of: number) =>
  of === 0 ? '–' : `${formatNumber(Math.round((100 * part) / of))}\u00a0%`

export const TopGaps = ({
  gaps,
}: {
  gaps: { question: string; times: number; tenants: number; homes: number }[]
}) =>
  gaps.length === 0 ? (
    <EmptyState icon="check" title="Nothing is open">
      Every question of this time was answered, or closed since.
    </EmptyState>
  ) : (
    <Table
      caption="Questions that are open most often"
      columns={[
        { label: 'Question' },
        { label: 'Times', align: 'right' },
        { label: 'Homes', align: 'right' },
        { label: 'Builders', align: 'right' },
      ]}
    >
      {gaps.map(({ question, times, homes, tenants }) => (
        <tr>
          <th scope="row" class="cell-text">
            {question}
          </th>
          <td class="cell-right">{formatNumber(times)}</td>
          <td class="cell-right">{formatNumber(homes)}</td>
          <td class="cell-right">{formatNumber(tenants)}</td>
        </tr>
      ))}
    </Table>
  )
