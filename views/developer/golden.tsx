// The golden suite: questions whose answers the builder vouches for, and what came of asking them all.

import { GoldenForm, type GoldenFormView } from '#views/developer/golden-form.tsx'
import { QuestionAction, QuestionItem, QuestionList } from '#views/developer/question-parts.tsx'
import { QuestionsFrame } from '#views/developer/questions.tsx'
import { formatDateTime, formatNumber } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState, Progress } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { waitingAttributes } from '#views/parts/live.tsx'
import { paths } from '#views/paths.ts'

export type GoldenQuestionView = {
  id: string
  question: string
  /** What a right answer holds, e.g. "says “5 bar”" or "cites Heat pump manual, p. 12". */
  expects: string[]
  houseType: string | null
  author: string
  createdAt: Date
}

export type GoldenFailureView = { question: string; stage: string; answer: string; isLost: boolean }

export type GoldenRunView = {
  id: string
  /** Null while it is under way. */
  passed: number | null
  total: number | null
  passedBefore: number | null
  isBeforeReindex: boolean
  /** A drop waits for somebody's decision. */
  isWaiting: boolean
  decision: 'accepted' | 'rejected' | 'swapped' | null
  decidedBy: string | null
  startedAt: Date
}

export type GoldenProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  message?: string | undefined
  form: GoldenFormView
  questions: GoldenQuestionView[]
  runs: GoldenRunView[]
  /** Of the newest finished run. */
  failures: GoldenFailureView[]
  progress: { done: number; total: number } | null
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const GoldenPage = (props: GoldenProps) => (
  <QuestionsFrame {...props} view="golden">
    <p class="lead">
      Questions whose answers you vouch for. They are asked whenever the search index is rebuilt, and an index
      that answers fewer of them waits for your word before anybody's answers come from it.
    </p>
    <GoldenRuns {...props} />
    <details class="disclosure" open={props.questions.length === 0 || isFilledIn(props.form)}>
      <summary>
        <Icon name="plus" /> Add a golden question
      </summary>
      <GoldenForm developmentId={props.developmentId} {...props.form} />
    </details>
    {props.questions.length > 0 && (
      <QuestionList
        items={props.questions.map((question) => <GoldenItem question={question} />)}
        noun="question"
        pages="Pages of golden questions"
        nextUrl={props.nextUrl}
        firstUrl={props.firstUrl}
      />
    )}
  </QuestionsFrame>
)

const isFilledIn = ({ values, errors }: GoldenFormView): boolean =>
  values.question !== '' || Object.keys(errors).length > 0

type RunsProps = Pick<GoldenProps, 'developmentId' | 'runs' | 'failures' | 'progress' | 'questions'>

/** The part of the page that follows a run. */
export const GoldenRuns = ({ developmentId, runs, failures, progress, questions }: RunsProps) => {
  const polling = progress ? waitingAttributes(paths.developer.golden({ development: developmentId })) : {}
  const finished = runs.filter(({ total }) => total !== null)
  return (
    <div id="golden-runs" class="stack" {...polling}>
      {progress ? (
        <Card title="Asking">
          <Progress label="Asking the golden questions" {...progress} />
          <p class="stage">
            {formatNumber(progress.done)} of {formatNumber(progress.total)} asked.
          </p>
        </Card>
      ) : (
        questions.length > 0 && (
          <form method="post" action={paths.developer.goldenRuns({ development: developmentId })}>
            <Button icon="refresh">Ask them all now</Button>
          </form>
        )
      )}
      {questions.length === 0 && runs.length === 0 && (
        <EmptyState icon="check" title="No golden questions yet">
          Add one below, or try a question and keep its answer as the standard.
        </EmptyState>
      )}
      {runs
        .filter((run) => run.isWaiting)
        .map((run) => (
          <Decision run={run} failures={failures} />
        ))}
      {finished.length > 0 && (
        <Card title="Runs">
          <ol class="gap-list">
            {finished.map((run) => (
              <li class="gap-facts">
                <Badge tone={run.passed === run.total ? 'success' : 'warning'}>{score(run)}</Badge>
                <span>{runWords(run)}</span>
                <span>{formatDateTime(run.startedAt)}</span>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {failures.length > 0 && !runs.some((run) => run.isWaiting) && (
        <Card title="Not as expected in the last run">
          <Failures failures={failures} />
        </Card>
      )}
    </div>
  )
}

const score = ({ passed, total }: GoldenRunView): string =>
  `${formatNumber(passed ?? 0)} of ${formatNumber(total ?? 0)}`

function runWords(run: GoldenRunView): string {
  if (!run.isBeforeReindex) return 'asked on request'
  const before = `before a re-index (${formatNumber(run.passedBefore ?? 0)} with the index in use)`
  if (run.isWaiting) return `${before}, waiting for a decision`
  if (run.decision === 'rejected') return `${before}, old index kept by ${run.decidedBy ?? 'somebody'}`
  if (run.decidedBy) return `${before}, used all the same, says ${run.decidedBy}`
  return before
}

/** A drop found before a re-index: what would be lost, and the two ways on. */
export const Decision = ({ run, failures }: { run: GoldenRunView; failures: GoldenFailureView[] }) => (
  <Card title="The new search index answers fewer golden questions">
    <p>
      As expected with the index in use: {formatNumber(run.passedBefore ?? 0)} of{' '}
      {formatNumber(run.total ?? 0)}. With the new one: {formatNumber(run.passed ?? 0)}. Until you decide,
      answers come from the index in use.
    </p>
    <Failures failures={failures.filter(({ isLost }) => isLost)} />
    <form class="row-actions" method="post" action={paths.developer.goldenRunDecision(run.id)}>
      <Button name="decision" value="rejected">
        Keep the index in use
      </Button>
      <Button tone="quiet" name="decision" value="accepted">
        Use the new index all the same
      </Button>
    </form>
  </Card>
)

const Failures = ({ failures }: { failures: GoldenFailureView[] }) => (
  <ol class="gap-list">
    {failures.map((failure) => (
      <li>
        <h3>{failure.question}</h3>
        <p class="gap-answer">{failure.answer}</p>
      </li>
    ))}
  </ol>
)

const GoldenItem = ({ question }: { question: GoldenQuestionView }) => (
  <QuestionItem
    question={question.question}
    action={
      <QuestionAction
        action={paths.developer.goldenRemoval(question.id)}
        label="Remove"
        of={`“${question.question}”`}
      />
    }
  >
    <p class="gap-answer">{question.expects.join(', and ')}</p>
    <p class="gap-facts">
      <Badge>{question.houseType ?? 'Any home'}</Badge>
      <span>
        {question.author}, {formatDateTime(question.createdAt)}
      </span>
    </p>
  </QuestionItem>
)
