// Decides what is a word, for the text that is indexed and for the question that is asked.

import { withoutMeasureWords } from '#src/retrieval/expected-units.ts'

/** A question longer than this is cut: it is pasted text, and its first part says what it is about. */
const QUESTION_CHARACTERS_MAX = 2_000
const QUESTION_WORDS_MAX = 64

/**
 * Question words, pronouns, auxiliaries and politeness beyond Postgres' own stop words. Words that name a thing in a
 * home's documents are not here, however common ("home", "set", "turn", "open", "off"): their frequency weighs them.
 */
const STOP_WORDS = new Set(
  `a about above across after again against all almost along already also although always am among an and another any
  anybody anyone anything anyway are aren't around as ask asked asking at away be became because become becomes been before
  being below beside besides between beyond both but by came can can't cannot come comes could couldn't did didn't do does
  doesn't doing don't done down during each either else enough etc even ever every everybody everyone everything explain
  far few find for from further gave get gets getting give given gives giving go goes going gone got had hadn't happen
  happened happens has hasn't have haven't having he he'd he'll he's hello help hence her here here's hers herself hey hi
  him himself his how how's however i i'd i'll i'm i've if in indeed inside instead into is isn't it it's its itself just
  keep kind kindly knew know known knows let let's like likely made make makes many may maybe me mean means meant might
  mine more most mostly much must mustn't my myself namely near need needed needs neither never next no nobody none nor
  not nothing now nowhere of often oh ok okay on once one ones only onto or other others otherwise ought our ours
  ourselves out over own per perhaps please possible possibly probably put quite rather really recommend recommended said
  same saw say says see seem seemed seems seen several shall shan't she she'd she'll she's should shouldn't show since so
  some somebody somehow someone something sometime sometimes soon still such suppose supposed sure take taken tell than thank thanks that
  that's the their theirs them themselves then there there's therefore these they they'd they'll they're they've thing
  things think this those though through throughout thus to together too took toward towards tried try trying under
  unless until up upon us use used useful uses using usually various very via want wanted wants was wasn't way we we'd
  we'll we're we've well went were weren't what what's whatever when when's whenever where where's whereas wherever whether
  which whichever while who who's whoever whole whom whose why why's will with within without won't wonder wondering would
  wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves`.split(/\s+/),
)

/** Postgres' parser takes `AUSD250/AUSI250` for a file path, `60-65` for 60 and minus 65, and `650mm` for one word. */
const SEPARATORS = /[/\\|_•·→←=+*~<>()[\]{}"“”„«»…]+/g
const NUMBER_RANGE = /(?<=\d)\s*[-–—]\s*(?=\d)/g
const UNIT =
  /(?<![\p{L}\d.,])(\d+(?:[.,]\d+)?)(mm|cm|m|m2|m²|m3|m³|km|kg|g|l|ml|lpm|kw|kwh|w|wh|kpa|mpa|pa|bar|psi|v|a|ma|hz|db|dba|°c|℃|c|k|min|mins|s|h|hr|hrs)(?![\p{L}\d])/giu
const APOSTROPHES = /[‘’ʼ`´]/g
const WORD = /[\p{L}\p{N}]+(?:['.,&-][\p{L}\p{N}]+)*/gu

/** What is given to `to_tsvector('english', …)`, for chunks and questions alike. */
export function searchableText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(APOSTROPHES, "'")
    .replace(SEPARATORS, ' ')
    .replace(NUMBER_RANGE, ' ')
    .replace(UNIT, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text a chunk is indexed under: its document's title and its heading name what the chunk itself may only call "it". */
export function indexedText(chunk: { title: string; heading: string | null; content: string }): string {
  const heading = chunk.heading !== null && !chunk.content.startsWith(chunk.heading) ? chunk.heading : ''
  return searchableText([chunk.title, heading, chunk.content].join('\n'))
}

/**
 * The words of a question that say what it is about, lower-cased, in order, each once. A question of nothing but stop
 * words keeps them all. Joined by spaces they are what Postgres turns into lexemes.
 */
export function questionWords(question: string): string[] {
  const given = question.slice(0, QUESTION_CHARACTERS_MAX).toWellFormed()
  const text = searchableText(withoutMeasureWords(given)).toLowerCase()
  const words = [...new Set(text.match(WORD) ?? [])]
  const telling = words.filter((word) => !STOP_WORDS.has(word) && !STOP_WORDS.has(word.replace(/'s$/, '')))
  return (telling.length > 0 ? telling : words).slice(0, QUESTION_WORDS_MAX)
}

/** Model numbers, error codes and measures: never corrected, and weighed double. */
export function hasDigit(term: string): boolean {
  return /\d/.test(term)
}
