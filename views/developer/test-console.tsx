// The test console: a question as one home would ask it, with how the answer came about. Nothing of it is kept.
import { QuestionField } from '#views/developer/question-parts.tsx'
import { QuestionsFrame } from '#views/developer/questions.tsx'
import { formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, CardForm } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type TestResult = {
  stage: string
  reason: string
  mode: string
  text: string
  citations: { title: string; page: number; quote: string; url: string }[]
  /** What was found in documents, best first; null when they were not looked into. */
  passages:
    | {
        title: string
        page: number
        printedPage: string | null
        heading: string | null
        text: string
        /** Of the question, 0 to 1. */
        coverage: number
        isUsed: boolean
        url: string
      }[]
    | null
  steps: { stage: string; outcome: string; reason: string; ms: number }[]
  /** Documents of the development that this home does not see. */
  filteredOut: number | null
  /** What a golden question of this answer would expect; null when nothing of it can be held to. */
  golden: {
    houseType: string
    question: string
    expects: 'answer' | 'gap'
    phrase: string
    documentId: string
    page: string
  } | null
}

export type TestConsoleProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  homes: { id: string; label: string }[]
  values: { unitId: string; question: string }
  errors: { question?: string; unit?: string }
  result: TestResult | null
}

const QUESTION_LENGTH_MAX = 2_000
const STEPS: Column[] = [
  { label: 'Step' },
  { label: 'Outcome' },
  { label: 'Reason' },
  { label: 'Milliseconds', align: 'right' },
]

export const TestConsolePage = (props: TestConsoleProps) => (
  <QuestionsFrame {...props} view="test">
    <CardForm action={paths.developer.testConsole({ development: props.developmentId })}>
      <Select
        label="As the home"
        name="unit_id"
        options={props.homes.map((home) => ({ value: home.id, label: home.label }))}
        value={props.values.unitId}
        error={props.errors.unit}
      />
      <QuestionField
        value={props.values.question}
        error={props.errors.question}
        hint="Answered exactly as in that home's app. Nothing is kept, and nobody is told."
        maxlength={QUESTION_LENGTH_MAX}
      />
      <p>
        <Button icon="send">Ask</Button>
      </p>
    </CardForm>
    {props.result && <Result result={props.result} developmentId={props.developmentId} />}
  </QuestionsFrame>
)

const Result = ({ result, developmentId }: { result: TestResult; developmentId: string }) => (
  <Fragment>
    <Card title="Answer" id="answer">
      <p class="gap-facts">
        <Badge tone={result.stage === 'gap' ? 'warning' : 'success'}>{result.stage}</Badge>
        <span>{result.reason}</span>
        <span>{result.mode}</span>
      </p>
      <p class="gap-answer">{result.text}</p>
      {result.citations.length > 0 && (
        <ol class="test-citations">
          {result.citations.map((citation) => (
            <li>
              <a href={citation.url}>
                {citation.title}, p. {citation.page}
              </a>
              {citation.quote && <q>{citation.quote}</q>}
            </li>
          ))}
        </ol>
      )}
      {result.golden && (
        <form method="post" action={paths.developer.golden({ development: developmentId })}>
          <input type="hidden" name="question" value={result.golden.question} />
          <input type="hidden" name="house_type" value={result.golden.houseType} />
          <input type="hidden" name="expects" value={result.golden.expects} />
          <input type="hidden" name="phrase" value={result.golden.phrase} />
          <input type="hidden" name="document_id" value={result.golden.documentId} />
          <input type="hidden" name="page" value={result.golden.page} />
          <Button tone="quiet" icon="check">
            Keep as a golden question
          </Button>
        </form>
      )}
    </Card>
    <Card title="Passages for this question" id="passages">
      <FoundPassages passages={result.passages} />
    </Card>
    <Table caption="How the answer came about" columns={STEPS}>
      {result.steps.map((step) => (
        <tr>
          <th scope="row">{step.stage}</th>
          <td>{step.outcome}</td>
          <td>{step.reason || '–'}</td>
          <td class="cell-right">{step.ms.toFixed(1)}</td>
        </tr>
      ))}
    </Table>
    {result.filteredOut !== null && (
      <p class="field-hint">
        Documents of other homes and house types left out: {String(result.filteredOut)}
      </p>
    )}
  </Fragment>
)

const FoundPassages = ({ passages }: Pick<TestResult, 'passages'>) => {
  if (passages === null) return <p>Documents were not looked into: the answer was known without them.</p>
  if (passages.length === 0) return <p>No passage of a document that this home sees fits the question.</p>
  return (
    <ol class="passages">
      {passages.map((passage) => (
        <li>
          <p class="passage-place">
            <a href={passage.url}>
              {passage.title}, p. {formatNumber(passage.page)}
            </a>
            {passage.printedPage && ` (printed ${passage.printedPage})`}
            {passage.heading && ` · ${passage.heading}`}
            {` · holds ${formatNumber(Math.round(passage.coverage * 100))}\u00a0% of the question’s words `}
            {passage.isUsed ? <Badge tone="success">Used</Badge> : <Badge>Not near enough</Badge>}
          </p>
          <p class="passage-text">{passage.text}</p>
        </li>
      ))}
    </ol>
  )
}
