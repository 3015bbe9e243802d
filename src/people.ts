// What a person may ask of their own data: who looked, a copy, sessions, erasure.
import { deleteFeed } from '#db/calendar-feeds.ts'
import { insertErasure } from '#db/erasure.ts'
import { jobById } from '#db/jobs.ts'
import {
  type AccessRow,
  accessesToHome,
  type ExportRow,
  exportById,
  exportsOfPerson,
  insertExport,
  type Person,
  revokeSessionsOfPerson,
  sessionsOfPerson,
} from '#db/person-data.ts'
import { type Db, type HomeScope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { forgetSession } from './access/sessions.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

const ACCESSES_SHOWN = 50
const EXPORTS_SHOWN = 5
/** Copies one person may ask for in a day; each is a job. */
const EXPORTS_A_DAY = 5
const DAY_MS = 86_400_000
/** GDPR Art. 12(3): one month. */
const ERASURE_DAYS_MAX = 30

export type PersonExport = {
  id: string
  /** `working` covers waiting and running; `failed` will not be tried again by itself. */
  state: 'working' | 'ready' | 'failed'
  progress: { done: number; total: number }
  sizeBytes: number | null
  expiresAt: Date | null
  createdAt: Date
}

export type MyData = {
  accesses: AccessRow[]
  exports: PersonExport[]
  sessions: { id: string; userAgent: string | null; createdAt: Date; lastSeenAt: Date; isCurrent: boolean }[]
}

export const personOf = (home: HomeScope, purchaserId: string | null): Person => ({
  unitId: home.unitId,
  purchaserId,
})

export async function readMyData(home: HomeScope, person: Person, sessionId: string): Promise<MyData> {
  return within(home, async (db) => {
    const [accesses, exports, sessions] = await Promise.all([
      accessesToHome(db, person.unitId, ACCESSES_SHOWN),
      exportsOfPerson(db, person, EXPORTS_SHOWN),
      sessionsOfPerson(db, person),
    ])
    const now = Date.now()
    return {
      accesses,
      exports: await Promise.all(exports.map((row) => withState(db, row))),
      sessions: sessions
        .filter((row) => row.revokedAt === null && row.expiresAt.getTime() > now)
        .map(({ id, userAgent, createdAt, lastSeenAt }) => ({
          id,
          userAgent,
          createdAt,
          lastSeenAt,
          isCurrent: id === sessionId,
        })),
    }
  })
}

/**
 * Has a copy of everything about the person made. While one is being made, that one is answered.
 * @throws Failure `too_many_requests`
 */
export async function requestExport(home: HomeScope, person: Person): Promise<string> {
  return within(home, async (db) => {
    const recent = await exportsOfPerson(db, person, EXPORTS_A_DAY)
    const states = await Promise.all(recent.map((row) => withState(db, row)))
    const underWay = states.find((each) => each.state === 'working')
    if (underWay) return underWay.id
    const ofToday = recent.filter((row) => row.createdAt.getTime() > Date.now() - DAY_MS)
    if (ofToday.length >= EXPORTS_A_DAY) throw failure('too_many_requests', { retryAfterS: 3_600 })
    const exportId = Bun.randomUUIDv7()
    const { tenantId, requestId } = home
    const jobId = await enqueue(db, 'export-person', { tenantId, exportId }, { requestId })
    await insertExport(db, { id: exportId, tenantId, ...person, jobId })
    await note(db, home, 'person.export_requested', exportId)
    return exportId
  })
}

/** @throws Failure `not_found` for anybody else's */
export async function findExport(home: HomeScope, person: Person, exportId: string): Promise<PersonExport> {
  return within(home, async (db) => withState(db, await ownExport(db, person, exportId)))
}

/** The file of a finished copy; taking it is noted. @throws Failure `not_found` */
export async function takeExportFile(
  home: HomeScope,
  person: Person,
  exportId: string,
): Promise<{ storageKey: string; sizeBytes: number; fileName: string }> {
  return within(home, async (db) => {
    const { storageKey, sizeBytes, readyAt, expiresAt } = await ownExport(db, person, exportId)
    if (!storageKey || !sizeBytes || !readyAt || !expiresAt || expiresAt.getTime() < Date.now())
      throw failure('not_found')
    await note(db, home, 'person.export_downloaded', exportId)
    return { storageKey, sizeBytes, fileName: `my-data-${readyAt.toISOString().slice(0, 10)}.zip` }
  })
}

/** Ends every session of the person, this one included. */
export async function signOutEverywhere(home: HomeScope, person: Person, sessionId: string): Promise<void> {
  await within(home, async (db) => {
    const ended = await revokeSessionsOfPerson(db, person)
    // Whoever signs out everywhere wants nobody to see anything any more, by whatever way.
    const calendars = await deleteFeed(db, person)
    await note(db, home, 'person.signed_out_everywhere', sessionId, { sessions: ended, calendars })
  })
  forgetSession(sessionId)
}

/** Begins the erasure: nobody is signed in as the person any more, and a job takes out the rest. */
export async function requestErasure(
  home: HomeScope,
  person: Person,
  sessionId: string,
): Promise<{ erasureId: string; dueOn: string }> {
  const erasureId = Bun.randomUUIDv7()
  const dueOn = new Date(Date.now() + ERASURE_DAYS_MAX * DAY_MS).toISOString().slice(0, 10)
  await within(home, async (db) => {
    const { tenantId, requestId } = home
    await revokeSessionsOfPerson(db, person)
    await deleteFeed(db, person)
    const jobId = await enqueue(
      db,
      'erase-person',
      { tenantId, erasureId, ...person },
      { dedupeKey: `${person.unitId} ${person.purchaserId ?? ''}`, requestId },
    )
    await insertErasure(db, { id: erasureId, tenantId, jobId, dueOn })
    await note(db, home, 'person.erasure_requested', erasureId)
  })
  forgetSession(sessionId)
  return { erasureId, dueOn }
}

async function ownExport(db: Db, person: Person, exportId: string): Promise<ExportRow> {
  const row = await exportById(db, exportId)
  if (row?.unitId !== person.unitId || row.purchaserId !== person.purchaserId) throw failure('not_found')
  return row
}

async function withState(db: Db, row: ExportRow): Promise<PersonExport> {
  const job = row.readyAt || !row.jobId ? null : await jobById(db, row.jobId)
  const isOver = job === null || job.finalizedAt !== null
  return {
    id: row.id,
    state: row.readyAt ? 'ready' : isOver ? 'failed' : 'working',
    progress: { done: job?.progressDone ?? 0, total: job?.progressTotal ?? 0 },
    sizeBytes: row.sizeBytes,
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
  }
}

const note = (db: Db, home: HomeScope, action: string, targetId: string, changes = {}) =>
  noteActivity(db, home, { action, targetType: 'person', targetId, changes })
