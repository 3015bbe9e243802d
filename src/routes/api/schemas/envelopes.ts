// What every resource of the API shares: ids, times, pages, errors, receipts.
import { z } from 'zod'
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from '../../../paging.ts'

export const uuid = z.uuid()

export const moment = z.iso.datetime().describe('Time in UTC, ISO 8601')

/** Whole numbers in decimal only: `0x10`, `1e2` and repeated parameters are refused, not guessed at. */
const limit = z
  .string()
  .regex(/^[0-9]{1,3}$/, `must be a whole number from 1 to ${PAGE_LIMIT_MAX}`)
  .transform(Number)
  .pipe(z.number().int().min(1).max(PAGE_LIMIT_MAX))

export const pageQuery = z.strictObject({
  limit: limit.default(PAGE_LIMIT_DEFAULT).describe(`Rows a page, 1 to ${PAGE_LIMIT_MAX}`),
  cursor: z.string().min(1).max(500).optional().describe('`next_cursor` of the page before'),
})

export const itemParams = z.object({ id: uuid })

export const errorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      request_id: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Error' })

export const pageBody = <T extends z.ZodType>(row: T) =>
  z.object({ data: z.array(row), next_cursor: z.string().nullable() })

export const deletion = z.object({ id: uuid, deleted: z.literal(true) }).meta({ id: 'Deletion' })

export const jobReceipt = z.object({ job_id: uuid }).meta({ id: 'JobReceipt' })
