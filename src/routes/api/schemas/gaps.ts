// Shapes of gaps and of the builder's own answers in the public API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

export const gapStatus = z.enum(['open', 'answered', 'closed'])

export const gap = z
  .object({
    id: uuid,
    group_id: uuid.describe('The same for questions that mean the same'),
    development_id: uuid,
    question: z.string(),
    status: gapStatus,
    homes: z.number().int().describe('Homes that asked, over all wordings'),
    questions: z.number().int(),
    asked_builder: z.number().int().describe('How often the asker wanted the builder to be asked'),
    wordings: z.array(z.string()),
    house_types: z.array(z.string()).describe('Codes of the homes that asked'),
    answer: z.string().nullable(),
    first_asked_at: moment,
    last_asked_at: moment,
    answered_at: moment.nullable(),
  })
  .meta({ id: 'Gap' })

const answeredFor = {
  answer: z.string().trim().min(1).max(4_000),
  house_types: z
    .array(z.string().max(50))
    .max(50)
    .default([])
    .describe('Codes such as `BD01`; none means every home of the development'),
  unit_id: uuid.nullish().describe('Only this home; then without `house_types`'),
}

export const gapAnswerBody = z
  .strictObject({
    ...answeredFor,
    question: z.string().trim().min(1).max(500).optional().describe('Your own wording of the question'),
  })
  .meta({ id: 'GapAnswer' })

export const knowledgeBody = z
  .strictObject({ development_id: uuid, question: z.string().trim().min(1).max(500), ...answeredFor })
  .meta({ id: 'NewKnowledge' })

export const knowledgeReceipt = z
  .object({ id: uuid, job_id: uuid.describe('Asks again those who were waiting for the answer') })
  .meta({ id: 'KnowledgeReceipt' })

export const knowledge = z
  .object({
    id: uuid,
    development_id: uuid,
    unit_id: uuid.nullable(),
    house_types: z.array(z.string()),
    question: z.string(),
    answer: z.string(),
    author: z.string(),
    created_at: moment,
    retired_at: moment.nullable(),
  })
  .meta({ id: 'Knowledge' })
