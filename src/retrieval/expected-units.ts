// Knows what a question for a quantity is answered with: a number and a unit of the kind that was asked for.

import { distanceWithin } from '#src/edit-distance.ts'

type Kind = { asked: RegExp; lexemes: readonly string[] }

const DURATION = ['year', 'month', 'week', 'day', 'hour', 'minut', 'min', 'h']
const LENGTH = ['mm', 'cm', 'm', 'm2', 'm²', 'metr']

/** Lexemes as Postgres' English dictionary gives them. A kind is asked for by its own name or by "how …". */
const KINDS: readonly Kind[] = [
  { asked: /\btemperatures?\b|\bhow (?:hot|cold|warm)\b/i, lexemes: ['c', '°c', '℃', 'degre'] },
  { asked: /\bpressures?\b/i, lexemes: ['bar', 'mpa', 'kpa', 'psi'] },
  {
    asked: /\bhow (?:long|soon|old|quickly|fast)\b|\bwarrant(?:y|ies)\b.*\b(?:last|run|end|expire)/i,
    lexemes: DURATION,
  },
  { asked: /\bhow (?:often|regularly|frequently)\b/i, lexemes: [...DURATION, 'annual', 'everi'] },
  {
    asked: /\bhow (?:big|large|wide|high|tall|deep|far|thick)\b|\b(?:dimensions?|measurements?)\b/i,
    lexemes: LENGTH,
  },
  { asked: /\bhow heavy\b|\bweigh(?:s|t)?\b/i, lexemes: ['kg', 'g'] },
  { asked: /\bhow (?:loud|noisy)\b|\bnoise levels?\b/i, lexemes: ['db', 'dba'] },
  { asked: /\b(?:capacity|volume)\b|\bhow many lit(?:re|er)s\b/i, lexemes: ['litr', 'l', 'm3', 'm³'] },
]

/** "How long" asks for a duration: "long" itself is no word of the answer. */
const MEASURE_QUESTION =
  /\bhow (?:long|soon|old|quickly|fast|often|regularly|frequently|big|large|wide|high|tall|deep|far|thick|heavy|loud|noisy)\b/gi

/** Names long enough that a word one letter off can be nothing else. */
const NAMES = [
  'temperature',
  'temperatures',
  'pressure',
  'pressures',
  'dimensions',
  'measurements',
  'warranty',
  'capacity',
]
const LONG_WORD = /[a-z]{6,}/gi

const withoutTypos = (question: string): string =>
  question.replace(
    LONG_WORD,
    (word) => NAMES.find((name) => distanceWithin(word.toLowerCase(), name, 1) === 1) ?? word,
  )

/** Lexemes of the units in one of which the answer is likely given; empty when no quantity is asked for. */
export function expectedUnits(question: string): string[] {
  const read = withoutTypos(question)
  return [...new Set(KINDS.filter(({ asked }) => asked.test(read)).flatMap(({ lexemes }) => lexemes))]
}

export function withoutMeasureWords(question: string): string {
  return question.replace(MEASURE_QUESTION, ' ')
}
