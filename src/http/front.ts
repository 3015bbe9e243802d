// The front of the house: what happens to every request before a route sees it, and to every answer after.
import { Elysia } from 'elysia'
import { Html } from '#views/jsx-runtime.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { impersonationOf } from '../access/impersonation.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { noteRequest } from '../request-log.ts'
import type { Assets } from './assets.ts'
import { withBanner } from './banner.ts'
import { readBody } from './bodies.ts'
import { clientAddress } from './client-address.ts'
import { compress, negotiate } from './compression.ts'
import { preflight, shareAnswer } from './cors.ts'
import { isCrossSite } from './csrf.ts'
import { hasAlready, tagOf } from './entity-tags.ts'
import { hostIsAllowed, ownOrigins } from './hosts.ts'
import { readQuery } from './query.ts'
import {
  knownRequestContext,
  pathOf,
  portalOf,
  type RequestContext,
  requestContext,
  setRequestContext,
} from './request-context.ts'
import { requestIdOf } from './request-id.ts'
import { secureHeaders } from './security-headers.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const DRAINING_RETRY_S = 5
const URL_CHARS_MAX = 16_384
const API = '/api/v1/'
const encoder = new TextEncoder()

/** What the process is doing, as far as requests must know. */
export type House = { assets: Assets; isDraining: () => boolean }

export const front = (house: House) =>
  new Elysia({ name: 'front' })
    .onRequest(({ request, server, set }) => {
      const path = pathOf(request)
      const address = clientAddress(
        request,
        server?.requestIP(request)?.address ?? null,
        config().TRUSTED_PROXY,
      )
      setRequestContext(request, {
        requestId: requestIdOf(request),
        startedAtMs: performance.now(),
        clientAddress: address,
        actor: null,
        impersonation: null,
        announcements: [],
        portal: portalOf(path),
      })
      set.headers['x-request-id'] = requestContext(request).requestId
      secureHeaders(set.headers, { https: config().publicUrl.startsWith('https:') })
      if (!METHODS.has(request.method)) throw failure('method_not_allowed', { allow: [...METHODS] })
      if (request.url.length > URL_CHARS_MAX) throw failure('not_found')
      if (!URL.canParse(request.url)) throw failure('bad_request')
      if (!hostIsAllowed(request, config())) throw failure('unknown_host')
      const asset = house.assets.respond(request)
      if (asset) return asset
      if (house.isDraining() && path !== '/livez' && path !== '/readyz')
        throw failure('draining', { retryAfterS: DRAINING_RETRY_S })
      const isApi = path.startsWith(API)
      // Whose pages may call is the key's to say; without one there is nothing that a browser would add by itself.
      const hasKey = isApi && request.headers.has('authorization')
      if (hasKey || (isApi && request.method === 'OPTIONS')) shareAnswer(request, set.headers)
      if (isApi && request.method === 'OPTIONS') {
        const answered = preflight(request, path, set.headers)
        if (answered) return answered
      }
      if (!hasKey && isCrossSite(request, ownOrigins(request))) throw failure('cross_site_request')
      return undefined
    })
    .onParse({ as: 'global' }, ({ request }) => readBody(request))
    .onTransform({ as: 'global' }, async (context) => {
      const { request } = context
      const impersonation = await impersonationOf(request, cookiePolicy(request, config().publicUrl))
      requestContext(request).impersonation = impersonation
      context.query = readQuery(context.request.url) as typeof context.query
    })
    .mapResponse({ as: 'global' }, ({ responseValue, set, request }) => {
      const body = textOf(responseValue)
      if (!body) return
      const context = requestContext(request)
      const headers = new Headers()
      headers.set('server-timing', `total;dur=${(performance.now() - context.startedAtMs).toFixed(1)}`)
      for (const [name, value] of Object.entries(set.headers))
        for (const one of [value ?? []].flat()) headers.append(name, String(one))
      headers.set('content-type', body.type)
      headers.append('vary', 'Accept-Encoding')
      if (responseValue instanceof Html) headers.append('vary', 'HX-Request-Type')
      const status = typeof set.status === 'number' ? set.status : 200
      if (status === 200 && isRead(request) && requestContext(request).portal === 'api') {
        const tag = tagOf(body.text)
        headers.set('etag', tag)
        if (hasAlready(request, tag)) {
          // Nothing is sent, so nothing has a type: some clients would parse it.
          headers.delete('content-type')
          return new Response(null, { status: 304, headers })
        }
      }
      const text = responseValue instanceof Html ? withBanner(body.text, context, hereOf(request)) : body.text
      const encoding = negotiate(request.headers.get('accept-encoding'))
      const packed = encoding && compress(encoder.encode(text), encoding)
      if (packed) headers.set('content-encoding', packed.encoding)
      return new Response(packed?.body ?? text, { status, headers })
    })
    .onAfterResponse({ as: 'global' }, ({ request, route, responseValue, set }) => {
      const context = knownRequestContext(request)
      const status = responseValue instanceof Response ? responseValue.status : set.status
      if (context && route) note(context, request.method, route, typeof status === 'number' ? status : 200)
    })

function note(context: RequestContext, method: string, route: string, status: number): void {
  const { requestId, startedAtMs, actor } = context
  const durationMs = performance.now() - startedAtMs
  const by = { tenantId: actor?.tenantId ?? null, actorType: actor?.type ?? 'nobody' }
  noteRequest({ requestId, route, method, status, durationMs, ...by })
}

/** Pages and JSON are rendered here; streams, files and redirects are responses of their own. */
function textOf(value: unknown): { text: string; type: string } | null {
  if (value instanceof Html) return { text: value.markup, type: 'text/html; charset=utf-8' }
  if (value instanceof Response || value instanceof ReadableStream || value === undefined || value === null)
    return null
  if (typeof value === 'string') return { text: value, type: 'text/plain; charset=utf-8' }
  if (typeof value !== 'object') return null
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  return isPlain ? { text: JSON.stringify(value), type: 'application/json; charset=utf-8' } : null
}

/** Where a form on the page leads back to; only a page that was read can be come back to. */
const hereOf = (request: Request): string => {
  if (!isRead(request)) return ''
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD'
