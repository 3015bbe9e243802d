// What the pages about questions share: the field of a question, one question in a list, and the list with its pages.
import { count } from '#views/format.ts'
import { type Child, Fragment } from '#views/jsx-runtime.ts'
import { Card } from '#views/parts/card.tsx'
import { TextArea } from '#views/parts/field.tsx'
import { Pagination } from '#views/parts/table.tsx'

type QuestionFieldProps = {
  value: string
  error: string | undefined
  hint: string
  maxlength: number
}

export const QuestionField = (props: QuestionFieldProps) => (
  <TextArea label="Question" name="question" rows={2} required {...props} />
)

type QuestionItemProps = {
  as?: 'li' | 'section'
  question: Child
  /** What can be done with it, beside it. */
  action?: Child
  children: Child
}

export const QuestionItem = ({ as = 'li', question, action, children }: QuestionItemProps) => (
  <Card as={as} className="gap-item">
    <div>
      <h2>{question}</h2>
      {children}
    </div>
    {action}
  </Card>
)

type QuestionActionProps = {
  action: string
  label: string /** For those who do not see where it stands. */
  of: string
}

export const QuestionAction = ({ action, label, of }: QuestionActionProps) => (
  <form method="post" action={action}>
    <button type="submit" class="button button-quiet button-small">
      <span>{label}</span>
      <span class="visually-hidden"> {of}</span>
    </button>
  </form>
)

type QuestionListProps = {
  items: Child[]
  /** What they are, one and in the name of their pages. */
  noun: string
  pages: string
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const QuestionList = ({ items, noun, pages, nextUrl, firstUrl }: QuestionListProps) => (
  <Fragment>
    <ol class="gap-list">{items}</ol>
    <Pagination
      label={pages}
      shown={count(items.length, noun)}
      firstUrl={firstUrl}
      nextUrl={nextUrl}
      isForMoreOnly
    />
  </Fragment>
)
