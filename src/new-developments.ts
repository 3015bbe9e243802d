// Setting up a development: the site itself, and the house types that its homes are built to.
import {
  type DevelopmentRow,
  developmentById,
  type HouseTypeRow,
  houseTypeById,
  insertDevelopment,
  insertHouseType,
  setTenure,
} from '#db/developments.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { geocodeDevelopmentLater } from './geocoding.ts'
import { readEircode } from './imports/values.ts'

const SLUG_CHARS_MAX = 60
/** As in access codes: nothing that is taken for another when read aloud. */
const NOT_READ_WELL = /[^ACDEFGHJKLMNPQRTUVWXY]/g

export type NewDevelopment = {
  name: string
  addressLine: string
  locality: string
  county: string
  eircode: string | null
  latitude: number | null
  longitude: number | null
  tenure: 'sale' | 'rent' | 'mixed'
}

/** Without a pin it is looked up, where a geocoder is set up. @throws Failure `invalid`, `development_exists` */
export async function addDevelopment(scope: Scope, asked: NewDevelopment): Promise<DevelopmentRow> {
  const { tenantId } = scope
  const slug = slugOf(asked.name)
  if (slug === '') throw invalid('name', 'must have a letter or a digit')
  const eircode = asked.eircode === null ? null : readEircode(asked.eircode)
  if (eircode && !('value' in eircode)) throw invalid('eircode', 'is not an Eircode such as T23 AC12')
  const id = Bun.randomUUIDv7()
  return within(scope, async (db) => {
    const row = {
      ...asked,
      id,
      tenantId,
      slug,
      codePrefix: prefixOf(asked.name),
      eircode: eircode?.value ?? null,
      locationSource: asked.latitude === null ? null : ('entered' as const),
    }
    if (!(await insertDevelopment(db, row))) throw failure('development_exists')
    if (asked.latitude === null) await geocodeDevelopmentLater(db, scope, id)
    await note(db, scope, 'development', id, { name: asked.name })
    return existing(await developmentById(db, id))
  })
}

/** Words and what is offered change at once for staff and homes. @throws Failure `not_found` */
export async function changeTenure(
  scope: Scope,
  id: string,
  tenure: 'sale' | 'rent' | 'mixed',
): Promise<void> {
  await within(scope, async (db) => {
    const before = existing(await developmentById(db, id))
    if (before.tenure === tenure) return
    await setTenure(db, id, tenure)
    await noteActivity(db, scope, {
      action: 'development.tenure_changed',
      targetType: 'development',
      targetId: id,
      changes: { tenure: { from: before.tenure, to: tenure } },
    })
  })
}

export type NewHouseType = {
  developmentId: string
  code: string
  name: string
  typicalBedrooms: number | null
  typicalFloorAreaM2: number | null
}

/** @throws Failure `not_found`, `house_type_exists` */
export async function addHouseType(scope: Scope, asked: NewHouseType): Promise<HouseTypeRow> {
  const id = Bun.randomUUIDv7()
  return within(scope, async (db) => {
    existing(await developmentById(db, asked.developmentId))
    if (!(await insertHouseType(db, { ...asked, id, tenantId: scope.tenantId })))
      throw failure('house_type_exists')
    await note(db, scope, 'house_type', id, { code: asked.code })
    return existing(await houseTypeById(db, id))
  })
}

function existing<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

const fold = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '')

const slugOf = (name: string) =>
  fold(name)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-')
    .slice(0, SLUG_CHARS_MAX)

/** The initials of the name where they read well, else its next letters. */
function prefixOf(name: string): string {
  const words = fold(name)
    .toUpperCase()
    .split(' ')
    .map((word) => word.replace(NOT_READ_WELL, ''))
  const initials = words.map((word) => word[0] ?? '').join('')
  return `${initials.slice(0, 2)}${words.join('').slice(1)}HX`.slice(0, 2)
}

const invalid = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

const note = (
  db: Db,
  scope: Scope,
  targetType: 'development' | 'house_type',
  targetId: string,
  changes: Record<string, unknown>,
) => noteActivity(db, scope, { action: `${targetType}.added`, targetType, targetId, changes })
