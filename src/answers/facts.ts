// Stage 3: answers from what is recorded for the home, its house type or its development, and never adds a number.
import { FACT_VOCABULARY, FORM_WORDS, LOOK_LIKE_FACTS, SAME } from '#src/answers/fact-words.ts'
import type { AskedQuestion, Decision, Fact, FactScope, HomeContext, Sources } from '#src/answers/question.ts'
import {
  asksForSize,
  asksWithoutMeasure,
  fitSentence,
  isRoom,
  measuresIn,
  roomFacts,
  roomsNamedIn,
  sizeOf,
} from '#src/answers/rooms.ts'
import { contentStems, correctTowards, fold } from '#src/answers/wording.ts'

const FACTS_SHOWN_MAX = 6
const SCOPE_ORDER: Record<FactScope, number> = { unit: 0, house_type: 1, development: 2 }

export async function answerFacts(asked: AskedQuestion, sources: Sources): Promise<Decision | null> {
  const recorded = nearestScope([...(await sources.facts()), ...homeFacts(asked.home)])
  return answerFromFacts(asked.text, asked.home, recorded)
}

/** Pure: the answer from these facts, or null when none of them is what was asked. */
export function answerFromFacts(text: string, home: HomeContext, facts: Fact[]): Decision | null {
  const read = correctTowards(text, FACT_VOCABULARY, LOOK_LIKE_FACTS)
  return answerRooms(text, read, home, facts) ?? answerByWords(read, home, facts)
}

/** Every room on record, for the offer made with a floor plan. */
export function listRooms(home: HomeContext, facts: Fact[]): Decision | null {
  const rooms = nearestScope(facts).filter((fact) => isRoom(fact) && sizeOf(fact) !== null)
  return rooms.length === 0 ? null : decisionOf('rooms', rooms, home)
}

/** Of facts with the same key, the one recorded closest to the home. */
function nearestScope(facts: Fact[]): Fact[] {
  const best = new Map<string, Fact>()
  for (const fact of facts) {
    const held = best.get(fact.key)
    if (held === undefined || SCOPE_ORDER[fact.scope] < SCOPE_ORDER[held.scope]) best.set(fact.key, fact)
  }
  return [...best.values()]
}

/** What the home's own row says, as facts, so that one rule matches them all. */
function homeFacts(home: HomeContext): Fact[] {
  const fact = (key: string, label: string, value: string): Fact => ({
    topic: 'home',
    key,
    label,
    value,
    lengthM: null,
    widthM: null,
    areaM2: null,
    scope: 'unit',
    source: '',
    recordedOn: '',
  })
  const eircode = home.addressLine.match(/\b(?:D6W|[AC-FHKNPRTV-Y]\d{2})\s?[0-9AC-FHKNPRTV-Y]{4}\b/i)?.[0]
  return [
    ...(home.bedrooms === null ? [] : [fact('home.bedrooms', 'Bedrooms', String(home.bedrooms))]),
    ...(home.floorAreaM2 === null
      ? []
      : [fact('home.floor_area', 'Total floor area', `${home.floorAreaM2} m²`)]),
    ...(home.houseTypeCode === '' ? [] : [fact('home.house_type', 'House type', home.houseTypeCode)]),
    ...(home.addressLine === '' ? [] : [fact('home.address', 'Address', home.addressLine)]),
    ...(eircode === undefined ? [] : [fact('home.eircode', 'Eircode', eircode.toUpperCase())]),
  ]
}

const OF_THE_WHOLE_HOME =
  /\bbed ?rooms\b.*\bfloor ?area\b|\bfloor ?area\b.*\bbed ?rooms\b|\bnumber of\b|\bhow many\b(?! (?:square|sq|m2|metres?|meters?|feet|foot))|\b(?:total|overall|whole|internal) floor ?(?:area|space)\b|\bfloor ?(?:area|space) of (?:my|the|our) (?:house|home|place|apartment)\b/

