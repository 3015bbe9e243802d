// What form an answer must have: an amount to "how much", a span to "how long", a colour, a moment, a name.
import { fold } from '#src/answers/wording.ts'

const TIME_UNIT = '(?:hour|day|night|week|fortnight|month|quarter|year|spring|summer|autumn|winter|season)s?'
const FREQUENCY = new RegExp(
  `\\b(?:once|twice|annual(?:ly)?|yearly|monthly|weekly|daily|hourly|regularly|(?:a|an|each|every|per|\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: \\w+){0,2} ${TIME_UNIT})\\b`,
  'i',
)
const AMOUNT = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|none|no|half)\b/i
const MOMENT =
  /\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:spring|summer|autumn|winter|year\w*|month\w*|week\w*|dai?ly|before|after|(?<!\bat )once|when|until|during|every|each|annual\w*|handover|completion)\b/i

const SOMEBODY =
  /\b(?:ltd|limited|dac|plc|clg|company|contractor|installer|supplier|manufacturer|maker|council|customer care|electrician|engineer|(?:made|supplied|fitted|installed|provided|built|serviced|maintained) by|call|contact|ask|you|your)\b/i
const COLOUR =
  /\b(?:ral|ncs|whites?|black|grey|gray|blue|green|red|cream|anthracite|brown|yellow|oak|silver|charcoal|ivory|navy|beige|sage|magnolia|graphite|terracotta|burgundy|maroon|pink|purple|orange|copper|bronze|stone|gold|teal|turquoise|mint|walnut|sand|taupe|linen|slate|olive)\b|\bcolou?rs?\u2003/i
/** "Who supplied" is answered only where the supplying is spoken of. */
const MADE =
  /\b(?:supplied|made|manufactured|fitted|installed|built|provided) by\b|\b(?:[Mm]anufacturer|[Mm]aker|[Ss]upplier|Ltd)\b/

const TEMPERATURE = /\d\s?(?:°|℃|degrees)/i
const PRESSURE = /\d[\d.,]*\s?(?:m?bar|[km]?pa|psi)\b/i

/** A secret of this home: a manual that merely speaks of passwords does not answer. */
const SECRET =
  /\bwhat(?:'?s| is) (?:the|my|our) (?:[\w-]+ ){0,3}(?:password|pin|passcode|access code|gate code|alarm code|door code|combination)\b/

const ASKS_FOR_MAKER =
  /^\W*(?:and )?who (?:suppl|made|make|manufactur|install|fitted|built|provid)|\b(?:what|which) (?:company|firm|supplier|crowd|manufacturer|shop) (?:suppl|made|make|manufactur|install|fitted|built|provid|did)|\bwhere (?:did|do|does|were|was) .* (?:come|came|bought|sourced|from)\b|\b(?:suppliers?|manufacturers?)\b/
const LEADS = /\b(?:how|what|when|where|which|who|why)\b/

/** In a follow-up the last question says what form its answer has. */
function lastQuestion(read: string): string {
  const questions = read.split(/\?\s+/)
  return questions.findLast((each) => LEADS.test(each)) ?? read
}

/** What an answer to "how long", "how many", "when" or "who" must contain; null when any sentence may answer. */
export function answerForm(question: string): RegExp | null {
  const read = lastQuestion(fold(question))
  if (SECRET.test(read)) return /\b(?:password|pin|passcode|code|combination)(?: \w+){0,3}(?: is|:) ?\S*\d/i
  if (/\bhow (?:long|soon)\b/.test(read))
    return /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|half an|an|a few)[\s-]*(?:and a half )?(?:second|minute|hour|day|week|month|year)s?/i
  if (/\bhow often\b/.test(read)) return FREQUENCY
  if (
    /\bwhat(?:'s| is| should)? (?:the |my |our )?(?:[\w-]+ ){0,3}pressure\b(?! (?:relief|gauge|sensor|valve))/.test(
      read,
    )
  )
    return PRESSURE
  if (
    /\bwhat (?:[\w-]+ ){0,2}temperature\b|\bwhat(?:'s| is) the (?:[\w-]+ ){0,3}temperature\b(?! (?:relief|gauge|sensor|valve|probe))|\bhow (?:hot|warm)\b/.test(
      read,
    )
  )
    return TEMPERATURE
  if (
    /\bhow (?:many|much|big|large|high|hot|warm|wide|deep|tall|thick|far|heavy)\b|\bwhat (?:size|temperature|pressure|length|width|height|diameter|percentage|thickness|capacity|volume)\b|\bwhat(?:'s| is| should) (?:the |my |our )?(?:[\w-]+ ){0,3}(?:temperature|width|height|diameter|thickness|capacity)\b(?! (?:gauge|sensor|valve))/.test(
      read,
    )
  )
    return AMOUNT
  if (
    /\bwhat should (?:the|my|our)\b.*\b(?:read|show|be|have|stand)\b|\bwhat (?:is|are) .* set to\b/.test(read)
  )
    return AMOUNT
  if (/^\W*(?:and )?when\b/.test(read)) return MOMENT
  if (/\bcolou?rs?\b/.test(read)) return COLOUR
  if (ASKS_FOR_MAKER.test(read)) return MADE
  return /^\W*(?:and )?who\b/.test(read) ? SOMEBODY : null
}

/** "is in the hall", "stands beside the boiler": a place is said of a thing, not of a move. */
const WHERE =
  /\b(?:is|are|stands?|sits?|located|fitted|kept|found|hangs?)(?: \w+)? (?:in|inside|on|under|underneath|behind|beside|above|below|at|near|next to|outside|between|beneath|to the left|to the right)\b/i
const MODEL = /\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9-]{2,}\b/

/** What an answer probably contains: it makes a sentence better, its lack rules none out. */
export function answerHint(question: string): RegExp | null {
  const read = fold(question)
  if (/\bwhere(?:'s| is| are| (?:can|do|would|will) (?:i|we) find)\b/.test(read)) return WHERE
  return /\b(?:model|make|type|brand|version)\b/.test(read) ? MODEL : null
}
