// Facts that staff record for a development or a house type: what answers say first, each with its source.
import { houseTypesByCode } from '#db/developments.ts'
import { deleteFact, insertFact, type StaffFact, setFact, sharedFactById, sharedFacts } from '#db/facts.ts'
import { insertActivity } from '#db/logs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { irishToday } from './analytics.ts'
import { failure } from './failure.ts'
import { textOf } from './imports/values.ts'

export type { StaffFact }

const FACTS_SHOWN = 300
const CHARS_MAX = { label: 120, value: 500, source: 200 }
const KEY_CHARS_MAX = 60

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
export const EMERGENCY_KEYS = [
  'emergency.services',
  'emergency.contact',
  'emergency.gas',
  'emergency.electricity',
] as const

export type TypedFact = { label: string; value: string; source: string }

export const factsOf = (
  scope: Scope,
  developmentId: string,
  houseTypeCode: string | null,
): Promise<StaffFact[]> => within(scope, (db) => sharedFacts(db, developmentId, houseTypeCode, FACTS_SHOWN))

/** @throws Failure `not_found`, `invalid` */
export async function recordFact(
  scope: Scope,
  developmentId: string,
  asked: TypedFact & { topic: FactTopic; houseTypeCode: string | null },
): Promise<void> {
  const fact = read(asked)
  const slug = fact.label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, KEY_CHARS_MAX)
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    const { houseTypeCode, topic } = asked
    const [type] = houseTypeCode ? await houseTypesByCode(db, developmentId, [houseTypeCode]) : []
    if (houseTypeCode && !type) throw failure('unknown_house_type')
    const isNew = await insertFact(db, {
      ...{ id, tenantId: scope.tenantId, developmentId, houseTypeId: type?.id ?? null, topic },
      ...{ key: `${topic}.${slug || id}`, ...fact, recordedOn: irishToday() },
    })
    if (!isNew) throw wrong('label', 'That is recorded already. Correct it in the list.')
    await note(db, scope, 'fact.recorded', id, { ...fact, topic, houseTypeCode })
  })
}

/** @throws Failure `not_found`, `invalid` */
export async function correctFact(scope: Scope, id: string, typed: TypedFact): Promise<StaffFact> {
  return within(scope, async (db) => {
    const before = await existing(db, id)
    const fact = read(typed)
    await setFact(db, id, fact)
    const { label, value, source } = before
    await note(db, scope, 'fact.corrected', id, { from: { label, value, source }, to: fact })
    return before
  })
}

/** @throws Failure `not_found`, `invalid` for an emergency number */
export async function removeFact(scope: Scope, id: string): Promise<StaffFact> {
  return within(scope, async (db) => {
    const fact = await existing(db, id)
    if ((EMERGENCY_KEYS as readonly string[]).includes(fact.key))
      throw wrong('label', 'An emergency number can be changed, but not removed.')
    await deleteFact(db, id)
    await note(db, scope, 'fact.removed', id, { label: fact.label, value: fact.value })
    return fact
  })
}

/** @throws Failure `not_found` */
export const findFact = (scope: Scope, id: string): Promise<StaffFact> =>
  within(scope, (db) => existing(db, id))

async function existing(db: Db, id: string): Promise<StaffFact> {
  const fact = await sharedFactById(db, id)
  if (!fact) throw failure('not_found')
  return fact
}

function read(typed: TypedFact): TypedFact {
  const fact = { label: textOf(typed.label), value: textOf(typed.value), source: textOf(typed.source) }
  const fields = (['label', 'value', 'source'] as const)
    .filter((name) => fact[name] === '' || fact[name].length > CHARS_MAX[name])
    .map((name) => ({ path: name, message: `Enter 1 to ${CHARS_MAX[name]} characters.` }))
  if (fields.length > 0) throw failure('invalid', { fields })
  return fact
}

const wrong = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  insertActivity(db, {
    ...{ tenantId: scope.tenantId, actorType: scope.actor.type, actorId: scope.actor.id },
    ...{ action, targetType: 'fact', targetId, changes, requestId: scope.requestId },
  })
