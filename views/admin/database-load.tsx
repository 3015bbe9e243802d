// What the database is doing: connections, what runs now, and the statements that took the longest.
import { formatBytes, formatDuration, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Card } from '#views/parts/card.tsx'
import { Fact } from '#views/parts/job.tsx'
import { type Column, Table } from '#views/parts/table.tsx'

export type DatabaseView = {
  sizeBytes: number
  bufferHitShare: number | null
  connectionsMax: number
  deadlocks: number
  poolSize: number
  pool: { open: number; waiting: number; openMost: number; waitMsWorst: number }
  connections: { state: string; count: number }[]
  running: { pid: number; state: string; seconds: number; waitsFor: string | null; text: string }[]
  slowest: { text: string; count: number; totalMs: number; worstMs: number }[]
}

const RUNNING: Column[] = [
  { label: 'Running now' },
  { label: 'State' },
  { label: 'Waits for' },
  { label: 'For', align: 'right' },
]
const SLOWEST: Column[] = [
  { label: 'Statement' },
  { label: 'Times', align: 'right' },
  { label: 'In all', align: 'right' },
  { label: 'Mean', align: 'right' },
  { label: 'Worst', align: 'right' },
]

export const DatabaseCard = ({ load }: { load: DatabaseView }) => (
  <Fragment>
    <Card title="Database">
      <dl class="job-facts">
        <Fact term="Size">{formatBytes(load.sizeBytes)}</Fact>
        <Fact term="Blocks found in memory">
          {load.bufferHitShare === null
            ? 'Nothing read yet'
            : `${formatNumber(Math.round(load.bufferHitShare * 1_000) / 10)}\u00a0%`}
        </Fact>
        <Fact term="Deadlocks">{formatNumber(load.deadlocks)}</Fact>
        <Fact term="Pool of this process">
          {formatNumber(load.pool.open)} of {formatNumber(load.poolSize)} in use
        </Fact>
        <Fact term="Waiting for a connection">{formatNumber(load.pool.waiting)}</Fact>
        <Fact term="Most at once">{formatNumber(load.pool.openMost)}</Fact>
        <Fact term="Longest wait">{milliseconds(load.pool.waitMsWorst)}</Fact>
        <Fact term="Connections allowed">{formatNumber(load.connectionsMax)}</Fact>
        {load.connections.map(({ state, count }) => (
          <Fact term={`Connections, ${state}`}>{formatNumber(count)}</Fact>
        ))}
      </dl>
    </Card>
    {load.running.length > 0 && (
      <Table caption="Statements that run now" columns={RUNNING}>
        {load.running.map((row) => (
          <tr>
            <th scope="row" class="statement">
              {keywordsOf(row.text)}
            </th>
            <td>{row.state}</td>
            <td>{row.waitsFor ?? 'Nothing'}</td>
            <td class="cell-right">{formatDuration(row.seconds * 1_000)}</td>
          </tr>
        ))}
      </Table>
    )}
    <Table caption="Statements of this process that took the longest" columns={SLOWEST}>
      {load.slowest.map(({ text, count, totalMs, worstMs }) => (
        <tr>
          <th scope="row" class="statement">
            {keywordsOf(text)}
          </th>
          <td class="cell-right">{formatNumber(count)}</td>
          <td class="cell-right">{formatDuration(totalMs)}</td>
          <td class="cell-right">{milliseconds(totalMs / Math.max(1, count))}</td>
          <td class="cell-right">{milliseconds(worstMs)}</td>
        </tr>
      ))}
    </Table>
  </Fragment>
)

const milliseconds = (ms: number) => `${formatNumber(Math.round(ms * 10) / 10)}\u00a0ms`

/** A `null` in a page looks as if something were missing; in a statement it is a keyword. */
const keywordsOf = (text: string) => text.replace(/\bnull\b/g, 'NULL')
