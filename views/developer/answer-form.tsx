// The form with which staff answer a question, for every home, for some house types or for one home.

import { QuestionField } from '#views/developer/question-parts.tsx'
import { Button } from '#views/parts/button.tsx'
import { CardForm } from '#views/parts/card.tsx'
import { Checkboxes, Choice, TextArea } from '#views/parts/field.tsx'

export type AnswerFormProps = {
  action: string
  houseTypes: { code: string; name: string }[]
  /** Offered when a single home asked. */
  onlyHome: { id: string; address: string } | null
  values: { question: string; answer: string; houseTypes: string[]; onlyHome: boolean }
  errors: { question?: string; answer?: string; houseTypes?: string }
  submitLabel: string
}

const QUESTION_LENGTH_MAX = 500
const ANSWER_LENGTH_MAX = 4_000

export const AnswerForm = ({
  action,
  houseTypes,
  onlyHome,
  values,
  errors,
  submitLabel,
}: AnswerFormProps) => (
  <CardForm action={action}>
    <QuestionField
      value={values.question}
      error={errors.question}
      hint="As it will be matched with what buyers ask. Keep names and addresses out of it."
      maxlength={QUESTION_LENGTH_MAX}
    />
    <TextArea
      label="Answer"
      name="answer"
      rows={6}
      value={values.answer}
      error={errors.answer}
      hint="Buyers read it word for word, with “Answered by your builder” and the date."
      maxlength={ANSWER_LENGTH_MAX}
      required
    />
    {houseTypes.length > 0 && (
      <Checkboxes
        legend="House types"
        name="house_types"
        hint="None chosen: every home of the development gets this answer."
        options={houseTypes.map((type) => ({ value: type.code, label: type.code, hint: type.name }))}
        checked={values.houseTypes}
        error={errors.houseTypes}
      />
    )}
    {onlyHome && (
      <Choice
        name="only_unit"
        value={onlyHome.id}
        label={`Only for ${onlyHome.address}`}
        hint="No other home gets this answer."
        checked={values.onlyHome}
      />
    )}
    <p>
      <Button tone="gold" icon="send">
        {submitLabel}
      </Button>
    </p>
  </CardForm>
)
