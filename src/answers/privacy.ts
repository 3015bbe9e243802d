// Stage 2: declines, politely and always the same way, what is not the asker's home or not this assistant's work.
import type { AskedQuestion, Decision, HomeContext } from '#src/answers/question.ts'
import { REFUSAL_RULES, type RefusalReason, refusalText } from '#src/answers/refusals.ts'
import { fold } from '#src/answers/wording.ts'

/** What is asked of the assistant itself is declined as that, whoever is named in it. */
const BEFORE_OTHER_HOMES: ReadonlySet<RefusalReason> = new Set(['prompt', 'writing'])
/** Who told the asker something is not what is asked about. */
const HEARSAY =
  /\b(?:(?:(?:my|our|the|a|one of (?:my|our|the)) )?(?:next[ -]door )?neighbou?rs?|next[ -]?door|the (?:people|couple|lads|ones|woman|man) (?:next[ -]?door|across the road))(?: (?:has|have|just|was|were|is|keeps?|also)){0,2} (?:said|says|saying|told|tells|telling|mentioned|reckons?|thinks?|warned|suggested|recommend(?:s|ed)?|advised|swears?|asked|asks|was asking|wants to know|is wondering)\b(?: (?:me|us|that|to me|to us)){0,2}/g

/** Why the question is declined, or null. Pure. */
export function refusalOf(text: string, home: HomeContext): RefusalReason | null {
  const read = withoutOwnHome(fold(text), home).replace(HEARSAY, ' ')
  const rule = REFUSAL_RULES.find(
    (candidate) =>
      candidate.when.test(read) &&
      (candidate.and === undefined || candidate.and.test(read)) &&
      !(candidate.unless?.test(read) ?? false),
  )
  if (rule !== undefined && BEFORE_OTHER_HOMES.has(rule.reason)) return rule.reason
  if (asksAboutAnotherHome(read, home)) return 'other_home'
  if (rule !== undefined) return rule.reason
  if (asksForNamedPerson(text)) return 'personal_contact'
  return asksAboutAnotherDevelopment(text, home) ? 'other_development' : null
}

export function answerPrivacy(asked: AskedQuestion): Decision | null {
  const last = asked.history.at(-1)
  const reason =
    refusalOf(asked.text, asked.home) ?? (last?.stage === 'refusal' ? insistedRefusal(asked) : null)
  return reason === null ? null : { stage: 'refusal', reason, text: refusalText(reason) }
}

