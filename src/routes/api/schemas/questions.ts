// Shapes of questions and their answers in the API.
import { z } from 'zod'
import { uuid } from './envelopes.ts'

export const citation = z
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

export const answer = z
  .object({
    answer: z.string(),
    stage: z.enum(['safety', 'refusal', 'fact', 'place', 'document', 'gap']),
    mode: z.enum(['llm', 'extractive']),
    citations: z.array(citation).max(5),
    gap_id: uuid.nullable(),
    conversation_id: uuid,
    request_id: z.string(),
  })
  .meta({ id: 'Answer' })
