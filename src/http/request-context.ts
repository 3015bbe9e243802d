// What is known of a request while it is answered, kept beside it rather than in it.
import type { Impersonation } from '../access/impersonation.ts'
import type { FailureDetails } from '../failure.ts'

type AnnouncementBanner = { id: string; message: string; tone: 'plain' | 'warning'; isDismissable: boolean }

export type RequestContext = {
  requestId: string
  startedAtMs: number
  clientAddress: string
  /** Filled once somebody was identified, for logs. */
  actor: { type: string; id: string; tenantId: string | null } | null
  /** Whom an operator looks as, once the route is known. */
  impersonation: Impersonation | null
  /** What the operator tells the reader, once they are known. */
  announcements: readonly AnnouncementBanner[]
  portal: NonNullable<FailureDetails['portal']> | 'api' | 'public'
  /** Takes back what was begun for the request, when it ends in a failure. */
  whenFailed?: () => Promise<void>
}

const contexts = new WeakMap<Request, RequestContext>()

export const setRequestContext = (request: Request, context: RequestContext): void =>
  void contexts.set(request, context)

export function requestContext(request: Request): RequestContext {
  const context = contexts.get(request)
  if (!context) throw new Error('a request reached a handler without passing the front of the house')
  return context
}

export const knownRequestContext = (request: Request): RequestContext | null => contexts.get(request) ?? null

/** HTTP/1.0 without a Host, or a poisoned Host header, makes the whole URL unreadable; then there is no path either. */
export const pathOf = (request: Request): string =>
  URL.canParse(request.url) ? new URL(request.url).pathname : '/'

/** The path as logs may hold it: a signed file address and a printed link open something for whoever reads them. */
export const loggedPath = (request: Request): string =>
  pathOf(request)
    .replace(/^\/files\/.+/, '/files/:token')
    .replace(/^\/calendar\/.+/, '/calendar/:token')
    .replace(/^\/h\/.+/, '/h/:publicId')

/** Which portal an address belongs to: decides the form of errors and whose sign-in is shown. */
export function portalOf(path: string): RequestContext['portal'] {
  if (path.startsWith('/api/')) return 'api'
  if (path === '/developer' || path.startsWith('/developer/')) return 'developer'
  if (path === '/admin' || path.startsWith('/admin/')) return 'admin'
  if (
    path === '/docs' ||
    path.startsWith('/docs/') ||
    path === '/openapi.json' ||
    path === '/livez' ||
    path === '/metrics' ||
    path === '/readyz'
  )
    return 'public'
  return 'purchaser'
}
