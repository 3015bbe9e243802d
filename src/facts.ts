// Facts of a development, a house type or a home, as staff and programs record them: what answers say first.
import { developmentById, houseTypeById } from '#db/developments.ts'
import * as rows from '#db/facts.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { irishToday } from './analytics.ts'
import { failure } from './failure.ts'
import { houseTypeIdOf } from './house-types.ts'
import { textOf } from './imports/values.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type RecordedFact = rows.RecordedFact

const FACTS_SHOWN = 300
/** The same for whoever records, on a page or through the API. */
export const FACT_CHARS_MAX = { topic: 60, key: 100, label: 120, value: 2_000, source: 300 } as const

export const FACT_TOPICS = [
  'contacts',
  'emergency',
  'heating',
  'hot_water',
  'ventilation',
  'solar',
  'ber',
  'parking',
  'bins',
  'management_company',
  'utilities',
  'rooms',
] as const
export type FactTopic = (typeof FACT_TOPICS)[number]

/** Whom the chat names when somebody is in danger. They can be changed, never taken away. */
export const EMERGENCY_KEYS: readonly string[] = [
  'emergency.services',
  'emergency.contact',
  'emergency.gas',
  'emergency.electricity',
]

export type NewFact = Omit<RecordedFact, 'id' | 'houseTypeCode'>

/** Records a fact in the place of an earlier one of the same key and place. @throws Failure `not_found`, `invalid` */
export async function recordFact(
  scope: Scope,
  asked: NewFact,
): Promise<{ fact: RecordedFact; isNew: boolean }> {
  if (asked.houseTypeId !== null && asked.unitId !== null)
    throw wrong('house_type_id', 'cannot be combined with a single home')
  return within(scope, async (db) => {
    await checkPlace(db, asked)
    await rows.lockFactKey(db, asked)
    const before = await rows.factByKey(db, asked)
    const id = before?.id ?? Bun.randomUUIDv7()
    if (before) await rows.setFact(db, id, asked)
    else await rows.insertFact(db, { ...asked, id, tenantId: scope.tenantId })
    await note(db, scope, 'fact.recorded', id, { key: asked.key, source: asked.source })
    return { fact: existing(await rows.factById(db, id)), isNew: before === null }
  })
}

export type TypedFact = { label: string; value: string; source: string }

/** Records what was typed of a development or a house type, once. @throws Failure `not_found`, `unknown_house_type`, `invalid` */
export async function addFact(
  scope: Scope,
  developmentId: string,
  asked: TypedFact & { topic: FactTopic; houseTypeCode: string | null },
): Promise<void> {
  const typed = read(asked)
  const { houseTypeCode, topic } = asked
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    const houseTypeId = await houseTypeIdOf(db, developmentId, houseTypeCode)
    const key = `${topic}.${slugOf(typed.label, topic) || id}`
    const place = { developmentId, houseTypeId, unitId: null, key }
    await checkPlace(db, place)
    await rows.lockFactKey(db, place)
    if (await rows.factByKey(db, place))
      throw wrong('label', 'That is recorded already. Correct it in the list.')
    await rows.insertFact(db, {
      id,
      tenantId: scope.tenantId,
      topic,
      recordedOn: irishToday(),
      ...place,
      ...typed,
    })
    await note(db, scope, 'fact.recorded', id, { ...typed, topic, houseTypeCode })
  })
}

/** @throws Failure `not_found`, also for a fact of one home, which is corrected with the home; `invalid` */
export async function correctFact(scope: Scope, id: string, typed: TypedFact): Promise<RecordedFact> {
  return within(scope, async (db) => {
    const before = shared(await rows.factById(db, id))
    const fact = read(typed)
    await rows.setFact(db, id, { ...fact, recordedOn: irishToday() })
    const { label, value, source } = before
    await note(db, scope, 'fact.corrected', id, { from: { label, value, source }, to: fact })
    return before
  })
}

/** @throws Failure `not_found`, `invalid` for an emergency number */
export async function removeFact(scope: Scope, id: string): Promise<RecordedFact> {
  return within(scope, async (db) => {
    const fact = existing(await rows.factById(db, id))
    if (EMERGENCY_KEYS.includes(fact.key))
      throw wrong('id', 'An emergency number can be changed, but not removed.')
    await rows.deleteFact(db, id)
    await note(db, scope, 'fact.removed', id, { key: fact.key, label: fact.label, value: fact.value })
    return fact
  })
}

/** @throws Failure `not_found` */
export const findFact = (scope: Scope, id: string): Promise<RecordedFact> =>
  within(scope, async (db) => existing(await rows.factById(db, id)))

/** One that the settings show. @throws Failure `not_found`, also for a fact of one home */
export const findSharedFact = async (scope: Scope, id: string): Promise<RecordedFact> =>
  shared(await findFact(scope, id))

export const sharedFactsOf = (
  scope: Scope,
  developmentId: string,
  houseTypeCode: string | null,
): Promise<RecordedFact[]> =>
  within(scope, (db) => rows.sharedFacts(db, developmentId, houseTypeCode, FACTS_SHOWN))

type Filter = {
  developmentId?: string | undefined
  houseTypeId?: string | undefined
  unitId?: string | undefined
}

export async function factsPage(
  scope: Scope,
  query: Filter & { cursor?: string | undefined; limit: number },
): Promise<Page<RecordedFact>> {
  const list = `facts ${query.developmentId ?? ''} ${query.houseTypeId ?? ''} ${query.unitId ?? ''}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const found = await within(scope, (db) => rows.listFacts(db, { ...query, after }))
  return pageOf(list, found, query.limit, (row) => [row.id])
}

async function checkPlace(
  db: Db,
  { developmentId, houseTypeId, unitId }: Pick<NewFact, 'developmentId' | 'houseTypeId' | 'unitId'>,
): Promise<void> {
  existing(await developmentById(db, developmentId))
  const holder = unitId
    ? await unitById(db, unitId)
    : houseTypeId
      ? await houseTypeById(db, houseTypeId)
      : { developmentId }
  if (holder?.developmentId !== developmentId) throw failure('not_found')
}

/** What remains of the key's length after the topic and the dot. */
const slugOf = (label: string, topic: string) =>
  label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, FACT_CHARS_MAX.key - topic.length - 1)

function read(typed: TypedFact): TypedFact {
  const fact = { label: textOf(typed.label), value: textOf(typed.value), source: textOf(typed.source) }
  const fields = (['label', 'value', 'source'] as const)
    .filter((name) => fact[name] === '' || fact[name].length > FACT_CHARS_MAX[name])
    .map((name) => ({ path: name, message: `Enter 1 to ${FACT_CHARS_MAX[name]} characters.` }))
  if (fields.length > 0) throw failure('invalid', { fields })
  return fact
}

function existing<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

function shared(row: RecordedFact | null): RecordedFact {
  const fact = existing(row)
  if (fact.unitId !== null) throw failure('not_found')
  return fact
}

const wrong = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'fact', targetId, changes })
