// What the builder's and the operator's page of one's own sign-in share: its forms, and what they can be refused for.
import { z } from 'zod'
import type { SecondFactorView } from '#views/parts/second-factor.tsx'
import { changeOwnPassword } from '../access/own-password.ts'
import { endOwnSessions, ownSessions } from '../access/own-sessions.ts'
import { PASSWORD_CHARS_MIN } from '../access/passwords.ts'
import {
  beginEnrolment,
  enrol,
  removeSecondFactor,
  renewRecoveryCodes,
  requirePassword,
  sameEnrolment,
  secondFactorState,
} from '../access/second-factor.ts'
import { Failure } from '../failure.ts'
import { deviceName } from '../http/device-name.ts'
import { visitorOf } from '../http/visitor.ts'
import { qrSvg } from '../qr-code.ts'
import { refusalOf } from './second-step.ts'

const code = z.string().max(100)
export const codeBody = z.object({ code })
export const enrolmentBody = z.object({
  code,
  password: z.string().max(200),
  enrolment: z.string().max(2_000),
})
export const passwordBody = z.object({ current: z.string().max(200), password: z.string().max(200) })
export const sessionsBody = z.object({
  current: z.string().max(200),
  ended: z.union([z.literal('others'), z.uuid()]),
})
export const secondFactorQuery = z.object({ done: z.enum(['removed', 'password', 'sessions']).optional() })

const DONE = {
  removed: 'The second factor is off.',
  sessions: 'Ended. Whoever used it has to sign in again.',
  password: 'Your password is changed. Wherever else you were signed in, you no longer are.',
}
export const doneMessage = (done: keyof typeof DONE | undefined) => done && DONE[done]

type Person = { portal: 'developer' | 'admin'; staffId: string; sessionId: string; email: string }
type Context = { request: Request; set: { status?: number | string; headers: Record<string, unknown> } }
type Said = { newCodes?: readonly string[]; problem?: SecondFactorView['problem']; enrolment?: string }

export async function secondFactorView(person: Person, said: Said = {}): Promise<SecondFactorView> {
  const { portal, staffId, sessionId, email } = person
  const [state, sessions] = await Promise.all([secondFactorState(staffId), ownSessions(staffId)])
  const enrolment = state.enabledAt
    ? null
    : ((said.enrolment ? await sameEnrolment(staffId, email, said.enrolment) : null) ??
      (await beginEnrolment(staffId, email)))
  return {
    portal,
    ...state,
    newCodes: said.newCodes ?? null,
    problem: said.problem ?? null,
    passwordCharsMin: PASSWORD_CHARS_MIN,
    sessions: sessions.map(({ id, userAgent, ipAddress, createdAt, lastSeenAt }) => ({
      id,
      device: deviceName(userAgent),
      ipAddress,
      isCurrent: id === sessionId,
      since: new Date(createdAt),
      lastSeenAt: new Date(lastSeenAt),
    })),
    enrolment: enrolment && { ...enrolment, qrSvg: await qrSvg(enrolment.uri) },
  }
}

export async function enrolled(person: Person, body: z.infer<typeof enrolmentBody>, context: Context) {
  try {
    const visitor = visitorOf(context.request)
    await requirePassword(person.staffId, body.password, visitor)
    const newCodes = await enrol(person.staffId, { token: body.enrolment, code: body.code }, visitor)
    return secondFactorView(person, { newCodes })
  } catch (error) {
    const problem = problemOf('enrolment', error, context)
    return secondFactorView(person, { problem, enrolment: body.enrolment })
  }
}

export async function renewed(person: Person, typed: string, context: Context) {
  try {
    const newCodes = await renewRecoveryCodes(person.staffId, typed, visitorOf(context.request))
    return secondFactorView(person, { newCodes })
  } catch (error) {
    return secondFactorView(person, { problem: problemOf('codes', error, context) })
  }
}

/** Null once it is off. */
export async function removed(person: Person, typed: string, context: Context) {
  try {
    await removeSecondFactor(person.staffId, typed, visitorOf(context.request))
    return null
  } catch (error) {
    return secondFactorView(person, { problem: problemOf('removal', error, context) })
  }
}

/** Null once it is another. */
export async function changed(person: Person, body: z.infer<typeof passwordBody>, context: Context) {
  try {
    const given = { current: body.current, next: body.password }
    await changeOwnPassword(person, given, visitorOf(context.request))
    return null
  } catch (error) {
    const problem = fieldProblemOf('password', 'next', error, context)
    return secondFactorView(person, { problem })
  }
}

/** Null once they are over. */
export async function ended(person: Person, body: z.infer<typeof sessionsBody>, context: Context) {
  try {
    await endOwnSessions(person, body, visitorOf(context.request))
    return null
  } catch (error) {
    const problem = fieldProblemOf('sessions', 'ended', error, context)
    return secondFactorView(person, { problem })
  }
}

/** What is wrong with the field of that name, or with the password. @throws the error itself unless it is the form's */
function fieldProblemOf<F extends 'next' | 'ended'>(
  form: 'password' | 'sessions',
  name: F,
  error: unknown,
  context: Context,
) {
  const [field] = error instanceof Failure && error.code === 'invalid' ? (error.details.fields ?? []) : []
  if (!field) return { ...problemOf(form, error, context), field: 'password' as const }
  context.set.status = 422
  return { form, field: name, message: field.message }
}

/** @throws the error itself unless it is the form's */
function problemOf(
  form: 'enrolment' | 'codes' | 'removal' | 'password' | 'sessions',
  error: unknown,
  { set }: Context,
) {
  if (error instanceof Failure && error.code === 'wrong_credentials') {
    set.status = 422
    return { form, field: 'password' as const, message: 'This is not your password.' }
  }
  const message = refusalOf(error, set)
  // A 401 would say that nobody is signed in.
  if (set.status === 401) set.status = 422
  return { form, field: 'code' as const, message }
}
