// Reads a question as words: folding of case and accents, content words, stems and careful spelling correction.

import { distanceWithin } from '#src/edit-distance.ts'

const QUESTION_CHARACTERS_MAX = 2_000
/** Leaves room for the accents of every letter, which decomposing puts beside it. */
const FOLDED_CHARACTERS_MAX = 2 * QUESTION_CHARACTERS_MAX

/** "whats", "theres", "cant", "doesnt", as they are typed on a phone. */
const DROPPED_APOSTROPHE =
  /\b(?:(what|where|who|when|how|that|there)s|(ca|wo|do|does|did|is|are|was|were|could|would|should|has|have|had)nt)\b/g

/** Lower case, without accents, curly quotes or invisible characters; bounded in length. */
export function fold(text: string): string {
  return (
    text
      .slice(0, QUESTION_CHARACTERS_MAX)
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g, '')
      .normalize('NFKD')
      // One letter may decompose into eighteen (U+FDFA).
      .slice(0, FOLDED_CHARACTERS_MAX)
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/ł/g, 'l')
      .replace(/[ıì]/g, 'i')
      .replace(/[‘’ʼ`´]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[¿¡]/g, ' ')
      .replace(DROPPED_APOSTROPHE, (_, who: string, verb: string) => (who ? `${who}'s` : `${verb}n't`))
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/** Words of a text of any length; `fold` alone would cut a page at a question's length. */
export function wordsOf(text: string): string[] {
  if (text.length > QUESTION_CHARACTERS_MAX)
    return (text.match(/[\s\S]{1,1800}(?:\s|$)/g) ?? []).flatMap(wordsOf)
  return fold(text).match(/[\p{L}\p{N}]+(?:[.'-][\p{L}\p{N}]+)*/gu) ?? []
}

// Words that carry no topic in a buyer's question, "house" and "home" included: everything here is about a home.
const STOP_WORDS = new Set(
  `a about above after again all also am an and any anyone anything are aren't as at be because been being best
  but by can can't come comes could did didn't do does doesn't doing don't done each either else ever every for
  from further get gets getting give given go goes going got had has have having he hello help her here hey hi
  him his home house how i i'd i'll i'm i've if in into is isn't it it's its just kind know let like long made
  make makes many mean means meant meaning may me might mine more most much must my myself near need needs no not now of off ok okay on
  once one only or our ours out over own part please properly put quite really right said same say says see
  shall she should show so some something sort still such supposed take tell than thank thanks that that's the
  their them then there there's these they they're thing things this those through to too type under until up us
  use used using very want was we we're we've were what what's when when's where where's which while who who's
  whose why will with without won't would you your yours im ive id pls plz thx`.split(/\s+/),
)

/** Words that say the same in a home, by their stems. */
const SAME_STEM = new Map([
  ['turn', 'switch'],
  ['timer', 'time'],
  ['thickness', 'thick'],
  ['registr', 'register'],
  ['guarante', 'warranty'],
  ['guarant', 'warranty'],
  ['vent', 'ventil'],
  // Two words for one thing would count as two.
  ['carbon', 'monoxid'],
])

/** Light English stem: plural, verb and "-ation" endings only, so that words stay recognisable in logs. */
export function stem(word: string): string {
  const stemmed = endingless(word)
  return SAME_STEM.get(stemmed) ?? stemmed
}

function endingless(word: string): string {
  const plain = word.replace(/'s$/, '').replace(/'/g, '')
  if (plain.length < 4 || /\d/.test(plain)) return plain
  if (plain.endsWith('ies') && plain.length > 4) return `${plain.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(plain)) return plain.slice(0, -2)
  if (plain.endsWith('s') && !/(?:ss|us|is)$/.test(plain)) return endingless(plain.slice(0, -1))
  if (plain.endsWith('ation') && plain.length > 7) return plain.slice(0, -5)
  if (plain.endsWith('ing') && plain.length > 5) return rootOf(undouble(plain.slice(0, -3)))
  if (plain.endsWith('ed') && plain.length > 4) return rootOf(undouble(plain.slice(0, -2)))
  if (plain.endsWith('al') && plain.length > 7) return plain.slice(0, -2)
  if (plain.endsWith('e') && plain.length > 4) return rootOf(plain.slice(0, -1))
  return plain
}

/** "insulated" as "insulation", but not "heated" as "he". */
const rootOf = (stemmed: string): string =>
  /[^e]at$/.test(stemmed) && stemmed.length > 5 ? stemmed.slice(0, -2) : stemmed

function undouble(stemmed: string): string {
  if (/([bdgmnprt])\1$/.test(stemmed)) return stemmed.slice(0, -1)
  return stemmed.endsWith('e') && stemmed.length > 4 ? stemmed.slice(0, -1) : stemmed
}

/** Stems of the words that say what the question is about, in order and without repeats. */
export function contentStems(text: string): string[] {
  const stems = wordsOf(text)
    .filter((word) => !STOP_WORDS.has(word) && (word.length > 1 || /\d/.test(word)))
    .map(stem)
  return [...new Set(stems)]
}

const CORRECTABLE_LETTERS_MIN = 4
const ENTRY_LETTERS_MIN = 5
const TWO_ERRORS_LETTERS_MIN = 11

/**
 * Replaces words that are one letter (two in long words) away from a word of `vocabulary`. Words in `leaveAlone`
 * are ordinary English that happens to look like a hazard ("floor" is not "flood").
 */
export function correctTowards(
  text: string,
  vocabulary: readonly string[],
  leaveAlone: ReadonlySet<string>,
): string {
  const known = new Set(vocabulary)
  return fold(text).replace(/\p{L}{4,}/gu, (word) => {
    if (known.has(word) || leaveAlone.has(word) || word.length < CORRECTABLE_LETTERS_MIN) return word
    const match = vocabulary.find((entry) => {
      const limit = entry.length >= TWO_ERRORS_LETTERS_MIN ? 2 : 1
      return (
        entry[0] === word[0] &&
        entry.length >= ENTRY_LETTERS_MIN &&
        distanceWithin(word, entry, limit) !== null
      )
    })
    return match ?? word
  })
}

/** Sentences and table rows of a page's text, each still verbatim apart from joined line breaks. */
export function sentencesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const blocks: string[] = []
  let open = ''
  lines.forEach((line, index) => {
    if (line === '') {
      blocks.push(open)
      open = ''
      return
    }
    open = open === '' ? line : `${open} ${line}`
    if (endsBlock(line, lines[index + 1])) {
      blocks.push(open)
      open = ''
    }
  })
  blocks.push(open)
  return blocks
    .flatMap((block) => block.split(/(?<=[.!?])\s+(?=["'(]?[\p{Lu}\p{N}•–-])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 1)
}

// A short line before a capital is a heading or a table row; a long one is a wrapped sentence.
const WRAPPED_LINE_CHARACTERS_MIN = 45

function endsBlock(line: string, next: string | undefined): boolean {
  if (next === undefined || next === '' || /[.!?:;]$/.test(line)) return true
  if (/^(?:[•●▪–*-]|\d+[.)])\s/.test(next)) return true
  return line.length < WRAPPED_LINE_CHARACTERS_MIN && /^[\p{Lu}\p{N}]/u.test(next)
}
