// Room sizes and "will it fit": which room is meant, and sums from recorded lengths and widths only.
import type { Fact } from '#src/answers/question.ts'
import { fold } from '#src/answers/wording.ts'

/** Every name people use for a room, most specific first. `any` names match each numbered room of the kind. */
const ROOM_NAMES: [string, RegExp][] = [
  [
    'bedroom 1',
    /\b(?:master(?: (?:bed)?room)?|main (?:bed)?room|bed ?room (?:1|one)|first bedroom|principal bedroom|primary bedroom)\b/,
  ],
  ['bedroom 2', /\b(?:bed ?room (?:2|two)|second bedroom)\b/],
  ['bedroom 3', /\b(?:bed ?room (?:3|three)|third bedroom|box ?room|single (?:bed)?room)\b/],
  ['bedroom 4', /\b(?:bed ?room (?:4|four)|fourth bedroom)\b/],
  ['bedroom 5', /\b(?:bed ?room (?:5|five)|fifth bedroom)\b/],
  ['bedroom', /\bbed ?rooms?\b/],
  ['ensuite', /\ben[- ]?suites?\b/],
  [
    'living',
    /\b(?:living ?rooms?|sitting ?rooms?|lounge|front room|family room|living area|living space|tv room|living|drawing room|good room)\b/,
  ],
  ['kitchen', /\bkitchens?\b/],
  ['dining', /\b(?:dining(?: room| area)?|diner)\b/],
  ['utility', /\b(?:utility(?: room)?|laundry(?: room)?)\b/],
  ['bathroom', /\b(?:main |family )?bath ?rooms?\b/],
  ['wc', /\b(?:wc|w\.c\.?|toilet|cloak ?room|downstairs loo|loo|guest toilet)\b/],
  ['hall', /\b(?:hall(?:way)?|entrance hall)\b/],
  ['landing', /\blanding\b/],
  ['study', /\b(?:study|home office|office)\b/],
  ['store', /\b(?:store ?room|hot press|storage)\b/],
  ['attic', /\b(?:attic|loft)\b/],
  ['garage', /\bgarage\b/],
  ['garden', /\b(?:back |front |rear )?(?:garden|yard)\b/],
  ['balcony', /\b(?:balcony|terrace|patio)\b/],
]

const SIZE_WORDS =
  /\b(?:sizes?|sized|big|biggest|largest|smallest|large|small|dimensions?|dimensioned|measur\w*|long|length|wide|width|area|square|sq\.?|m2|floor ?space|footprint|metres?|meters?|feet|ft|narrow|deep)\b/
const FIT_WORDS =
  /\b(?:fits?|fitted in|room for|space for|enough (?:room|space)|squeeze|go in|get (?:a|an|my|our) .* in(?:to)?|big enough|wide enough|long enough|large enough)\b/

const FURNITURE =
  /\b(?:sofas?|couch(?:es)?|suite|settee|(?:king|queen|double|single|bunk|super king)?(?: size)? ?beds?|cots?|tables?|wardrobes?|desks?|piano|armchairs?|dresser|sideboard|bookcase|island|l-shape)\b/

/** Something is to fit, and its size was not given. */
export const asksWithoutMeasure = (read: string): boolean =>
  FIT_WORDS.test(read) && FURNITURE.test(read) && !MEASURE.test(read)

export const isRoom = (fact: Fact): boolean => /^rooms?\b/.test(fact.topic) || fact.key.startsWith('room.')

export const asksForSize = (read: string): boolean =>
  SIZE_WORDS.test(read) || (FIT_WORDS.test(read) && (MEASURE.test(read) || FURNITURE.test(read)))

/** Canonical names of the rooms the text speaks of. */
export function roomsNamedIn(text: string): string[] {
  let read = fold(text)
  const named: string[] = []
  for (const [name, pattern] of ROOM_NAMES) {
    if (!pattern.test(read)) continue
    named.push(name)
    read = read.replace(new RegExp(pattern.source, 'g'), ' _ ')
  }
  return named
}

/** Facts of the rooms named; a fact answers to every name in its label, so "Kitchen/dining" is both. */
export function roomFacts(facts: Fact[], names: string[]): Fact[] {
  return facts.filter((fact) => {
    const own = roomsNamedIn(`${fact.label} ${fact.key.replace(/[._-]/g, ' ')}`)
    return names.some((name) =>
      own.some((room) => room === name || (name === 'bedroom' && room.startsWith('bedroom'))),
    )
  })
}

const METRES = new Intl.NumberFormat('en-IE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const AREA = new Intl.NumberFormat('en-IE', { maximumFractionDigits: 1 })

export function sizeOf(fact: Fact): string | null {
  const { lengthM, widthM } = fact
  const areaM2 = fact.areaM2 ?? (lengthM !== null && widthM !== null ? lengthM * widthM : null)
  const sides =
    lengthM !== null && widthM !== null ? `${METRES.format(lengthM)} m × ${METRES.format(widthM)} m` : null
  const area = areaM2 === null ? null : `${AREA.format(areaM2)} m²`
  if (sides !== null && area !== null) return `${sides} (${area})`
  return sides ?? area ?? (fact.value.trim() === '' ? null : fact.value)
}

const MEASURE =
  /(\d+(?:[.,]\d+)?)\s*(?:(m|metres?|meters?|cm|centimetres?|mm|ft|foot|feet|'|in|inch(?:es)?|")?\s*(?:x|×|by|\*)\s*(\d+(?:[.,]\d+)?)\s*)?(m|metres?|meters?|cm|centimetres?|mm|ft|foot|feet|'|inch(?:es)?|")(?![\p{L}²2])/u

/** Metres a side of the thing asked about; one side when only its length is given. */
export function measuresIn(text: string): number[] {
  const match = fold(text).match(MEASURE)
  if (match === null) return []
  const [, first, firstUnit, second, unit] = match
  const sides = [inMetres(first!, firstUnit ?? unit!)]
  if (second !== undefined) sides.push(inMetres(second, unit!))
  return sides
}

function inMetres(number: string, unit: string): number {
  const value = Number(number.replace(',', '.'))
  if (unit.startsWith('mm')) return value / 1_000
  if (unit.startsWith('c')) return value / 100
  if (/^(?:ft|foot|feet|')/.test(unit)) return value * 0.3048
  return /^(?:in|")/.test(unit) ? value * 0.0254 : value
}

/** One sentence on whether something of these sides fits the room's recorded length and width. */
export function fitSentence(fact: Fact, sides: number[]): string | null {
  if (fact.lengthM === null || fact.widthM === null || sides.length === 0) return null
  const long = Math.max(fact.lengthM, fact.widthM)
  const short = Math.min(fact.lengthM, fact.widthM)
  const longest = Math.max(...sides)
  const shortest = sides.length > 1 ? Math.min(...sides) : null
  const item = sides.map((side) => `${METRES.format(side)} m`).join(' × ')
  if (longest > long || (shortest !== null && shortest > short)) {
    return `No: ${item} does not fit within the recorded ${METRES.format(long)} m × ${METRES.format(short)} m.`
  }
  const along = longest > short || shortest !== null
  const spare = along
    ? `along the ${METRES.format(long)} m side it leaves ${METRES.format(long - longest)} m`
    : `along the ${METRES.format(long)} m side it leaves ${METRES.format(long - longest)} m, along the ${METRES.format(short)} m side ${METRES.format(short - longest)} m`
  return `Yes, by the recorded size: ${item} fits; ${spare}. Doors, windows and radiators are not part of this sum, so measure before you buy.`
}
