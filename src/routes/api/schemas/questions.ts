// Shapes of questions and their answers in the API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

const citation = z
  .object({
    document_id: uuid,
    title: z.string(),
    page: z.number().int().describe('Page of the PDF, from 1'),
    printed_page: z.string().nullable().describe('The number printed on that page'),
    quote: z.string().describe('Words that stand on that page'),
    url: z.string().describe('Opens the PDF at the page; valid for some minutes'),
  })
  .meta({ id: 'Citation' })

export const questionBody = z
  .strictObject({
    unit_id: uuid,
    question: z.string().min(1).max(2_000),
    conversation_id: uuid.nullish(),
  })
  .meta({ id: 'NewQuestion' })

const stage = z.enum(['safety', 'refusal', 'fact', 'place', 'document', 'gap'])
const mode = z.enum(['llm', 'extractive'])

export const answer = z
  .object({
    id: uuid,
    answer: z.string(),
    stage,
    mode,
    citations: z.array(citation).max(5),
    gap_id: uuid.nullable(),
    conversation_id: uuid,
    request_id: z.string(),
  })
  .meta({ id: 'Answer' })

const asked = {
  id: uuid,
  development_id: uuid,
  unit_id: uuid,
  conversation_id: uuid,
  question: z.string(),
  answer: z.string().nullable().describe('Null while it is being answered, or when that was cut short'),
  stage: stage.nullable(),
  mode: mode.nullable(),
  gap_id: uuid.nullable(),
  gap_status: z.enum(['open', 'answered', 'closed']).nullable(),
  later_answer: z.string().nullable().describe('What answers it since the gap was closed'),
  later_answer_at: moment.nullable(),
  created_at: moment,
}

export const askedQuestion = z.object(asked).meta({ id: 'Question' })

export const askedQuestionWithCitations = z
  .object({ ...asked, citations: z.array(citation).max(5) })
  .meta({ id: 'QuestionWithCitations' })
