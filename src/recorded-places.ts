// Places as staff keep them: the table, what they add or correct by hand, and the kinds that a development shows.
import { developmentById } from '#db/developments.ts'
import * as rows from '#db/places.ts'
import { type Db, type Scope, sqlState, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { placeGroups } from './places/categories.ts'
import { measured, type Place } from './places.ts'
import { readPosition, refuseFarAway } from './positions.ts'

const NAME_CHARS_MAX = 150
const SOURCE_CHARS_MAX = 200
/** Beyond it nobody calls a place near. */
const DISTANCE_M_MAX = 30_000
const HIDDEN_MAX = 100
const UNIQUE_VIOLATION = '23505'

/** The kinds that are fetched; people may record others as well. */
export const placeCategories: readonly string[] = Object.values(placeGroups).flat()

export type PlacesOfDevelopment = {
  places: Place[]
  hidden: string[]
  freshness: rows.PlacesFreshness
}

/** @throws Failure `not_found` */
export const readPlaces = (scope: Scope, developmentId: string): Promise<PlacesOfDevelopment> =>
  within(scope, async (db) => {
    const [found, hidden, freshness] = await Promise.all([
      rows.placesForStaff(db, developmentId),
      rows.hiddenCategories(db, developmentId),
      rows.placesFreshness(db, developmentId),
    ])
    return { places: found.map(measured), hidden, freshness }
  })

export type TypedPlace = {
  name: string
  category: string
  latitude: string
  longitude: string
  source: string
}

/** @throws Failure `not_found`, `invalid` with the fields that are wrong */
export async function addPlace(scope: Scope, developmentId: string, typed: TypedPlace): Promise<void> {
  const place = readPlace(typed)
  await within(scope, async (db) => {
    const development = await developmentById(db, developmentId)
    if (!development) throw failure('not_found')
    refuseIfFar(place, development)
    await insert(db, scope, developmentId, place)
  })
}

/**
 * Corrects a place. One that was fetched becomes one that staff recorded, so that no refresh undoes it.
 * @throws Failure `not_found`, `invalid` with the fields that are wrong
 */
export async function correctPlace(
  scope: Scope,
  id: string,
  typed: TypedPlace,
): Promise<{ developmentId: string }> {
  const place = readPlace(typed)
  return within(scope, async (db) => {
    const before = await existing(db, id)
    const { developmentId, developmentLatitude, developmentLongitude } = before
    refuseIfFar(place, { latitude: developmentLatitude, longitude: developmentLongitude })
    if (!before.isRecorded) {
      await rows.deletePlace(db, id)
      await insert(db, scope, developmentId, place)
    } else {
      await rows.setPlace(db, id, place).catch((error) => {
        throw sqlState(error) === UNIQUE_VIOLATION ? taken() : error
      })
      await note(db, scope, 'place.corrected', id, { name: place.name })
    }
    return { developmentId }
  })
}

/** Only what staff recorded: what is fetched would come back. @throws Failure `not_found`, `conflict` */
export async function removePlace(scope: Scope, id: string): Promise<{ developmentId: string }> {
  return within(scope, async (db) => {
    const { developmentId, name, isRecorded } = await existing(db, id)
    if (!isRecorded) throw failure('conflict')
    await rows.deletePlace(db, id)
    await note(db, scope, 'place.removed', id, { name })
    return { developmentId }
  })
}

/** Everything of the kinds that are not named is shown. @throws Failure `not_found` */
export async function hideCategories(
  scope: Scope,
  developmentId: string,
  hidden: readonly string[],
): Promise<void> {
  await within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const categories = [...new Set(hidden)].slice(0, HIDDEN_MAX)
    await rows.setHiddenCategories(db, { tenantId: scope.tenantId, developmentId }, categories)
    await note(db, scope, 'place.kinds_chosen', developmentId, { hidden: categories })
  })
}

function readPlace(typed: TypedPlace): rows.RecordedPlace {
  const name = oneLine(typed.name)
  const source = oneLine(typed.source)
  const fields: { path: string; message: string }[] = []
  if (name === '') fields.push({ path: 'name', message: 'Give the place its name.' })
  if (name.length > NAME_CHARS_MAX)
    fields.push({ path: 'name', message: `Use at most ${NAME_CHARS_MAX} characters.` })
  if (!placeCategories.includes(typed.category))
    fields.push({ path: 'category', message: 'Choose what kind of place it is.' })
  if (source === '') fields.push({ path: 'source', message: 'Say where you know it from.' })
  if (source.length > SOURCE_CHARS_MAX)
    fields.push({ path: 'source', message: `Use at most ${SOURCE_CHARS_MAX} characters.` })
  if (fields.length > 0) throw failure('invalid', { fields })
  const position = readPosition(typed) ?? { latitude: null, longitude: null }
  return { name, source, category: typed.category, ...position }
}

const oneLine = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()

function refuseIfFar(
  { latitude, longitude }: rows.RecordedPlace,
  from: { latitude: number | null; longitude: number | null },
): void {
  if (latitude !== null && longitude !== null) refuseFarAway({ latitude, longitude }, from, DISTANCE_M_MAX)
}

async function insert(db: Db, scope: Scope, developmentId: string, place: rows.RecordedPlace): Promise<void> {
  const id = Bun.randomUUIDv7()
  if (!(await rows.insertPlace(db, { ...place, id, tenantId: scope.tenantId, developmentId }))) throw taken()
  await note(db, scope, 'place.recorded', id, { name: place.name })
}

const taken = () =>
  failure('invalid', {
    fields: [{ path: 'name', message: 'There is a place of this kind and name already.' }],
  })

async function existing(db: Db, id: string): Promise<rows.ListedPlace> {
  const row = await rows.placeById(db, id)
  if (!row) throw failure('not_found')
  return row
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'place', targetId, changes })
