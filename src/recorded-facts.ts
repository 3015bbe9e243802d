// Facts as programs read and record them; the answers read them for each home by themselves.
import { developmentById, houseTypeById } from '#db/developments.ts'
import { insertActivity } from '#db/logs.ts'
import * as rows from '#db/recorded-facts.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { openingHome } from './data-access.ts'
import { EMERGENCY_KEYS } from './facts.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { RecordedFact } from '#db/recorded-facts.ts'

type Filter = {
  developmentId?: string | undefined
  houseTypeId?: string | undefined
  unitId?: string | undefined
}

export async function factsPage(
  scope: Scope,
  query: Filter & { cursor?: string | undefined; limit: number },
): Promise<Page<rows.RecordedFact>> {
  const list = `facts ${query.developmentId ?? ''} ${query.houseTypeId ?? ''} ${query.unitId ?? ''}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const found = await within(scope, (db) => rows.listFacts(db, { ...query, after }))
  return pageOf(list, found, query.limit, (row) => [row.id])
}

/** @throws Failure `not_found` */
export const findFact = (scope: Scope, id: string): Promise<rows.RecordedFact> =>
  within(scope, async (db) => existing(await rows.factById(db, id)))

export type NewFact = Omit<rows.RecordedFact, 'id'>

/** Records a fact in the place of an earlier one of the same key and place. @throws Failure `not_found`, `invalid` */
export async function recordFact(
  scope: Scope,
  asked: NewFact,
): Promise<{ fact: rows.RecordedFact; isNew: boolean }> {
  if (asked.houseTypeId !== null && asked.unitId !== null)
    throw failure('invalid', {
      fields: [{ path: 'house_type_id', message: 'cannot be combined with a single home' }],
    })
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

/** Whom the chat names when somebody is in danger is changed, never taken away. @throws Failure `not_found`, `invalid` */
export async function removeFact(scope: Scope, id: string): Promise<void> {
  await within(scope, async (db) => {
    const { key } = existing(await rows.deleteFact(db, id))
    if (EMERGENCY_KEYS.some((kept) => kept === key))
      throw failure('invalid', { fields: [{ path: 'id', message: 'can be changed, not removed' }] })
    await note(db, scope, 'fact.removed', id, { key })
  })
}

/** Who lives there, as the builder recorded it. Noted as an access. @throws Failure `not_found` */
export async function householdOf(scope: Scope, unitId: string) {
  return existing(
    await openingHome(scope, unitId, 'household.read', async (db) =>
      (await unitById(db, unitId)) ? rows.householdOfUnit(db, unitId) : null,
    ),
  )
}

async function checkPlace(db: Db, { developmentId, houseTypeId, unitId }: NewFact): Promise<void> {
  existing(await developmentById(db, developmentId))
  const holder = unitId
    ? await unitById(db, unitId)
    : houseTypeId
      ? await houseTypeById(db, houseTypeId)
      : { developmentId }
  if (holder?.developmentId !== developmentId) throw failure('not_found')
}

function existing<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

const note = (
  db: Db,
  { tenantId, actor, requestId }: Scope,
  action: string,
  targetId: string,
  changes: Record<string, unknown>,
) =>
  insertActivity(db, {
    ...{ tenantId, requestId, action, targetType: 'fact', targetId, changes },
    ...{ actorType: actor.type, actorId: actor.id },
  })
