// What every operation of the API declares for the OpenAPI document: summary, name, the errors it can give.
import type { z } from 'zod'
import { errorBody } from './schemas/envelopes.ts'

const ERRORS = {
  400: errorBody,
  401: errorBody,
  403: errorBody,
  404: errorBody,
  422: errorBody,
  429: errorBody,
  503: errorBody,
} as const

export const describe = (
  tag: string,
  operationId: string,
  summary: string,
  more: Record<string, unknown> = {},
) => ({
  tags: [tag],
  operationId,
  summary,
  ...more,
})

/** Response schemas by status, with the errors of the whole API beside the successful ones. */
export const responses = <T extends Record<number, z.ZodType>>(successful: T) => ({
  ...ERRORS,
  ...successful,
})
