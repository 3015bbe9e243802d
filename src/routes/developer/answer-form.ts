// The form of an answer as it comes in, and as it is shown again with what is wrong with it.
import { z } from 'zod'
import type { AnswerFormProps } from '#views/developer/answer-form.tsx'
import { Failure } from '../../failure.ts'

/** Wider than the rules: those say in a sentence what is wrong, and nothing typed is lost. */
const TEXT_CHARS_MAX = 20_000
const HOUSE_TYPES_MAX = 100

/** One checked box comes as text, several as a list. */
const chosen = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(50)).max(HOUSE_TYPES_MAX),
)

export const answerFormBody = z.object({
  question: z.string().max(TEXT_CHARS_MAX),
  answer: z.string().max(TEXT_CHARS_MAX),
  house_types: chosen,
  only_unit: z.uuid().optional(),
})

export type AnswerFormBody = z.infer<typeof answerFormBody>

export const valuesOf = (body: AnswerFormBody): AnswerFormProps['values'] => ({
  question: body.question,
  answer: body.answer,
  houseTypes: body.house_types,
  onlyHome: body.only_unit !== undefined,
})

export const EMPTY_VALUES: AnswerFormProps['values'] = {
  question: '',
  answer: '',
  houseTypes: [],
  onlyHome: false,
}

/** The messages beside the fields; anything but a fault of the form itself is thrown on. */
export function errorsOf(error: unknown): AnswerFormProps['errors'] {
  if (!(error instanceof Failure) || !['invalid', 'unknown_house_type'].includes(error.code)) throw error
  const said = (path: string) => error.details.fields?.find((field) => field.path === path)?.message
  const [question, answer, houseTypes] = [said('question'), said('answer'), said('house_types')]
  return {
    ...(question ? { question: `The question ${question}.` } : {}),
    ...(answer ? { answer: `The answer ${answer}.` } : {}),
    ...(houseTypes ? { houseTypes: `The choice ${houseTypes}.` } : {}),
  }
}
