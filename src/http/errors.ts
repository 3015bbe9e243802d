// The one place where anything thrown becomes an answer: status, sentence, request id, log row.
import { Elysia, type ElysiaCustomStatusResponse, ValidationError } from 'elysia'
import { DatabaseUnavailable, sqlState } from '#db/scope.ts'
import { ErrorFragment, ErrorPage } from '#views/layout/error.tsx'
import { paths } from '#views/paths.ts'
import { withQuery } from '#views/url.ts'
import { recordError } from '../errors.ts'
import { Failure, failure } from '../failure.ts'
import { log } from '../log.ts'
import { allowedMethods, pageOfForm } from './allowed-methods.ts'
import { withBanner } from './banner.ts'
import { CORS_HEADERS } from './cors.ts'
import { htmlResponse } from './html.ts'
import { seeOther } from './redirect.ts'
import { knownRequestContext, pathOf, portalOf, type RequestContext } from './request-context.ts'

/** What was said of the caller, the limit and the operation before the failure holds for it too. */
const KEPT_HEADERS = ['ratelimit', 'ratelimit-policy', 'deprecation', 'sunset', 'link', ...CORS_HEADERS]
const UNAVAILABLE_RETRY_S = 5
const FIELDS_MAX = 20
/** PostgreSQL cannot hold NUL; no sender has a good reason for one. */
const UNSTORABLE_TEXT = '22021'
/** Somebody who may only look came to a page that notes something. */
const READ_ONLY_TRANSACTION = '25006'

/** Must be the first plugin of the application: an error hook covers only what is registered after it. */
export const errors = new Elysia({ name: 'errors' }).onError(
  { as: 'global' },
  async ({ code, error, request, set, route }) => {
    const failed = asFailure(code, error, request)
    const context = knownRequestContext(request) ?? fallbackContext(request)
    if (failed.status >= 500) report(failed, error, context, { method: request.method, route })
    // What cannot be taken back now ends by itself, and must not hide why the request failed.
    await context.whenFailed?.().catch((cause) => log('warn', 'not_taken_back', { error: cause }))
    return answer(failed, context, request, set.headers as Record<string, string | string[]>)
  },
)

/** Answers a failure in the form the caller reads: JSON, a page, or a fragment that htmx swaps in. */
export function answer(
  failed: Failure,
  context: RequestContext,
  request: Request,
  already: Record<string, string | string[]> = {},
): Response {
  const headers = new Headers({ 'x-request-id': context.requestId, 'cache-control': 'no-store' })
  for (const line of [already['set-cookie'] ?? []].flat()) headers.append('set-cookie', line)
  for (const name of KEPT_HEADERS) if (already[name]) headers.set(name, String(already[name]))
  if (failed.details.retryAfterS) headers.set('retry-after', String(failed.details.retryAfterS))
  if (failed.details.allow) headers.set('allow', failed.details.allow.join(', '))
  if (failed.code === 'invalid_api_key') headers.set('www-authenticate', 'Bearer')
  if (speaksJson(context, request)) {
    const { code, sentence, details } = failed
    const body = {
      error: {
        code,
        message: sentence,
        request_id: context.requestId,
        ...(details.fields ? { fields: details.fields } : {}),
      },
    }
    headers.set('content-type', 'application/json; charset=utf-8')
    return new Response(JSON.stringify(body), { status: failed.status, headers })
  }
  const elsewhere =
    failed.code === 'must_read_first'
      ? paths.mustRead()
      : (signInPathFor(failed, context, request) ?? pageOfFormFor(failed, request))
  if (elsewhere) return seeOther(request, elsewhere)
  const isFragment = request.headers.get('hx-request-type') === 'partial'
  const props = {
    status: failed.status,
    sentence: failed.details.fields?.[0]?.message ?? failed.sentence,
    requestId: context.requestId,
    homeUrl: context.portal === 'developer' ? '/developer' : context.portal === 'admin' ? '/admin' : '/',
  }
  headers.set('vary', 'HX-Request-Type')
  const page = isFragment ? ErrorFragment(props) : ErrorPage(props)
  return htmlResponse({ markup: withBanner(page.markup, context, '') }, { status: failed.status, headers })
}

/** A stranger who opens a page is shown to its sign-in form, and comes back to the page from there. */
function signInPathFor(failed: Failure, context: RequestContext, request: Request): string | null {
  if (failed.code !== 'not_signed_in') return null
  const { pathname, search } = new URL(request.url)
  const next = request.method === 'GET' && !request.headers.get('hx-request') ? pathname + search : undefined
  if (context.portal === 'developer') return paths.developer.signIn(next ? { next } : {})
  if (context.portal === 'admin') return paths.admin.signIn(next ? { next } : {})
  return paths.welcome(next ? { next } : {})
}

