// What buyers ask and nobody could answer: the groups by the homes that wait, what was answered, what is asked most.

import { QuestionItem, QuestionList } from '#views/developer/question-parts.tsx'
import { count, formatDate, formatNumber } from '#views/format.ts'
import { type Child, Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type QuestionsView = 'waiting' | 'answered' | 'asked' | 'knowledge' | 'test' | 'golden'

export type GapRowView = {
  id: string
  question: string
  homes: number
  questions: number
  askedBuilder: number
  wordings: string[]
  houseTypes: string[]
  lastAskedAt: Date
  answer: string | null
  answeredAt: Date | null
}

type FrameProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  view: QuestionsView
  /** Said once after something was done. */
  message?: string | undefined
  children: Child
}

const VIEWS: { view: QuestionsView; label: string }[] = [
  { view: 'waiting', label: 'Waiting' },
  { view: 'answered', label: 'Answered' },
  { view: 'asked', label: 'What buyers ask' },
  { view: 'knowledge', label: 'Your answers' },
  { view: 'test', label: 'Try a question' },
  { view: 'golden', label: 'Golden questions' },
]

export function viewUrl(view: QuestionsView, development: string): string {
  if (view === 'knowledge') return paths.developer.knowledge({ development })
  if (view === 'test') return paths.developer.testConsole({ development })
  if (view === 'golden') return paths.developer.golden({ development })
  return paths.developer.questions({ development, ...(view === 'waiting' ? {} : { view }) })
}

/** Heading and ways between the pages about questions. */
export const QuestionsFrame = (props: FrameProps) => (
  <StaffPage
    title="Questions"
    shell={props.shell}
    active="questions"
    switchAction={paths.developer.questions()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Questions</h1>
    </header>
    <FilterLinks
      label="Questions and answers"
      links={VIEWS.map(({ view, label }) => ({
        url: viewUrl(view, props.developmentId),
        label,
        isCurrent: view === props.view,
      }))}
    />
    {props.message && <Notice tone="success">{props.message}</Notice>}
    {props.children}
  </StaffPage>
)

export type GapListProps = Omit<FrameProps, 'children' | 'view'> & {
  status: 'open' | 'answered'
  gaps: GapRowView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const GapListPage = (props: GapListProps) => (
  <QuestionsFrame {...props} view={props.status === 'open' ? 'waiting' : 'answered'}>
    {props.gaps.length === 0 ? (
      <EmptyState
        icon="check"
        title={props.status === 'open' ? 'Nothing is waiting' : 'Nothing answered yet'}
      >
        {props.status === 'open'
          ? 'Every question so far has had an answer.'
          : 'Questions that you answer stand here, with what the askers read.'}
      </EmptyState>
    ) : (
      <QuestionList
        items={props.gaps.map((gap) => <GapItem gap={gap} isOpen={props.status === 'open'} />)}
        noun="question"
        pages="Pages of questions"
        nextUrl={props.nextUrl}
        firstUrl={props.firstUrl}
      />
    )}
  </QuestionsFrame>
)

const GapItem = ({ gap, isOpen }: { gap: GapRowView; isOpen: boolean }) => (
  <QuestionItem
    question={isOpen ? <a href={paths.developer.question(gap.id)}>{gap.question}</a> : gap.question}
    action={
      isOpen && (
        <ButtonLink href={paths.developer.question(gap.id)} tone="quiet" small>
          Answer
        </ButtonLink>
      )
    }
  >
    <p class="gap-facts">
      <strong>{count(gap.homes, 'home')}</strong>
      <span>asked {count(gap.questions, 'time')}</span>
      <span>{gap.houseTypes.join(', ')}</span>
      <span>last on {formatDate(gap.lastAskedAt)}</span>
      {gap.askedBuilder > 0 && <Badge tone="gold">{count(gap.askedBuilder, 'request')} to ask you</Badge>}
    </p>
    <Wordings gap={gap} />
    {gap.answer && <p class="gap-answer">{gap.answer}</p>}
  </QuestionItem>
)

/** The other words in which it was asked. */
export const Wordings = ({ gap }: { gap: GapRowView }) => {
  const others = gap.wordings.filter((wording) => wording !== gap.question)
  return others.length === 0 ? (
    <Fragment />
  ) : (
    <details class="gap-wordings">
      <summary>{count(others.length, 'other wording')}</summary>
      <ul>
        {others.map((wording) => (
          <li>{wording}</li>
        ))}
      </ul>
    </details>
  )
}

export type AskedProps = Omit<FrameProps, 'children' | 'view'> & {
  groups: { question: string; asked: number; homes: number; answered: number }[]
  complaints: { question: string; answer: string; reason: string | null; at: Date }[]
}

const COLUMNS: Column[] = [
  { label: 'Question' },
  { label: 'Homes', align: 'right' },
  { label: 'Asked', align: 'right' },
  { label: 'Answered', align: 'right' },
]

export const AskedPage = (props: AskedProps) => (
  <QuestionsFrame {...props} view="asked">
    {props.groups.length === 0 ? (
      <EmptyState icon="chat" title="Nothing asked yet">
        What buyers ask in the app is counted here, in groups of the same meaning and without names.
      </EmptyState>
    ) : (
      <Table caption="What buyers asked in the last 90 days" columns={COLUMNS}>
        {props.groups.map((group) => (
          <tr>
            <th scope="row" class="cell-title">
              {group.question}
            </th>
            <td class="cell-right">{formatNumber(group.homes)}</td>
            <td class="cell-right">{formatNumber(group.asked)}</td>
            <td class="cell-right">{Math.round((100 * group.answered) / group.asked)}%</td>
          </tr>
        ))}
      </Table>
    )}
    {props.complaints.length > 0 && (
      <Card title="Answers that did not help">
        <ul class="question-list">
          {props.complaints.map((complaint) => (
            <li>
              <span>
                {complaint.question}
                {complaint.reason && <small class="complaint-reason">“{complaint.reason}”</small>}
              </span>
              <span class="question-homes">{formatDate(complaint.at)}</span>
            </li>
          ))}
        </ul>
      </Card>
    )}
  </QuestionsFrame>
)
