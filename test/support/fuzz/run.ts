// Sends generated requests as every kind of caller and looks at each answer: no failure of ours, no stack, nothing foreign.
import type postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { seededDice } from '#src/demo/dice.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, claim, signIn, type TestApp, withCookies } from '../app.ts'
import { crawl, formSources, type Generated, operationSources, routeSources, type Source } from './sources.ts'
import type { Ids } from './values.ts'

export type FuzzReport = {
  sent: number
  /** Past the doors: neither 401 nor 429, nor sent to a sign-in form. */
  admitted: number
  byStatus: Record<string, number>
  byCaller: Record<string, number>
  sources: number
  faults: string[]
  slowest: { source: string; ms: number }[]
}

const FAULTS_MAX = 40
const SLOW_MS = 1_000
/** Limits are lifted: they are forgotten so often that nobody meets one. */
const LIMITS_FORGOTTEN_EVERY = 5
const STACK = /\n\s+at .+[:(]\d+|node_modules\/|Failed query:|PostgresError|postgres:\/\/|drizzle/i

const STREAM_MS = 100

/** Pages that show the operator what failed; the failure itself is counted where it happened. */
const SHOWS_FAILURES = /^\/admin\/(?:errors|logs|requests)/

type Caller = {
  name: string
  init: () => RequestInit
  sources: Source[]
  isBound: boolean
  renew: () => Promise<void>
}

export async function fuzz(
  app: TestApp,
  superuser: postgres.Sql,
  options: { count: number; seed: number; progress?: (sent: number) => void },
): Promise<FuzzReport> {
  const dice = seededDice(options.seed)
  const ids = await idsOf(superuser)
  const callers = await callersOf(app)
  const report: FuzzReport = {
    ...{ sent: 0, admitted: 0, byStatus: {}, byCaller: {}, faults: [], slowest: [] },
    sources: callers.reduce((sum, caller) => sum + caller.sources.length, 0),
  }
  const foreign = new RegExp(ids.foreign.join('|'))
  while (report.sent < options.count) {
    if (report.sent % LIMITS_FORGOTTEN_EVERY === 0) {
      forgetLimits()
      forgetAttempts()
    }
    const caller = dice.pick(callers)
    const generated = dice.pick(caller.sources)(dice, ids)
    await send(app, superuser, caller, generated, foreign, report)
    if (report.sent % 1_000 === 0) options.progress?.(report.sent)
  }
  return report
}

async function send(
  app: TestApp,
  superuser: postgres.Sql,
  caller: Caller,
  generated: Generated,
  foreign: RegExp,
  report: FuzzReport,
): Promise<void> {
  const { method, path, init, source } = generated
  const own = caller.init()
  const startedAt = performance.now()
  let response: Response
  try {
    response = await app.call(path, {
      ...init,
      headers: { ...(init.headers as object), ...(own.headers as object) },
    })
  } catch (error) {
    // Not every string can be sent at all; those that cannot are not counted.
    if (error instanceof TypeError && /URL|header/i.test(error.message)) return
    throw error
  }
  const type = response.headers.get('content-type') ?? ''
  const bytes = type.startsWith('text/event-stream')
    ? await beginningOf(response)
    : await response.arrayBuffer()
  const text = /json|text|html|csv/.test(type) ? new TextDecoder().decode(bytes) : ''
  const ms = performance.now() - startedAt
  report.sent += 1
  report.byStatus[response.status] = (report.byStatus[response.status] ?? 0) + 1
  report.byCaller[caller.name] = (report.byCaller[caller.name] ?? 0) + 1
  if (ms > SLOW_MS) noteSlow(report, source, ms)
  const isTurnedAway = isSignIn(response)
  if (response.status !== 429 && response.status !== 401 && !isTurnedAway) report.admitted += 1
  if (isTurnedAway && caller.isBound) await restore(superuser, caller)
  const fault = faultOf(response, text, caller, generated, foreign)
  if (fault && report.faults.length < FAULTS_MAX)
    report.faults.push(
      `${fault} | ${caller.name} ${method} ${path.slice(0, 300)} ${bodyOf(init)} | ${text.slice(0, 160)}`,
    )
}

/** Streams need not end: what comes within a moment is looked at, then the reader leaves. */
async function beginningOf(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const first = await Promise.race([reader.read(), Bun.sleep(STREAM_MS).then(() => null)])
  await reader.cancel()
  return first?.value ?? new Uint8Array()
}

function faultOf(
  response: Response,
  text: string,
  caller: Caller,
  { path, init }: Generated,
  foreign: RegExp,
): string | null {
  if (response.status >= 500) return `status ${response.status}`
  if (STACK.test(text) && !SHOWS_FAILURES.test(path)) return `a stack: ${STACK.exec(text)?.[0]}`
  if (caller.name === 'operator' || caller.name === 'stranger') return null
  const sent = `${decodeURIComponentSafely(path)} ${String(init.body ?? '')}`
  const seen = foreign.exec(text)?.[0]
  return seen && !sent.includes(seen) ? `the foreign id ${seen}` : null
}

const decodeURIComponentSafely = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
const bodyOf = ({ body }: RequestInit) =>
  typeof body === 'string' ? body.slice(0, 400) : body ? '(a form)' : ''

const isSignIn = (response: Response) =>
  response.status === 303 && /\/sign-in$|\/sign-in\?|\/welcome/.test(response.headers.get('location') ?? '')

function noteSlow(report: FuzzReport, source: string, ms: number): void {
  report.slowest.push({ source, ms: Math.round(ms) })
  report.slowest.sort((a, b) => b.ms - a.ms).splice(10)
}

/** A generated request may have switched its own caller off; the next one is let in again. */
async function restore(superuser: postgres.Sql, caller: Caller): Promise<void> {
  await superuser`update staff set disabled_at = null, totp_secret_encrypted = null, totp_enabled_at = null`
  await superuser`update tenants set suspended_at = null`
  await superuser`update api_keys set revoked_at = null`
  forgetLimits()
  forgetAttempts()
  await caller.renew()
}

/** Ids of rows of either tenant, from every table that has both. */
async function idsOf(superuser: postgres.Sql): Promise<Ids> {
  const tables = await superuser<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`
  const of = async (slug: string) => {
    const found = await Promise.all(
      tables.map(
        ({ name }) => superuser<{ id: string }[]>`
          select x.id from ${superuser(name)} x join tenants t on t.id = x.tenant_id where t.slug = ${slug} order by x.id limit 40`,
      ),
    )
    return found.flat().map(({ id }) => id)
  }
  return { own: await of('longview-estates'), foreign: await of('harbour-homes') }
}

async function callersOf(app: TestApp): Promise<Caller[]> {
  const { homes, admins, developers, super_admin: operator, api_keys: keys } = app.demo
  const mine = <T extends { tenant: string }>(list: readonly T[]) =>
    list.find(({ tenant }) => tenant === 'longview-estates')!
  const operations = await operationSources(app)
  const person = async (name: string, start: string, prefix: RegExp, enter: () => Promise<string>) => {
    let cookie = await enter()
    const { forms, links } = await crawl((path) => app.call(path, withCookies(cookie)), start)
    const sources = [
      ...formSources(forms),
      ...routeSources(app.routes, (path) => prefix.test(path)),
      ...links.map(
        (path): Source =>
          () => ({ method: 'GET', path, init: {}, source: `GET ${path.split('?')[0]}` }),
      ),
    ]
    const renew = async () => {
      cookie = await enter()
    }
    return { name, init: () => withCookies(cookie), sources, isBound: true, renew }
  }
  const everything = (path: string) => !path.startsWith('/metrics')
  return [
    await person('purchaser', '/', /^\/(?!developer|admin|api|h\/|metrics)/, () =>
      claim(app, homes.find((home) => home.tenant === 'longview-estates' && home.purchasers.length > 0)!),
    ),
    await person('developer', '/developer', /^\/developer/, () => signIn(app, mine(developers))),
    await person('admin', '/developer', /^\/developer/, () => signIn(app, mine(admins))),
    await person('operator', '/admin', /^\/admin/, () => signIn(app, operator, '/admin')),
    {
      name: 'api key',
      init: () => bearer(mine(keys).key),
      sources: operations,
      isBound: false,
      renew: async () => {},
    },
    {
      name: 'api key',
      init: () => bearer(mine(keys).key),
      sources: operations,
      isBound: false,
      renew: async () => {},
    },
    {
      name: 'stranger',
      init: () => ({}),
      sources: routeSources(app.routes, everything),
      isBound: false,
      renew: async () => {},
    },
  ]
}
