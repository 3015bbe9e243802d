// The whole application over a test database, called in process; and the people and programs who call it.

import { setDefaultTimeout } from 'bun:test'
import { forgetApiKeys } from '#src/access/api-keys.ts'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { forgetReading } from '#src/acknowledgements.ts'
import { createApp } from '#src/app.ts'
import { config } from '#src/config.ts'
import { demoContents } from '#src/demo/credentials.ts'
import { buildAssets } from '#src/http/assets.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { setAssetUrls } from '#views/assets.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { testSecrets } from './process.ts'

/** A file that is run by itself starts a server of its own, which takes seconds on a busy machine. */
setDefaultTimeout(60_000)

export type Demo = Awaited<ReturnType<typeof demoContents>>

export type TestApp = {
  demo: Demo
  database: TestDatabase
  /** A request to a path, as a browser on the same origin would send it unless the headers say otherwise. */
  call(path: string, init?: RequestInit): Promise<Response>
  /** Begins to listen, and tells where. */
  listen(): string
  routes: { method: string; path: string; hooks: { detail?: Record<string, unknown> } }[]
  stop(): Promise<void>
}

export const ORIGIN = 'http://localhost:3999'

/** Boots the app with a database of its own. Limits, attempts and sessions of other test files are forgotten. */
export async function startTestApp(): Promise<TestApp> {
  const database = await createTestDatabase()
  const assets = await buildAssets()
  setAssetUrls((name) => assets.url(name))
  forgetApiKeys()
  forgetAttempts()
  forgetAllSessions()
  forgetApiKeys()
  forgetLimits()
  forgetReading()
  const app = createApp({
    assets,
    isDraining: () => false,
    readiness: async () => ({ ready: true, waitingFor: null }),
  })
  return {
    demo: await demoContents(testSecrets),
    database,
    call: (path, init = {}) =>
      app.handle(new Request(ORIGIN + path, { redirect: 'manual', ...init, headers: browserHeaders(init) })),
    listen: () => {
      app.listen({ hostname: '127.0.0.1', port: 0 })
      return `http://127.0.0.1:${app.server?.port}`
    },
    routes: app.routes as TestApp['routes'],
    stop: async () => {
      await app.server?.stop(true)
      await database.drop()
    },
  }
}

function browserHeaders(init: RequestInit): Headers {
  const headers = new Headers(init.headers)
  if (!headers.has('host')) headers.set('host', new URL(ORIGIN).host)
  const isSafe = !init.method || init.method === 'GET' || init.method === 'HEAD'
  if (!isSafe && !headers.has('sec-fetch-site') && !headers.has('origin'))
    headers.set('sec-fetch-site', 'same-origin')
  return headers
}

/** The body of a form as a browser sends it. */
export const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

export const withCookies = (cookie: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...(init.headers as Record<string, string>), cookie },
})

export const bearer = (key: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${key}` },
})

/** The `Cookie` header that a browser would send after this response. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Claims a home with its code; returns the cookies of the purchaser's session. */
export async function claim(app: TestApp, home: { url: string; access_code: string }): Promise<string> {
  const response = await app.call(new URL(home.url).pathname, form({ access_code: home.access_code }))
  if (response.status !== 303)
    throw new Error(`claiming answered ${response.status}: ${await response.text()}`)
  return cookiesOf(response)
}

export async function signIn(
  app: TestApp,
  account: { email: string; password: string },
  portal: '/developer' | '/admin' = '/developer',
): Promise<string> {
  const response = await app.call(`${portal}/sign-in`, form(account))
  if (response.status !== 303) throw new Error(`signing in answered ${response.status}`)
  return cookiesOf(response)
}

export const publicUrl = (): string => config().publicUrl
