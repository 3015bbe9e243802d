// One question from its first stage to its answer, with the passages it was answered from.
import { formatDateTime, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Card } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Fact } from '#views/parts/job.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type RagRunView = {
  at: Date
  tenantName: string
  address: string
  requestId: string
  question: string | null
  answer: string | null
  stage: string
  reason: string
  mode: string
  model: string | null
  promptTokens: number | null
  completionTokens: number | null
  indexVersion: number | null
  candidateCount: number
  filteredOutCount: number
  stages: unknown
  durationMs: number
  chunks: { document: string; page: number; text: string }[]
}

export const RagRunPage = ({ shell, run }: { shell: StaffShell; run: RagRunView }) => (
  <StaffPage title="Question" shell={shell} active="logs">
    <header class="staff-header">
      <a class="back-link" href={paths.admin.logs('rag')}>
        <Icon name="chevronLeft" /> Questions
      </a>
      <h1>A question of {run.address}</h1>
      <p>{run.tenantName}</p>
    </header>
    <Notice>You opened somebody’s question: the household sees that in its own log.</Notice>
    <Card title="Question">
      <p>{run.question ?? 'Erased, or asked without being kept.'}</p>
    </Card>
    <Card title="How it was answered">
      <dl class="job-facts">
        <Fact term="When">{formatDateTime(run.at)}</Fact>
        <Fact term="Answered by">{run.stage}</Fact>
        <Fact term="Reason">{run.reason}</Fact>
        <Fact term="Mode">{run.model ? `${run.mode}, ${run.model}` : run.mode}</Fact>
        <Fact term="Tokens">
          {run.promptTokens === null
            ? '–'
            : `${formatNumber(run.promptTokens)} + ${formatNumber(run.completionTokens ?? 0)}`}
        </Fact>
        <Fact term="Candidates">{formatNumber(run.candidateCount)}</Fact>
        <Fact term="Filtered out">{formatNumber(run.filteredOutCount)}</Fact>
        <Fact term="Index version">{run.indexVersion === null ? '–' : formatNumber(run.indexVersion)}</Fact>
        <Fact term="Took">{formatNumber(run.durationMs)} ms</Fact>
        <Fact term="Request">
          <a href={paths.admin.request(run.requestId)}>{run.requestId}</a>
        </Fact>
      </dl>
      <details>
        <summary>Stages</summary>
        <pre class="stack-trace">{JSON.stringify(run.stages, null, 2)}</pre>
      </details>
    </Card>
    <Card title={`Passages (${formatNumber(run.chunks.length)})`}>
      {run.chunks.length === 0 && <p>None was used.</p>}
      {run.chunks.map((chunk) => (
        <details>
          <summary>
            {chunk.document}, page {formatNumber(chunk.page)}
          </summary>
          <p class="stack-trace">{chunk.text}</p>
        </details>
      ))}
    </Card>
    <Card title="Answer">
      <p class="stack-trace">{run.answer ?? 'None yet, or erased.'}</p>
    </Card>
  </StaffPage>
)