const INSISTENCE =
  /^(?:(?:oh |ah |but |please|pls|come on|go on|why(?: not)?|just|seriously|really|(?:try )?again|i insist|tell me|answer(?: me| the question)?|do it|i need (?:it|to know)|you can tell me|it'?s (?:ok|okay|fine|important|urgent)|i have permission|i'?m allowed|i won'?t tell(?: anyone)?|then|now|ok|okay|yes|sure)[\s,.!?]*)+$/

const ABOUT_THEM = /\b(?:their|theirs|his|hers?|them|they|he|she|that (?:house|home|one))\b/
const ABOUT_ME = /\b(?:my|mine|our|i|we|us)\b/
const SHORT_WORDS_MAX = 8

// Asking again without a new question, or about "them", is the old question.
function insistedRefusal(asked: AskedQuestion): RefusalReason | null {
  const read = fold(asked.text)
  const isAboutThem =
    ABOUT_THEM.test(read) && !ABOUT_ME.test(read) && read.split(' ').length <= SHORT_WORDS_MAX
  if (!INSISTENCE.test(read) && !isAboutThem) return null
  const reasons = asked.history
    .toReversed()
    .map((turn) => (turn.stage === 'refusal' ? refusalOf(turn.question, asked.home) : null))
  return reasons.find((reason) => reason !== null) ?? null
}

function ownNumbers(home: HomeContext): Set<string> {
  const numbers = [home.unitNumber, home.addressLine].flatMap(
    (text) => fold(text).match(/^\D{0,12}?(\d+[a-z]?)\b/)?.[1] ?? [],
  )
  return new Set(numbers)
}

function withoutOwnHome(read: string, home: HomeContext): string {
  const address = fold(home.addressLine).split(',')[0] ?? ''
  return address.length > 3 ? read.replaceAll(address, 'my home') : read
}

const NOT_A_HOME =
  /\b(?:error|fault|code|bus|route|page|model|serial|part|phase|zone|step|filter|room|bedroom|bathroom|item|section|chapter|option|settings?|level|circuit|breaker|fuse|switch|parking(?: space)?|space|bay|meter|channel|phone|emergency|contact|drawing|figure|table|registration|policy|cert(?:ificate)?|outdoor|indoor|consumer|wall|kitchen|external|internal|control|radiator|valve|programme|mode|question|appliance|unit of) (?:number|no\.?|unit|#)$|\b(?:switch|circuit|breaker|fuse|zone|step|page|error|code|key) (?:is|are) (?:number|no\.?)$/
const HOME_NUMBER =
  /\b(?:number|house(?: number| no\.?)?|home(?: number)?|unit(?: number)?|plot|apartment|apt\.?|flat|no\.? ?(?=\d+\s*(?:$|[?.,!]|longview|the|'s|is|has|on|in))|#) ?#?(\d{1,4}[a-z]?)\b(?! ?(?:%|v\b|volt|amp|kw|watt|bed|litre|mm|cm|m\b|m2|sq|years?|months?|days?|degrees?|people|times|minutes?|hours?))/g
const NUMBER_OWNS =
  /\b(\d{1,4})'?s (?=(?:house|home|garden|kitchen|floor|plans?|layout|type|bedrooms?|ber|eircode|owners?|price|snags?|drive)\b)/g
/** Said of people or after a preposition, a bare number is a home's as well. */
const BARE_NUMBER =
  /\b(?:(?:people|family|families|ones|crowd|lads|couple|owners?|residents?|buyers?|fella|man|woman|kids|lady|someone|anyone) (?:in|at|from|of|over in)(?: no\.?)? |(?:is|was|does|did|has|for|in|at|of) no\.? ?|(?:en el numero|pod numerem|au numero|la numarul|no numero|ag uimhir|in nummer|numaral) )(\d{1,4}[a-z]?)\b(?! ?(?:%|v\b|volt|amp|kw|watt|bed|litre|mm|cm|m\b|m2|sq|years?|months?|days?|degrees?|people|times|minutes?|hours?))/g
const NEIGHBOUR =
  /\b(?:neighbou?r(?:s|'s|s')?|next[ -]?doors?(?:'s)?|(?:house|home|people|family|couple|crowd|lads|ones|man|woman|apartment|place|garden|car) (?:\w+ )?(?:next to|beside|across (?:the road|from)|opposite|behind|over|above|below)(?: (?:us|me|mine|ours|my house|our house|the road))?|(?:upstairs|downstairs) (?:neighbour|apartment|people)|(?:other|another|someone else'?s|somebody else'?s|anyone else'?s|other people'?s|everyone'?s|everybody'?s|my friend'?s|my (?:brother|sister|cousin|mother|parents)(?:'s|s'|')) (?:houses?|homes?|units?|apartments?|properties|residents?|homeowners?|purchasers?|unit'?s)|(?:other|different|another) house ?types?)\b/
const ABOUT_MY_SIDE =
  /\b(?:disturb\w*|bother\w*|annoy\w*|affect\w*|boundar\w*|fence|hedge|party wall|shared? wall|sound ?proof\w*|hear (?:the |my )?(?:neighbou?rs?|next)|noise|noisy|loud|too close|overlook\w*|park(?:s|ing|ed)? (?:in|on|across|outside) (?:my|our)|complain\w*|right of way|from my neighbou?r)\b/

function asksAboutAnotherHome(read: string, home: HomeContext): boolean {
  const own = ownNumbers(home)
  for (const match of [...read.matchAll(HOME_NUMBER), ...read.matchAll(BARE_NUMBER)]) {
    const before = read.slice(0, match.index + match[0].length - match[1]!.length).trimEnd()
    if (!NOT_A_HOME.test(before) && !own.has(match[1]!)) return true
  }
  for (const match of read.matchAll(NUMBER_OWNS)) if (!own.has(match[1]!)) return true
  if (streetNumber(read, home, own)) return true
  const otherType = read.match(
    /\b(?:house types?|types?|floor ?plans? (?:of|for)(?: an?| the)?|layout of(?: an?| the)?|plans? for(?: an?| the)?) ?([a-z]{2}-?\d{2})\b/,
  )?.[1]
  if (otherType !== undefined && codeOf(otherType) !== codeOf(home.houseTypeCode)) return true
  return NEIGHBOUR.test(read) && !ABOUT_MY_SIDE.test(read)
}

function streetNumber(read: string, home: HomeContext, own: Set<string>): boolean {
  const street = fold(home.developmentName)
  for (const match of read.matchAll(/\b(\d{1,4}[a-z]?),? ([a-z]+ [a-z]+)/g)) {
    if (street.length > 3 && match[2] === street && !own.has(match[1]!)) return true
  }
  return false
}

const codeOf = (code: string) =>
  fold(code)
    .replace(/[^a-z0-9]/g, '')
    .replace(/o/g, '0')

const NAMED =
  /\b(?:[A-Z][a-zà-ÿ'’]+ (?:O['’])?[A-Z][a-zà-ÿ]+|(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+|[A-Z][a-zà-ÿ]+['’]s)\b/
/** "Dave the site manager". */
const NAMED_BY_JOB =
  /\b[A-Z][a-zà-ÿ'’]+,? (?:the|our|from) (?:\w+ ){0,2}(?:manager|foreman|builder|agent|engineer|electrician|plumber|snagger|office)/
const CONTACT_OF =
  /\b(?:phone|mobile|number|e-?mail|address|whatsapp|birthday|age|contact|car|reg|job|salary)\b/i

// Case matters here: a capitalised name beside "phone number" is a person, "the management company" is not.
function asksForNamedPerson(text: string): boolean {
  const withoutFirst = text.replace(
    /^\W*(?:What|Who|Where|When|How|Can|Could|Give|Tell|Is|Does|Do|Show|Please|Hi|Hello)(?:['’]s)?\b/,
    '',
  )
  const named = withoutFirst.match(NAMED)?.[0] ?? withoutFirst.match(NAMED_BY_JOB)?.[0]
  return (
    named !== undefined &&
    CONTACT_OF.test(withoutFirst) &&
    !/\b(?:Uisce|Gas|Safe|Electric|Ireland|Networks?|ESB|Management|Company|Centre|School|Scoil|Park|Council|Pharmacy|Garda|Bank|Services?|Team|Ltd|Homes|Developers?['’]s|Builders?['’]s)\b/.test(
      withoutFirst,
    )
  )
}

const PLACE_NAME =
  /\b((?:[A-Z][\p{L}'’]+ ){1,2}(?:Park|Homes|Estates?|Grove|Heights|View|Court|Lawns?|Meadows?|Woods?|Gardens|Rise|Drive|Manor|Hall|Green|Developments?))\b/gu
const RECORDS =
  /\b(?:floor ?plans?|documents?|manuals?|specifications?|specs?|warrant\w*|residents?|homes|houses|units|gaps|purchasers?|records?|certificates?|notices?|users?|switch to|everything about)\b/i

function asksAboutAnotherDevelopment(text: string, home: HomeContext): boolean {
  const read = fold(text)
  if (
    /\b(?:(?:other|another|different|neighbouring|sister) (?:developments?|estates?|builders?|tenants?|sites?|compan(?:y|ies))|(?:all|every|each) (?:developments?|tenants?|estates?))\b/.test(
      read,
    )
  )
    return !/\bmanagement compan/.test(read)
  const own = fold(home.developmentName)
  const foreign = [...text.matchAll(PLACE_NAME)].some(
    (match) => !fold(match[1]!).includes(own) && !fold(home.addressLine).includes(fold(match[1]!)),
  )
  return foreign && RECORDS.test(text) && !/\b(?:near|far|distance|close)\b/i.test(text)
}