function answerRooms(text: string, read: string, home: HomeContext, facts: Fact[]): Decision | null {
  if (PROCEDURE.test(read) || !asksForSize(read) || OF_THE_WHOLE_HOME.test(read)) return null
  if (
    /\b(?:bin|cylinder|tank|panel|pipe|cable|door|window|filter|radiator|battery|screen|wire)s?\b/.test(
      read,
    ) &&
    measuresIn(text).length === 0
  )
    return null
  const rooms = facts.filter((fact) => isRoom(fact) && sizeOf(fact) !== null)
  const extreme = read.match(/\b(biggest|largest|smallest)\b(?: \w+)? (bed ?room|room)\b/)
  if (extreme !== null) return extremeRoom(extreme[1]!, extreme[2]!, rooms, home)
  const named = roomsNamedIn(read)
  const chosen =
    named.length === 0 && /\b(?:rooms?|each room|all rooms)\b/.test(read) ? rooms : roomFacts(rooms, named)
  if (chosen.length === 0) return null
  const sides = measuresIn(text)
  const fits = chosen.length === 1 ? fitSentence(chosen[0]!, sides) : null
  const decision = decisionOf('room_size', chosen, home)
  if (fits !== null) return { ...decision, reason: 'room_fit', text: `${fits}\n\n${decision.text}` }
  return asksWithoutMeasure(read) ? { ...decision, text: `${decision.text}\n\n${TELL_MEASURE}` } : decision
}

const TELL_MEASURE =
  'Tell me its length and width, for example “will 2.0 m × 1.8 m fit in bedroom 1?”, and I will compare it with this size.'

function extremeRoom(which: string, kind: string, rooms: Fact[], home: HomeContext): Decision | null {
  const area = (fact: Fact) => fact.areaM2 ?? (fact.lengthM ?? 0) * (fact.widthM ?? 0)
  const measured = rooms.filter(
    (fact) => area(fact) > 0 && (kind === 'room' || roomFacts([fact], ['bedroom']).length > 0),
  )
  const sorted = measured.sort((a, b) => (which === 'smallest' ? area(a) - area(b) : area(b) - area(a)))
  return sorted[0] === undefined ? null : decisionOf('room_size', [sorted[0]], home)
}

/** How-to, fault and cover questions are for the documents, even when a fact shares their words. */
const PROCEDURE =
  /\b(?:how (?:do|can|should|would|could|does|often|to|long)|why|error|fault|mean(?:s|ing)?|clean\w*|reset\w*|test\w*|register\w*|maintain\w*|maintenance|service[ds]?|servicing|cover(?:s|ed)?|warrant\w*|guarantee\w*|normal|slow|noisy|noise|leak\w*|broken|not working|work(?:s|ing)?|say|says|said|bleed\w*|adjust\w*|change|replace\w*|install\w*|turn|switch|set|setting|settings|fix\w*|problem|issue|paint\w*|instructions?|manual)\b/
