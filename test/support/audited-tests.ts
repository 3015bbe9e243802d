// The surroundings of a test of the activity log: one application, and a request whose row is looked for by its id.
import { afterAll, beforeAll, beforeEach, expect } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { form, startTestApp, type TestApp, withCookies } from './app.ts'
import type { Fields } from './audit-changes.ts'
import { type AuditWatch, watchAudit } from './audit-watch.ts'
import { fillPortal } from './full-portal.ts'

export type Audited = {
  /** Only inside tests: it is started before the first. */
  readonly app: TestApp
  readonly look: postgres.Sql
  readonly audit: AuditWatch
  /** Longview Park's id, where the portal is full. */
  readonly site: string
  readonly boss: { email: string; password: string }
  /** Sends a form, which must be taken. Returns the answer and what its request left in the log. */
  send(path: string, fields: Fields, cookie?: string): Promise<{ response: Response; actions: string[] }>
}

/** @param isFull with something on every page of the portal */
export function auditedTests({ isFull }: { isFull: boolean }): Audited {
  let app: TestApp
  let look: postgres.Sql
  let audit: AuditWatch
  let site = ''
  beforeAll(async () => {
    app = await startTestApp()
    if (isFull) {
      const longview = await fillPortal(app.database)
      look = longview.look
      site = longview.development.id
    } else look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
    audit = watchAudit(look)
  })
  beforeEach(() => {
    forgetLimits()
    forgetAttempts()
  })
  afterAll(async () => {
    await look.end()
    await app.stop()
  })
  return {
    get app() {
      return app
    },
    get look() {
      return look
    },
    get audit() {
      return audit
    },
    get site() {
      return site
    },
    get boss() {
      return app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
    },
    send: async (path, fields, cookie = '') => {
      const hasFiles = Object.values(fields).some((value) => value instanceof File)
      const init = hasFiles ? multipart(fields) : form(fields as Record<string, string>)
      const response = await app.call(path, withCookies(cookie, init))
      const said = response.status < 400 ? '' : problemIn(await response.text())
      expect([path, response.status < 400, said]).toEqual([path, true, ''])
      await audit.note('POST', path, response)
      const rows = await look`
        select action from activity_log where request_id = ${response.headers.get('x-request-id')} order by id`
      return { response, actions: rows.map(({ action }) => action) }
    },
  }
}

function multipart(fields: Fields): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}

const problemIn = (page: string) =>
  [...page.matchAll(/class="(?:field-error|error|alert|notice)[^"]*"[^>]*>([^<]+)/g)]
    .map(([, text]) => text)
    .join(' / ') || page.slice(-400)
