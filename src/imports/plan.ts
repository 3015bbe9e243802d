// What importing the rows would do to the homes that are there: create, update, leave alone, or refuse with a reason.
import type { ImportableUnit } from '#db/imported-units.ts'
import type { Purchaser, ReadRow, UnitValues } from './rows.ts'
import { houseTypeKey, numberKey } from './values.ts'

export type Estate = {
  development: { name: string; addressLine: string; tenure: 'sale' | 'rent' | 'mixed' }
  houseTypes: readonly { id: string; code: string }[]
  units: readonly ImportableUnit[]
}

export type Action = 'create' | 'update' | 'unchanged' | 'error'

/** The columns of `units` that a row sets. */
export type UnitColumns = {
  houseTypeId?: string
  addressLine?: string
  eircode?: string
  bedrooms?: number
  bathrooms?: number
  floorAreaM2?: number
  handedOverOn?: string
  tenure?: 'sale' | 'rent'
  phase?: string
}

export type PlannedRow = ReadRow & {
  action: Action
  unitId: string | null
  /** For people: by name of the field, what is recorded and what it becomes. */
  changes: Record<string, { before: unknown; after: unknown }>
  set: UnitColumns
  /** The whole household after the import, when it changes. */
  purchasers: Purchaser[] | null
}

/** Pure: the same rows and the same homes give the same plan, at the check and when it is carried out. */
export function planImport(rows: readonly ReadRow[], estate: Estate): PlannedRow[] {
  const units = new Map(estate.units.map((unit) => [numberKey(unit.number), unit]))
  const types = new Map<string, { id: string; code: string }[]>()
  for (const type of estate.houseTypes) {
    const key = houseTypeKey(type.code)
    types.set(key, [...(types.get(key) ?? []), type])
  }
  const codes = estate.houseTypes.map((type) => type.code)
  return rows.map((row) => {
    if (!row.values) return refused(row, [])
    const unit = units.get(numberKey(row.values.number)) ?? null
    const misplaced = misplacedTenure(row.values, estate.development.tenure)
    if (misplaced) return refused(row, [misplaced])
    const type = houseTypeOf(row.values.houseTypeCode, types)
    if (type === 'unknown')
      return refused(row, [
        `“${row.values.houseTypeCode?.slice(0, 40)}” is not a house type of this development (${codes.slice(0, 30).join(', ')}).`,
      ])
    return unit ? planUpdate(row, row.values, unit, type) : planCreation(row, row.values, type, estate)
  })
}

/** Only where both are found is it the home's own; elsewhere the development says it for all of them. */
function misplacedTenure({ tenure }: UnitValues, of: Estate['development']['tenure']): string | null {
  if (of === 'mixed' || tenure === undefined || tenure === of) return null
  return `All homes of this development are ${of === 'sale' ? 'for sale' : 'let'}. Say first, in the settings, that it has both.`
}

type Type = { id: string; code: string }

function houseTypeOf(code: string | undefined, types: Map<string, Type[]>): Type | null | 'unknown' {
  if (code === undefined) return null
  const found = types.get(houseTypeKey(code)) ?? []
  // Codes that only differ in O and 0 are told apart by how they are written.
  return (found.length > 1 ? found.find((type) => type.code === code) : found[0]) ?? 'unknown'
}

function planCreation(
  row: ReadRow,
  values: UnitValues,
  type: Type | null,
  { development }: Estate,
): PlannedRow {
  if (!type) return refused(row, ['A new home needs a house type.'])
  const messages = [...row.messages]
  const addressLine = values.addressLine ?? `${values.number} ${development.name}, ${development.addressLine}`
  if (!values.addressLine) messages.push(`The address is made from the number: ${addressLine}.`)
  const set = { ...columnsOf(values), houseTypeId: type.id, addressLine }
  const changes = Object.fromEntries(
    Object.entries({
      ...columnsOf(values),
      addressLine,
      houseType: type.code,
      ...namesOf(values.purchasers),
    }).map(([field, after]) => [field, { before: null, after }]),
  )
  return {
    ...row,
    messages,
    action: 'create',
    unitId: null,
    changes,
    set,
    purchasers: values.purchasers ?? null,
  }
}

function planUpdate(row: ReadRow, values: UnitValues, unit: ImportableUnit, type: Type | null): PlannedRow {
  const set: UnitColumns = {}
  const changes: PlannedRow['changes'] = {}
  for (const [field, after] of Object.entries(columnsOf(values)) as [keyof UnitColumns, never][]) {
    const before = unit[field as keyof ImportableUnit]
    if (before === after) continue
    set[field] = after
    changes[field] = { before, after }
  }
  if (type && type.id !== unit.houseTypeId) {
    set.houseTypeId = type.id
    changes.houseType = { before: unit.houseTypeCode, after: type.code }
  }
  const purchasers = changedHousehold(values.purchasers, unit.purchasers)
  if (purchasers) changes.purchasers = { before: peopleOf(unit.purchasers), after: peopleOf(purchasers) }
  const inUse = unit.isInUse ? refusalOfHomeInUse(unit, changes) : []
  if (inUse.length > 0) return { ...refused(row, inUse), unitId: unit.id }
  const action = Object.keys(changes).length > 0 ? 'update' : 'unchanged'
  return { ...row, action, unitId: unit.id, changes, set, purchasers }
}

/** Whose home it is, and what it is, decide what its app shows: once it is in use, that is not changed by a list. */
function refusalOfHomeInUse(unit: ImportableUnit, changes: PlannedRow['changes']): string[] {
  const refusals: string[] = []
  if (changes.houseType)
    refusals.push(
      `Home ${unit.number} is in use as ${unit.houseTypeCode}. Correct its house type on the home’s own page, with a reason.`,
    )
  if (changes.purchasers)
    refusals.push(
      `The app of home ${unit.number} is in use by its purchasers. Change who they are on the home’s own page, with a reason.`,
    )
  return refusals
}

/** The names of the file stand for the whole household. An address that the file does not give stays. */
function changedHousehold(read: Purchaser[] | undefined, recorded: readonly Purchaser[]): Purchaser[] | null {
  if (!read) return null
  const next = read.map((person) => ({
    ...person,
    email: person.email ?? recorded.find((known) => known.fullName === person.fullName)?.email ?? null,
  }))
  return Bun.deepEquals(next, [...recorded]) ? null : next
}

function columnsOf(values: UnitValues): UnitColumns {
  const { number: _n, houseTypeCode: _t, purchasers: _p, ...columns } = values
  return columns
}

const peopleOf = (people: readonly Purchaser[]) =>
  people.map(({ fullName, email }) => (email ? `${fullName} (${email})` : fullName))

const namesOf = (people: Purchaser[] | undefined) => (people ? { purchasers: peopleOf(people) } : {})

const refused = (row: ReadRow, reasons: string[]): PlannedRow => ({
  ...row,
  values: null,
  messages: [...row.messages, ...reasons],
  action: 'error',
  unitId: null,
  changes: {},
  set: {},
  purchasers: null,
})
