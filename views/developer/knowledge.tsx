// The builder's own answers, and answering one question for everybody who asked it.

import { AnswerForm, type AnswerFormProps } from '#views/developer/answer-form.tsx'
import { QuestionAction, QuestionItem, QuestionList } from '#views/developer/question-parts.tsx'
import { type GapRowView, QuestionsFrame, viewUrl, Wordings } from '#views/developer/questions.tsx'
import { count, formatDate } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type KnowledgeView = {
  id: string
  question: string
  answer: string
  /** Whom it is for, e.g. "BD01, BD02", "14 Longview Park" or "every home". */
  homes: string
  author: string
  createdAt: Date
}

type PageProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  message?: string | undefined
}

export type KnowledgeProps = PageProps & {
  form: AnswerFormProps
  knowledge: KnowledgeView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const KnowledgePage = (props: KnowledgeProps) => (
  <QuestionsFrame {...props} view="knowledge">
    <details class="disclosure" open={props.knowledge.length === 0 || props.form.values.answer !== ''}>
      <summary>
        <Icon name="plus" /> Add an answer before anybody asks
      </summary>
      <AnswerForm {...props.form} />
    </details>
    {props.knowledge.length === 0 ? (
      <EmptyState icon="chat" title="No answers of yours yet">
        Answer a waiting question, or add what buyers are going to ask.
      </EmptyState>
    ) : (
      <QuestionList
        items={props.knowledge.map((known) => <KnowledgeItem known={known} />)}
        noun="answer"
        pages="Pages of answers"
        nextUrl={props.nextUrl}
        firstUrl={props.firstUrl}
      />
    )}
  </QuestionsFrame>
)

const KnowledgeItem = ({ known }: { known: KnowledgeView }) => (
  <QuestionItem
    question={known.question}
    action={
      <QuestionAction
        action={paths.developer.knowledgeRetirement(known.id)}
        label="Take back"
        of={`the answer to “${known.question}”`}
      />
    }
  >
    <p class="gap-answer">{known.answer}</p>
    <p class="gap-facts">
      <Badge>{known.homes}</Badge>
      <span>
        {known.author}, {formatDate(known.createdAt)}
      </span>
    </p>
  </QuestionItem>
)

export type GapPageProps = PageProps & { gap: GapRowView; form: AnswerFormProps | null }

/** One waiting question with its form; without one once it has been answered. */
export const GapPage = (props: GapPageProps) => (
  <QuestionsFrame {...props} view={props.form ? 'waiting' : 'answered'}>
    <a class="back-link" href={viewUrl(props.form ? 'waiting' : 'answered', props.developmentId)}>
      <Icon name="chevronLeft" /> All questions
    </a>
    <QuestionItem as="section" question={props.gap.question}>
      <p class="gap-facts">
        <strong>{count(props.gap.homes, 'home')}</strong>
        <span>{props.gap.houseTypes.join(', ')}</span>
        <span>last asked on {formatDate(props.gap.lastAskedAt)}</span>
      </p>
      <Wordings gap={props.gap} />
      {props.gap.answer && <p class="gap-answer">{props.gap.answer}</p>}
    </QuestionItem>
    {props.form && <AnswerForm {...props.form} />}
  </QuestionsFrame>
)
