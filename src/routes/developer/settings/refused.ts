// What the settings' forms share: lists of checkboxes, and the sentences of a form that was refused.
import { z } from 'zod'
import { Failure } from '../../../failure.ts'

export type Problems = { path: string; message: string }[]

/** Of checkboxes none is sent, or one, or a list. */
export const many = <T extends z.ZodType<string>>(each: T, max: number) =>
  z.union([each.transform((one) => [one]), z.array(each).max(max)]).default([])

/** @throws the error itself unless it is a form's */
export function problemsOf(error: unknown): Problems {
  if (!(error instanceof Failure) || error.code !== 'invalid') throw error
  return error.details.fields ?? [{ path: '', message: error.sentence }]
}

export const sayingOf =
  (problems: Problems = []) =>
  (field: string): string | undefined =>
    problems.find(({ path }) => path === field)?.message
