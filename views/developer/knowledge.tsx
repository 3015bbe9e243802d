// The builder's own answers, and answering one question for everybody who asked it.
import { AnswerForm, type AnswerFormProps } from '#views/developer/answer-form.tsx'
import { type GapRowView, QuestionsFrame, viewUrl, Wordings } from '#views/developer/questions.tsx'
import { count, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Pagination } from '#views/parts/table.tsx'
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
      <Fragment>
        <ol class="gap-list">
          {props.knowledge.map((known) => (
            <KnowledgeItem known={known} />
          ))}
        </ol>
        {(props.nextUrl || props.firstUrl) && (
          <Pagination
            label="Pages of answers"
            shown={count(props.knowledge.length, 'answer')}
            firstUrl={props.firstUrl}
            nextUrl={props.nextUrl}
          />
        )}
      </Fragment>
    )}
  </QuestionsFrame>
)

const KnowledgeItem = ({ known }: { known: KnowledgeView }) => (
  <li class="card gap-item">
    <div>
      <h2>{known.question}</h2>
      <p class="gap-answer">{known.answer}</p>
      <p class="gap-facts">
        <Badge>{known.homes}</Badge>
        <span>
          {known.author}, {formatDate(known.createdAt)}
        </span>
      </p>
    </div>
    <form method="post" action={paths.developer.knowledgeRetirement(known.id)}>
      <button type="submit" class="button button-quiet button-small">
        <span>Take back</span>
        <span class="visually-hidden"> the answer to “{known.question}”</span>
      </button>
    </form>
  </li>
)

export type GapPageProps = PageProps & { gap: GapRowView; form: AnswerFormProps | null }

/** One waiting question with its form; without one once it has been answered. */
export const GapPage = (props: GapPageProps) => (
  <QuestionsFrame {...props} view={props.form ? 'waiting' : 'answered'}>
    <a class="back-link" href={viewUrl(props.form ? 'waiting' : 'answered', props.developmentId)}>
      <Icon name="chevronLeft" /> All questions
    </a>
    <section class="card gap-item">
      <div>
        <h2>{props.gap.question}</h2>
        <p class="gap-facts">
          <strong>{count(props.gap.homes, 'home')}</strong>
          <span>{props.gap.houseTypes.join(', ')}</span>
          <span>last asked on {formatDate(props.gap.lastAskedAt)}</span>
        </p>
        <Wordings gap={props.gap} />
        {props.gap.answer && <p class="gap-answer">{props.gap.answer}</p>}
      </div>
    </section>
    {props.form && <AnswerForm {...props.form} />}
  </QuestionsFrame>
)
