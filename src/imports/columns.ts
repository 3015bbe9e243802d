// Which column means what: the headings that builders' lists have, in the spellings they are found in.

export type Field =
  | 'number'
  | 'houseType'
  | 'addressLine'
  | 'eircode'
  | 'bedrooms'
  | 'bathrooms'
  | 'floorAreaM2'
  | 'handedOverOn'
  | 'tenure'
  | 'phase'

/** A field, or a purchaser's name or e-mail address: position 0 holds everybody in one cell. */
export type Column = Field | { purchaser: number } | { email: number }

const ALIASES: Record<Field, string[]> = {
  number: [
    ...['house no', 'house number', 'house', 'number', 'no', 'nr', 'unit', 'unit no', 'unit number'],
    ...['home', 'home no', 'home number', 'plot', 'plot no', 'plot number', 'site', 'site no', 'site number'],
    ...['door number', 'door no', 'house num', 'unit ref', 'unit reference'],
  ],
  houseType: [
    ...['type', 'house type', 'housetype', 'unit type', 'home type', 'house type code', 'type code'],
    ...['design', 'model', 'house design', 'property type'],
  ],
  addressLine: [
    ...['address', 'address line', 'address line 1', 'address 1', 'full address', 'postal address'],
    ...['street address', 'home address', 'house address', 'unit address', 'property address'],
  ],
  eircode: ['eircode', 'eir code', 'eircodes', 'postcode', 'post code', 'postal code'],
  bedrooms: ['bedrooms', 'beds', 'bed', 'bedroom', 'no of bedrooms', 'number of bedrooms', 'no of beds'],
  bathrooms: ['bathrooms', 'baths', 'bath', 'bathroom', 'no of bathrooms', 'number of bathrooms'],
  floorAreaM2: [
    ...['area', 'floor area', 'area m2', 'area sqm', 'area sq m', 'size', 'size m2', 'size sqm', 'm2', 'sqm'],
    ...['floor area m2', 'floor area sqm', 'floor area sq m', 'gross floor area', 'gfa', 'internal area'],
  ],
  handedOverOn: [
    ...['handover', 'handover date', 'hand over', 'hand over date', 'handed over', 'handed over on'],
    ...['date of handover', 'date handed over', 'closing date', 'close date', 'closed', 'date closed'],
    ...['completion date', 'move in date', 'date of closing'],
  ],
  tenure: [
    'tenure',
    'sale or rent',
    'sold or let',
    'sale rent',
    'tenure type',
    'rent or sale',
    'let or sold',
  ],
  phase: ['phase', 'phase no', 'phase number', 'building phase', 'development phase', 'stage', 'release'],
}

const PERSON = '(?:purchaser|buyer|owner|homeowner|home owner|client|customer|resident)'
const NAMES = new RegExp(
  `^(?:${PERSON}(?: ?s)?(?: names?| name s)?|names?|full names?|name s|names of ${PERSON}s)$`,
)
const NAME_OF = new RegExp(`^(?:${PERSON}|name) ?([1-4])(?: name| full name)?$|^${PERSON} name ?([1-4])$`)
const EMAIL = '(?:e ?mails?|e ?mail address(?:es)?|mail address)'
const EMAILS = new RegExp(`^(?:${PERSON} |contact )?${EMAIL}$`)
const EMAIL_OF = new RegExp(`^(?:${PERSON} )?${EMAIL} ?([1-4])$|^${PERSON} ?([1-4]) ${EMAIL}$`)

const known = new Map<string, Field>(
  Object.entries(ALIASES).flatMap(([field, aliases]) =>
    aliases.map((alias): [string, Field] => [alias, field as Field]),
  ),
)

/** What a heading stands for, or null for a column that is none of ours. */
export function columnOf(heading: string): Column | null {
  const name = plain(heading)
  const field = known.get(name)
  if (field) return field
  if (NAMES.test(name)) return { purchaser: 0 }
  if (EMAILS.test(name)) return { email: 0 }
  const person = NAME_OF.exec(name)
  if (person) return { purchaser: Number(person[1] ?? person[2]) }
  const email = EMAIL_OF.exec(name)
  return email ? { email: Number(email[1] ?? email[2]) } : null
}

const FIELD_LABEL: Record<Field, string> = {
  number: 'the number',
  houseType: 'the house type',
  addressLine: 'the address',
  eircode: 'the Eircode',
  bedrooms: 'the bedrooms',
  bathrooms: 'the bathrooms',
  floorAreaM2: 'the area',
  handedOverOn: 'the handover date',
  tenure: 'whether it is sold or let',
  phase: 'the phase',
}

export function labelOf(column: Column): string {
  if (typeof column === 'string') return FIELD_LABEL[column]
  if ('purchaser' in column)
    return column.purchaser > 0 ? `purchaser ${column.purchaser}` : 'the names of the purchasers'
  return column.email > 0 ? `e-mail address ${column.email}` : 'the e-mail addresses'
}

/** `Purchaser’s Name(s)` and `purchaser name s` are the same heading. */
const plain = (heading: string) =>
  heading
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