const NO_PAGE_HERE: ReadonlySet<string> = new Set(['method_not_allowed', 'not_found', 'invalid'])

/** A form's own address, typed, reloaded or kept as a bookmark, leads to the page on which the form stands. */
function pageOfFormFor(failed: Failure, request: Request): string | null {
  if (request.method !== 'GET' || request.headers.get('hx-request')) return null
  if (!NO_PAGE_HERE.has(failed.code) || !request.headers.get('accept')?.includes('text/html')) return null
  const page = pageOfForm(pathOf(request))
  const development = new URL(request.url).searchParams.get('development')
  return page && withQuery(page, development ? { development } : {})
}

function speaksJson(context: RequestContext, request: Request): boolean {
  if (context.portal === 'api') return true
  return context.portal === 'public' && !request.headers.get('accept')?.includes('text/html')
}

function asFailure(code: string | number, error: unknown, request: Request): Failure {
  if (error instanceof Failure) return error
  if (error instanceof DatabaseUnavailable)
    return failure('unavailable', { retryAfterS: UNAVAILABLE_RETRY_S }, { cause: error })
  if (error instanceof ValidationError) return ofValidation(error)
  if (code === 'NOT_FOUND') return ofMissingRoute(request)
  if (code === 'PARSE' && (error as Error).cause instanceof Failure) return (error as Error).cause as Failure
  if (code === 'PARSE' || error instanceof SyntaxError) return failure('bad_request', {}, { cause: error })
  if (code === 'INVALID_COOKIE_SIGNATURE') return failure('not_signed_in')
  if (sqlState(error) === READ_ONLY_TRANSACTION) return failure('read_only', {}, { cause: error })
  if (sqlState(error) === UNSTORABLE_TEXT) return failure('invalid', {}, { cause: error })
  if (isDiskFull(error)) return failure('disk_full', {}, { cause: error })
  if (typeof code === 'number' && code < 500) return ofStatus(error as ElysiaCustomStatusResponse<number>)
  return failure('internal', {}, { cause: error })
}

/** A response that breaks its own schema is our bug, and what it held is nobody's business. */
function ofValidation(error: ValidationError): Failure {
  if (error.type === 'response')
    return failure('internal', {}, { cause: new Error(`a response broke its schema: ${error.message}`) })
  const fields = (error.all as Issue[]).flatMap(fieldsOf).slice(0, FIELDS_MAX)
  return failure('invalid', { fields })
}

type Issue = { path?: string | PropertyKey[]; message?: string }

const UNKNOWN_NAMES = /^Unrecognized keys?: "(.*)"$/s

/** Names that are not known are each a field of their own; of them the framework passes on only zod's sentence. */
function fieldsOf({ path = '', message = 'is not valid' }: Issue) {
  const own = Array.isArray(path) ? path.map(String).join('.') : path
  const names = UNKNOWN_NAMES.exec(message)?.[1]?.split('", "')
  if (!names) return [{ path: own, message }]
  const parent = own === 'root' || own === '' ? '' : `${own}.`
  return names.map((name) => ({ path: parent + name, message: 'is not known here' }))
}

function ofMissingRoute(request: Request): Failure {
  const allow = allowedMethods(pathOf(request))
  return allow.length > 0 && !allow.includes(request.method)
    ? failure('method_not_allowed', { allow })
    : failure('not_found')
}

function ofStatus(thrown: ElysiaCustomStatusResponse<number>): Failure {
  const byStatus: Record<number, Failure> = {
    401: failure('not_signed_in'),
    404: failure('not_found'),
    413: failure('too_large'),
    422: failure('invalid'),
  }
  return byStatus[thrown.code] ?? failure('bad_request')
}

const isDiskFull = (error: unknown) =>
  (error as { code?: unknown } | null)?.code === 'ENOSPC' || sqlState(error) === '53100'

/** The route's pattern, not the path: the address of a home is half of what opens it. */
function report(
  failed: Failure,
  error: unknown,
  context: RequestContext,
  asked: { method: string; route: string | undefined },
): void {
  const route = `${asked.method} ${asked.route || 'unknown'}`
  log('error', 'request_failed', { requestId: context.requestId, code: failed.code, route, error })
  if (failed.code === 'internal')
    recordError({
      source: 'http',
      error,
      requestId: context.requestId,
      tenantId: context.actor?.tenantId ?? null,
      context: { route },
    })
}

function fallbackContext(request: Request): RequestContext {
  return {
    requestId: Bun.randomUUIDv7().replaceAll('-', ''),
    startedAtMs: performance.now(),
    clientAddress: '',
    actor: null,
    impersonation: null,
    announcements: [],
    portal: portalOf(pathOf(request)),
  }
}
