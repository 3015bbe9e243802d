// Says a buyer's question in the words a document would use, and finds the question in a long message.
import { contentStems, fold } from '#src/answers/wording.ts'

/** Read so from the first: no document says them in another sense. */
const SURE_WORDS: [RegExp, string][] = [
  [/\bhall door\b/g, 'front door'],
  [/\brads?\b/g, 'radiator'],
  [/\bhow (?:to|do i|do you) do (?:an? |the )?((?:\w+ ){1,3})test\b/g, 'how to test $1'],
  [/\bwhat(?:'s| is) the (?:best |right |proper )?way (?:to|of)\b/g, 'how to'],
  [/\bco2? (?=alarm|detector|sensor|monitor)/g, 'carbon monoxide '],
  [
    /\b(?:upkeep|chores|jobs|maintain|maintaining|maintenance|looking after|look after)\b(?=.*\b(?:(?:first|1st) (?:12|twelve) months|year (?:one|1)|(?:1st|first) year)\b)/g,
    'maintenance',
  ],
  [/(?<=\bmaintenance\b.*)\b(?:(?:first|1st) (?:12|twelve) months|year (?:one|1)|1st year)\b/g, 'first year'],
  [/\b(?:first|1st) year (?:jobs|chores|upkeep)\b/g, 'maintenance first year'],
  [/\b(?:ral|paint|ncs) (?:colou?r|code|number|shade)s?\b/g, 'colour'],
  [
    /\b(?:take|takes|taking) (?:so |very |too |an? )?(?:long|ages|forever|age|long time) to (?:heat|warm)(?: up)?\b/g,
    'slow warm',
  ],
]
/** What buyers say, in Ireland above all, and what documents of a home call it. */
const DOCUMENT_WORDS: [RegExp, string][] = [
  [/\b(?<=(?:smoke|fire|heat|monoxide) )(?:detector|sensor|monitor)/g, 'alarm'],
  [/\bfire alarm/g, 'smoke alarm'],
  [/\b(?:house|burglar|security) alarm/g, 'intruder alarm'],
  [
    /\b(?:mvhr|hrv|mhrv|heat recovery(?: (?:unit|system|ventilation))?|air (?:unit|handling unit))\b/g,
    'ventilation unit',
  ],
  [/\bvents? filter/g, 'ventilation filter'],
  [/\b(?:(?:hot )?water|immersion) tank\b|\b(?<!oil |septic |rain |fish |petrol )tank\b/g, 'cylinder'],
  [/\b(?:trip(?:ped)? switch(?:es)?|fuse ?box|consumer unit|breaker)\b/g, 'switch fuse board trip'],
  [/\bstop ?(?:tap|valve)\b/g, 'stopcock'],
  [/\b(?:take|takes|taking) (?:so |very |too |an? )?(?:long|ages|forever|age|long time)\b/g, 'slow warm'],
  [/\b(?:luke ?warm|tepid|not (?:very |too |that )?hot|barely warm)\b/g, 'warm hot'],
  [
    /\b(?:banjaxed|knackered|kaput|broken|bust(?:ed)?|acting up|on the blink|packed (?:it )?in|gone (?:on the )?wonky)\b/g,
    'not working',
  ],
  [/\binclude(?:d|s)?\b(?=.*\b(?:guarantee|warranty))/g, 'cover'],
  [/\bcheck (?:that |if )?(?=.*\balarms?\b)/g, 'test '],
  [/\bsign(?:ing)? up\b/g, 'register'],
  [/\b(?:noises?|sounds?) (?=(?:in|from|out of) )/g, ' '],
  [/\b(?:check ?list|list of)\b/g, ' '],
  [/\bexpir(?:y|es?|ing|ation)\b(?: dates?)?/g, 'end'],
  [/\bwhats? (?:the )?(?:make|brand|model) of\b/g, 'model'],
  [
    /\b(?:hang(?:ing)?|mount(?:ing)?|put(?:ting)? up|fix(?:ing)?|stick(?:ing)?) (?:an? |the |my |our |some )?(?:\w+ ){1,3}(?:on|to|onto) (?:the |my |a |our )?(?:\w+ ){0,2}walls?\b/g,
    'fixing things to walls',
  ],
  [
    /\bfor (?:an?|one|two|three|four|a few|a couple of|\d+) (?:fortnights?|weeks?|days?|months?|nights?)\b/g,
    'longer absence',
  ],
  [/\bon holidays?\b|\babroad\b/g, 'away'],
  [/\bkill (?=the lights?|the heating|the alarm)/g, 'switch off '],
  [/\bput on (?=the (?:immersion|heating|hot water))/g, 'switch on '],
  [/\bsettings?\b(?= for the (?:clock|time))/g, 'set'],
  [/\b(?:wheelie bins?|rubbish|trash)\b/g, 'bin'],
  [/\bgaff\b/g, 'house'],
]
/** Who said so is not asked about. */
const SAID_SOMEBODY =
  /\b(?:(?:(?:my|our|the|a) )?(?:next[ -]door )?(?:neighbou?rs?|friend|mam|mum|dad|husband|wife|partner|brother|sister|builder)|someone|somebody|the lads) (?:has |have |just |was |were ){0,2}(?:said|says|saying|told|tells|mentioned|reckons?|thinks?|asked|asking|wondering)\b(?: (?:me|us|that|if|to me)){0,2}/g

/** The question without what surely means another word; the same text when there is nothing to replace. */
export const inSureWords = (text: string): string => inOtherWords(text, fold(text), SURE_WORDS)

/** The question in words a document would use; the same text when there is nothing to say otherwise. */
export const inDocumentWords = (text: string): string =>
  inOtherWords(text, fold(text).replace(SAID_SOMEBODY, ' '), DOCUMENT_WORDS)

function inOtherWords(text: string, folded: string, words: [RegExp, string][]): string {
  const read = words
    .reduce((read, [said, written]) => read.replace(said, written), folded)
    .replace(/\s+/g, ' ')
    .trim()
  return read === fold(text) ? text : read
}

/** Shorter messages are one question as they stand. */
const LONG_MESSAGE_WORDS_MIN = 12
const CLAUSES_MAX = 3
const CLAUSE_STEMS_MIN = 3
const CLAUSE_BREAK = /[.!?;,:–]|\b(?:and|but|because|since|anyway|so|as)\b/
const ASKS =
  /\b(?:how|what|where|when|which|who|why|is there|are there|do (?:we|i)|does|can (?:we|i)|should (?:we|i)|have (?:we|i))\b/

/** What is asked without who asked it, and the questions inside a long message, in their order. */
export function questionsWithin(text: string): string[] {
  const read = fold(text)
  const own = read.replace(SAID_SOMEBODY, ' ').replace(/\s+/g, ' ').trim()
  return [...(own === read || own === '' ? [] : [own]), ...clausesOf(own)]
}

function clausesOf(read: string): string[] {
  if (read.split(' ').length < LONG_MESSAGE_WORDS_MIN) return []
  return read
    .split(CLAUSE_BREAK)
    .flatMap((clause) => {
      const at = clause.search(ASKS)
      return at < 0 ? [] : [clause.slice(at).trim()]
    })
    .filter((clause) => contentStems(clause).length >= CLAUSE_STEMS_MIN)
    .slice(0, CLAUSES_MAX)
}