const FACT_FORM =
  /^(?:[\p{L}'.-]+ ){0,3}?(?:what|which|who|where|how (?:many|much|big|large|is|are)|when|is|are|do|does|have|has|can|could|tell|give|my|the|whats|wheres|whos|show|need|number|name|size|any)\b/u
const PROCEDURE_ALLOWED =
  /\bhow (?:is|are) (?:the |my |our )?(?:house|home|place|water) (?:heated|ventilated)|how (?:do|does) (?:i|we) (?:contact|reach|get (?:in touch|hold)|ring|call|phone|e-?mail)|how (?:can|do) (?:i|we) (?:contact|reach)|how (?:do|does) (?:the |my |our )?(?:house|home) get/

function answerByWords(read: string, home: HomeContext, facts: Fact[]): Decision | null {
  if (read.split(' ').length > 3 && !FACT_FORM.test(read)) return null
  if (PROCEDURE.test(read) && !PROCEDURE_ALLOWED.test(read)) return null
  const parts = read
    .split(/\s*(?:,|;|\band\b|&)\s*(?=(?:what|which|who|where|how|when|is|the|my|its?)\b)|\?\s+/)
    .filter((part) => part.trim() !== '')
  const found = parts.map((part, index) => {
    // "Who is the management company? What is their number?" asks for the company's.
    const before = index > 0 && subjectsOf(part, home).subjects.length === 0 ? `${parts[index - 1]} ` : ''
    return factsAsked(`${before}${part}`, home, facts)
  })
  const matched = [...new Set(found.flat())].slice(0, FACTS_SHOWN_MAX)
  const several = matched.length === 0 ? factsNamedTogether(read, home, facts) : []
  if (several.length > 0) return decisionOf(several[0]!.topic, several, home)
  if (
    matched.length === 0 ||
    (found.some((list) => list.length === 0) && parts.length > 1 && found[0]!.length === 0)
  )
    return null
  return decisionOf(matched[0]!.topic, matched, home)
}

function factsAsked(part: string, home: HomeContext, facts: Fact[]): Fact[] {
  const { read, asked, subjects } = subjectsOf(part, home)
  if (asked.length === 0) return []
  const wanted = subjects.length === 0 ? asked : subjects
  if (wanted.includes('emergency') && wanted.every((word) => EMERGENCY_LINE.has(word)))
    return emergencyNumbers(facts)
  const asksForContact = CONTACT.test(part)
  const mustBeNamed = subjects.length === 0 || /\b(?:who|whom|where|when|how)\b/.test(part)
  const scored = facts
    .filter((fact) => !isRoom(fact) && answersTheForm(part, fact))
    .filter((fact) => !EMERGENCY_NUMBER.test(fact.key) || asksForContact || /\bemergency\b/.test(read))
    .map((fact) => ({ fact, rank: rankOf(wanted, asked, withoutEstateName(fact, home), mustBeNamed) }))
    .filter(({ rank }) => rank > 0)
    .map(({ fact, rank }) => ({
      fact,
      rank: asksForContact && REACHED_AT.test(fact.value) ? rank + CONTACT_BONUS : rank,
    }))
  const best = Math.max(0, ...scored.map(({ rank }) => rank))
  return scored.filter(({ rank }) => rank >= best - 0.01).map(({ fact }) => fact)
}

/** "Number of bedrooms and square metres of the house": each must be on record. */
function factsNamedTogether(read: string, home: HomeContext, facts: Fact[]): Fact[] {
  const found = read.split(/,|\band\b|&/).map((each) => factsAsked(each, home, facts))
  if (found.length < 2 || found.some((list) => list.length === 0)) return []
  return [...new Set(found.flat())].slice(0, FACTS_SHOWN_MAX)
}

function subjectsOf(part: string, home: HomeContext) {
  let read = ` ${part} `
  for (const [phrase, word] of SAME) read = read.replace(phrase, word)
  const asked = contentStems(withoutOwnHome(read, home))
  return { read, asked, subjects: asked.filter((word) => !FORM_WORDS.has(word)) }
}

const EMERGENCY_LINE: ReadonlySet<string> = new Set(contentStems('emergency line number contact'))
const EMERGENCY_NUMBER = /^emergency\.(?:contact|services|gas|electricity)$/
const CONTACT =
  /\b(?:contact|number(?! of)|phone|call|ring|reach|e-?mail|write to|get in touch|get hold|talk to|speak to|report)\b/
/** A number or address before a name, when the asker wants to reach somebody. */
const CONTACT_BONUS = 0.6
const REACHED_AT = /@|\d{3}[ -]?\d{3}/

/** Without saying which, all of them: the estate's own first. */
function emergencyNumbers(facts: Fact[]): Fact[] {
  const numbers = facts.filter(({ key }) => EMERGENCY_NUMBER.test(key))
  return numbers.sort((a, b) => Number(b.key.endsWith('contact')) - Number(a.key.endsWith('contact')))
}

function withoutOwnHome(read: string, home: HomeContext): string {
  const number = home.unitNumber.match(/\d+/)?.[0]
  const named = read.replace(fold(home.developmentName), ' ')
  return number === undefined
    ? named
    : named.replace(new RegExp(`\\b(?:number|no\\.?|unit|house|home|plot)? ?${number}\\b`), ' ')
}

/** The estate's own name in a label is no subject either. */
const withoutEstateName = (fact: Fact, home: HomeContext): Fact => ({
  ...fact,
  label: fact.label.replace(home.developmentName, ' '),
})

/** 0 unless every subject of the question is in the fact's name or value; names count more than values. */
function rankOf(subjects: string[], asked: string[], fact: Fact, mustBeNamed: boolean): number {
  const name = new Set(stemsOfName(fact))
  // The words of an address are names, not subjects: "parking" is not Longview Park.
  const value = new Set(fact.topic === 'home' ? [] : contentStems(fact.value))
  let rank = 0
  for (const word of subjects) {
    if (name.has(word)) rank += 2
    else if (value.has(word)) rank += 1
    else return 0
  }
  // At least one subject must name the fact: words met only in its value describe something else.
  const named = subjects.some((word) => name.has(word))
  if (!named && (mustBeNamed || subjects.length > 2)) return 0
  const extra = asked.filter((word) => !subjects.includes(word) && name.has(word)).length
  return rank / subjects.length + extra * 0.5 - name.size * 0.02
}

function stemsOfName(fact: Fact): string[] {
  let read = ` ${fold(`${fact.label} ${fact.key.replace(/[._]/g, ' ')} ${fact.topic.replace(/_/g, ' ')}`)} `
  for (const [phrase, word] of SAME) if (!/collection|storage/.test(word)) read = read.replace(phrase, word)
  return [...contentStems(read), ...(/\bstor/.test(read) ? ['storag'] : [])]
}

const PLACE_WORDS =
  /\b(?:location|where|storage|store|position|stopcock|stop valve|address|eircode|space|fuse board|parking)\b/
const PLACE_VALUE =
  /\b(?:in|under|beside|behind|at|outside|next to|beneath|above|below|to the (?:front|rear|side|left|right)|inside)\s+(?:the|a|your|each|its)\b/

/** "Where" needs a place, "when" a day or date, "how many" a number; "who" somebody. */
function answersTheForm(part: string, fact: Fact): boolean {
  const label = fold(`${fact.label} ${fact.key}`)
  if (/\b(?:where|whereabouts)\b/.test(part))
    return PLACE_WORDS.test(label) || PLACE_VALUE.test(fold(fact.value))
  if (/\bwhen\b/.test(part)) return /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\d/i.test(fact.value)
  if (/\bhow (?:many|much)\b/.test(part))
    return /\d|\b(?:one|two|three|four|five|six|no|none)\b/i.test(fact.value)
  if (/\bcolou?rs?\b/.test(part)) return /colou?r|ral|paint/.test(label)
  if (/\bwho\b/.test(part)) return !/\b(?:spaces?|rooms?|area|panels?)\b/.test(label)
  return true
}

function decisionOf(reason: string, facts: Fact[], home: HomeContext): Decision {
  const shown = facts.slice(0, FACTS_SHOWN_MAX * 2)
  const labels = [...new Set(shown.map((fact) => labelOf(fact.scope, home)))]
  const sources = [...new Set(shown.map(sourceOf).filter((source) => source !== ''))]
  const lines = shown.map(
    (fact) =>
      `${fact.label}: ${shownValue(fact)}${labels.length > 1 ? ` (${labelOf(fact.scope, home)})` : ''}`,
  )
  const body = lines.length === 1 ? `${lines[0]}.` : lines.map((line) => `- ${line}`).join('\n')
  const foot = labels.length === 1 ? `This is ${labels[0]}.` : ''
  const source = sources.length === 0 ? '' : `Source: ${sources.join('; ')}.`
  return {
    stage: 'fact',
    reason,
    text: [body.replace(/\.\.$/, '.'), [foot, source].filter(Boolean).join(' ')].filter(Boolean).join('\n\n'),
  }
}

const shownValue = (fact: Fact): string => (isRoom(fact) ? (sizeOf(fact) ?? fact.value) : fact.value)

function labelOf(scope: FactScope, home: HomeContext): string {
  if (scope === 'unit') return 'recorded for your home'
  return scope === 'house_type'
    ? `typical of your house type (${home.houseTypeCode})`
    : `recorded for ${home.developmentName}`
}

function sourceOf(fact: Fact): string {
  if (fact.source === '') return ''
  return fact.recordedOn === '' ? fact.source : `${fact.source}, recorded ${dayOf(fact.recordedOn)}`
}

const DAY = new Intl.DateTimeFormat('en-IE', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/Dublin',
})

/** A date as people read it; what is not a date stays as it is. */
export function dayOf(date: string): string {
  const parsed = new Date(date)
  return Number.isNaN(parsed.getTime()) ? date : DAY.format(parsed)
}
