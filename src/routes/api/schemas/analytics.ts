// Shape of the figures in the API.
import { z } from 'zod'
import { uuid } from './envelopes.ts'

const dayCounts = {
  questions: z.number().int(),
  answered: z.number().int().describe('Questions that got an answer'),
  unanswered: z.number().int().describe('Questions that became gaps'),
  documents_opened: z.number().int(),
  scans: z.number().int().describe('Scans of printed codes'),
  claims: z.number().int().describe('Homes whose app was opened for the first time'),
}

export const analytics = z
  .object({
    development_id: uuid.nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    totals: z.object({ ...dayCounts, active_homes_max: z.number().int().describe('The most of one day') }),
    days: z.array(z.object({ day: z.iso.date(), active_homes: z.number().int(), ...dayCounts })).max(366),
  })
  .meta({ id: 'Analytics' })

const homesNow = z.number().int()
const percent = z
  .number()
  .int()
  .min(0)
  .max(100)
  .nullable()
  .describe('Null where there is nothing to have a share of')
const compared = {
  percent,
  percent_before: percent.describe('The same at the start of the period, or in the one before'),
}

export const analyticsSummary = z
  .object({
    development_id: uuid,
    day: z.iso.date().describe('Today in Irish time'),
    period_days: z
      .number()
      .int()
      .describe('Days that "before" looks back, and that questions are counted over'),
    homes: homesNow,
    activation: z
      .object({ ...compared, handed_over: homesNow, claimed: homesNow })
      .describe('Handed-over homes whose app was opened'),
    funnel: z
      .object({
        printed: homesNow,
        scanned: homesNow,
        claimed: homesNow,
        asked: homesNow,
        active_this_week: homesNow,
      })
      .describe('Homes that got as far as each step'),
    active_homes: z.object({ this_week: homesNow, week_before: homesNow }),
    questions: z.object({
      answer_rate: z.object(compared),
      answered: z.number().int(),
      unanswered: z.number().int(),
      waiting: z.number().int().describe('Open gaps, alike ones counted once'),
      waiting_before: z.number().int(),
    }),
    document_coverage: z
      .object({ percent, cells: z.number().int(), missing: z.number().int() })
      .describe('House types times the kinds of document each should have'),
    must_read: z
      .object({ percent, homes: homesNow, done: homesNow })
      .describe('Homes with documents that must be read, and those that have acknowledged all of them'),
    documents: z.object({
      count: z.number().int(),
      ready: z.number().int(),
      processing: z.number().int(),
      failed: z.number().int(),
    }),
    snags: z.object({
      open: z.number().int(),
      open_before: z.number().int(),
      late: z.number().int().describe('Open for more than 14 days'),
      oldest_days: z.number().int().nullable(),
      said_done: z.number().int().describe('Open, and done by word of the contractor'),
    }),
  })
  .meta({ id: 'AnalyticsSummary' })
