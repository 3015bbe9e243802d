// The copy of a person's data: a ZIP of JSON files for programs and one page for reading.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { acknowledgementsOfReader } from '#db/acknowledgements.ts'
import { feedOfPerson } from '#db/calendar-feeds.ts'
import { ticksOfPerson } from '#db/checklists.ts'
import { visitsOfReader } from '#db/document-visits.ts'
import { ownItemsOfPerson } from '#db/maintenance-people.ts'
import { readsOfReader } from '#db/notices.ts'
import {
  accessesToHome,
  activityOfPerson,
  actorIdOf,
  exportById,
  mailsToPerson,
  messagesOfPerson,
  openedByPerson,
  type Person,
  type PersonMessage,
  purchaserOf,
  scansOfHome,
  sessionsOfPerson,
  setExportReady,
} from '#db/person-data.ts'
import { preferencesOfReader } from '#db/preferences.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { homeById } from '#db/units.ts'
import { storage, storageKey } from '../clients/storage.ts'
import { config } from '../config.ts'
import { addToUse } from '../storage-use.ts'
import { readablePage } from './readable.ts'
import { reportedSnags } from './reported-snags.ts'

const MESSAGES_A_READ = 500
/** Fifty questions a day for years; beyond it the copy says that it is not complete. */
const MESSAGES_MAX = 50_000
const ACCESSES_MAX = 5_000
const KEPT_DAYS = 7
const DAY_MS = 86_400_000

export type ExportContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Makes the copy and keeps it for a week. `gone`: it is wanted no more. */
export async function exportPerson(
  scope: Scope,
  exportId: string,
  context: ExportContext,
): Promise<'ready' | 'gone'> {
  const asked = await context.fenced((db) => exportById(db, exportId))
  if (!asked) return 'gone'
  if (asked.readyAt) return 'ready'
  context.progress('collecting', 0, 3)
  const collected = await collect(scope, asked)
  context.progress('packing', 1, 3)
  const bytes = archive(collected)
  const folder = join(config().dataDir, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = join(folder, crypto.randomUUID())
  await Bun.write(path, bytes)
  context.progress('storing', 2, 3)
  // The key is made of the export alone: a run that is repeated replaces what the one before it stored.
  const key = storageKey(scope, exportId, exportId)
  await storage().store(key, path, 'application/zip')
  const expiresAt = new Date(Date.now() + KEPT_DAYS * DAY_MS)
  const file = { storageKey: key, sizeBytes: bytes.byteLength, expiresAt }
  const isKept = await context.fenced(async (db) => {
    const isWanted = await setExportReady(db, exportId, file)
    if (isWanted) await addToUse(db, scope, file.sizeBytes, 'exports')
    return isWanted
  })
  if (!isKept) await storage().remove(key)
  context.progress('storing', 3, 3)
  return isKept ? 'ready' : 'gone'
}

export type Collected = {
  madeAt: Date
  profile: Record<string, unknown>
  messages: PersonMessage[]
  isComplete: boolean
  files: Record<string, unknown[]>
}

async function collect(scope: Scope, person: Person): Promise<Collected> {
  const messages: PersonMessage[] = []
  for (;;) {
    const after = messages.at(-1)?.id ?? null
    const page = await within(scope, (db) => messagesOfPerson(db, person, { after, limit: MESSAGES_A_READ }))
    messages.push(...page)
    if (page.length < MESSAGES_A_READ || messages.length >= MESSAGES_MAX) break
  }
  const snags = await reportedSnags(person, (work) => within(scope, work))
  return within(scope, async (db) => {
    const [purchaser, home] = await Promise.all([purchaserOf(db, person), homeById(db, person.unitId)])
    const activity = await activityOfPerson(db, person)
    return {
      madeAt: new Date(),
      profile: {
        name: purchaser?.fullName ?? null,
        email: purchaser?.email ?? null,
        reminders_by_mail: purchaser?.remindersByMail ?? null,
        calendar_address_made_at: (await feedOfPerson(db, person))?.createdAt ?? null,
        position_on_contract: purchaser?.position ?? null,
        recorded_at: purchaser?.createdAt ?? null,
        home: home && {
          number: home.number,
          address: home.addressLine,
          eircode: home.eircode,
          development: home.developmentName,
          house_type: home.houseTypeCode,
          handed_over_on: home.handedOverOn,
          app_opened_at: home.claimedAt,
        },
      },
      messages,
      isComplete: messages.length < MESSAGES_MAX,
      files: {
        sessions: await sessionsOfPerson(db, person),
        scans_of_the_home: await scansOfHome(db, person.unitId),
        opened_by_you: await openedByPerson(db, person),
        looked_at_by_others: await accessesToHome(db, person.unitId, ACCESSES_MAX),
        snags,
        notices_read: await readsOfReader(db, actorIdOf(person)),
        preferences: await preferencesOfReader(db, actorIdOf(person)),
        documents_acknowledged: await acknowledgementsOfReader(db, actorIdOf(person)),
        documents_last_visit: await visitsOfReader(db, actorIdOf(person)),
        maintenance_items: await ownItemsOfPerson(db, person.unitId, person.purchaserId),
        checklist_ticks: await ticksOfPerson(db, person.unitId, person.purchaserId),
        mails: await mailsToPerson(db, person),
        activity: activity.map(({ payload, ...row }) => ({
          ...row,
          details: payload && JSON.parse(payload),
        })),
      },
    }
  })
}

function archive(collected: Collected): Uint8Array<ArrayBuffer> {
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`)
  const files: Record<string, Uint8Array> = {
    'index.html': strToU8(readablePage(collected)),
    'profile.json': json(collected.profile),
    'conversations.json': json(conversations(collected.messages)),
  }
  for (const [name, rows] of Object.entries(collected.files)) files[`${name}.json`] = json(rows)
  return zipSync(files, { mtime: collected.madeAt }) as Uint8Array<ArrayBuffer>
}

/** Messages by conversation, as they were shown. */
function conversations(messages: readonly PersonMessage[]) {
  return [...Map.groupBy(messages, (message) => message.conversationId)].map(([id, turns]) => ({
    id,
    title: turns[0]?.conversation,
    messages: turns.map(({ conversationId: _, conversation: __, ...message }) => message),
  }))
}
