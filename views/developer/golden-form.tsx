// The form of a golden question: what is asked, as whom, and what a right answer holds.

import { QuestionField } from '#views/developer/question-parts.tsx'
import { Button } from '#views/parts/button.tsx'
import { CardForm } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

export type GoldenFormView = {
  houseTypes: { code: string; name: string }[]
  documents: { id: string; title: string }[]
  values: {
    question: string
    houseType: string
    expects: string
    phrase: string
    documentId: string
    page: string
  }
  errors: { question?: string; phrase?: string; document?: string; page?: string; expects?: string }
}

const QUESTION_LENGTH_MAX = 2_000
const PHRASE_LENGTH_MAX = 500
const EXPECTATIONS = [
  { value: 'answer', label: 'The answer says a phrase, or cites a document' },
  { value: 'gap', label: 'Nothing on record answers it: OpenHouse must say so' },
]

export const GoldenForm = ({
  developmentId,
  houseTypes,
  documents,
  values,
  errors,
}: GoldenFormView & { developmentId: string }) => (
  <CardForm action={paths.developer.golden({ development: developmentId })} id="new-golden-question">
    <QuestionField
      value={values.question}
      error={errors.question}
      hint="As a buyer would ask it. Keep names and addresses out of it."
      maxlength={QUESTION_LENGTH_MAX}
    />
    <Select
      label="Asked as"
      name="house_type"
      options={[
        { value: '', label: 'Any home' },
        ...houseTypes.map(({ code, name }) => ({ value: code, label: `${code}, ${name}` })),
      ]}
      value={values.houseType}
    />
    <Select
      label="What is right"
      name="expects"
      options={EXPECTATIONS}
      value={values.expects}
      error={errors.expects}
    />
    <Field
      label="Phrase the answer holds"
      name="phrase"
      value={values.phrase}
      error={errors.phrase}
      hint="Word for word, such as “1.5 bar”. Capital letters do not matter."
      maxlength={PHRASE_LENGTH_MAX}
    />
    <Select
      label="Document it cites"
      name="document_id"
      options={[
        { value: '', label: 'Any or none' },
        ...documents.map(({ id, title }) => ({ value: id, label: title })),
      ]}
      value={values.documentId}
      error={errors.document}
    />
    <Field
      label="Page of that document"
      name="page"
      value={values.page}
      error={errors.page}
      inputmode="numeric"
      hint="Leave empty for any page."
    />
    <p>
      <Button tone="gold" icon="plus">
        Add golden question
      </Button>
    </p>
  </CardForm>
)
