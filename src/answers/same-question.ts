// Decides whether two questions ask the same: by their stemmed words and, where a model is set up, by their vectors.
import { LRUCache } from 'lru-cache'
import { contentStems, fold, wordsOf } from '#src/answers/wording.ts'

/** A staff answer is given for another wording only when the questions are nearly the same. */
export const SAME_QUESTION_MIN = 0.75
/** Questions that staff would answer in one go, and whose answer is shown as one to a similar question. */
export const SIMILAR_QUESTION_MIN = 0.6
/** Cosines of `text-embedding-3-small` that stand for the two limits above; unrelated questions lie below .6. */
export const SAME_COSINE_MIN = 0.84
export const SIMILAR_COSINE_MIN = 0.74

/** What comparing needs of a question; made once, compared often. */
export type Meaning = {
  stems: ReadonlySet<string>
  digits: string
  form: Form
  opposites: ReadonlySet<string>
  isNegated: boolean
  /** Null without a model. Only vectors of one model are compared. */
  vector: Float32Array | null
}

type Form = 'when' | 'where' | 'who' | 'why' | 'how' | 'how_much' | 'how_often' | 'yes_no' | 'what'

type Words = Omit<Meaning, 'vector'>

/** The same stored questions are compared with every one that is asked; reading one takes 60 µs. */
const QUESTIONS_READ_MAX = 5_000
/** Bounds how long an erased person's words may stay in a worker thread, which hears no notifications. */
const KEPT_MS = 86_400_000
const readings = new LRUCache<string, Words>({ max: QUESTIONS_READ_MAX, ttl: KEPT_MS })

export const forgetReadings = (): void => readings.clear()

export function meaningOf(question: string, vector: Float32Array | null = null): Meaning {
  const known = readings.get(question)
  const words = known ?? readWords(question)
  if (known === undefined) readings.set(question, words)
  return { ...words, vector }
}

function readWords(question: string): Words {
  const read = fold(question)
  const words = wordsOf(read)
  const form = formOf(read)
  const subjects = contentStems(read).filter((word) => !PERMISSION.has(word))
  const isMoment = (word: string) => form === 'when' && MOMENT.has(word)
  return {
    stems: new Set(subjects.filter((word) => !isMoment(word)).map((word) => word.replace(DERIVED, ''))),
    digits: words.filter((word) => /\d/.test(word)).join(' '),
    form,
    isNegated: NEGATION.test(read),
    opposites: new Set(words.filter((word) => OPPOSITES.some((pair) => pair.includes(word)))),
  }
}

export type Likeness = { lexical: number; cosine: number }

/** 0 for questions that share words but want another answer: another form or number, a "not", an opposite. */
export function likeness(a: Meaning, b: Meaning): Likeness {
  const isOther = a.digits !== b.digits || a.isNegated !== b.isNegated || contradict(a, b)
  const factor = isOther ? 0 : formFactor(a.form, b.form)
  if (factor === 0) return { lexical: 0, cosine: 0 }
  return { lexical: factor * overlap(a.stems, b.stems), cosine: factor * cosineOf(a.vector, b.vector) }
}

/** On the lexical scale: a cosine that reaches a limit counts as reaching that limit. */
export function similarity(a: Meaning, b: Meaning): number {
  const { lexical, cosine } = likeness(a, b)
  if (cosine >= SAME_COSINE_MIN) return Math.max(lexical, SAME_QUESTION_MIN)
  return cosine >= SIMILAR_COSINE_MIN ? Math.max(lexical, SIMILAR_QUESTION_MIN) : lexical
}

/** The same stemmed words, whatever their order, asking for the same form of answer. */
export const sameWords = (a: Meaning, b: Meaning): boolean =>
  a.form === b.form && likeness(a, b).lexical === 1

/** A word more is a detail, but a word in the place of another ("tap", "window") is often another subject. */
const REPLACED_WORD = 0.9

/** Dice's coefficient of the words that carry the subject. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  const dice = (2 * shared) / (a.size + b.size)
  return shared < a.size && shared < b.size ? dice * REPLACED_WORD : dice
}

function cosineOf(a: Float32Array | null, b: Float32Array | null): number {
  if (a === null || b === null || a.length !== b.length) return 0
  let [dot, squaresA, squaresB] = [0, 0, 0]
  for (let index = 0; index < a.length; index++) {
    dot += a[index]! * b[index]!
    squaresA += a[index]! ** 2
    squaresB += b[index]! ** 2
  }
  return squaresA === 0 || squaresB === 0 ? 0 : dot / Math.sqrt(squaresA * squaresB)
}

// "May I", "am I allowed", "is it permitted" are one question; these stems say nothing of its subject.
const PERMISSION: ReadonlySet<string> = new Set(contentStems('allow allowed permit permitted permission ok'))

/** Name the form of the answer to "when", as "when" itself does. */
const MOMENT: ReadonlySet<string> = new Set(contentStems('time day date month year soon'))
/** Endings beyond the light stem, so that "eastern" is "east" and "payment" is "pay". */
const DERIVED = /(?<=\p{L}{3})(?:ern|ment|ness|ly)$/u

const FORMS: [Form, RegExp][] = [
  ['how_often', /\bhow (?:often|frequently|regularly|many times)\b/],
  [
    'how_much',
    /\bhow (?:much|many|big|large|long|wide|high|tall|deep|far|old)\b|\bwhat(?:'s| is| are)? the (?:cost|price|amount|number)\b/,
  ],
  ['when', /\bwhen\b|\bwhat (?:time|day|date|month|year)s?\b|\bhow soon\b/],
  ['where', /\bwhere(?:abouts)?\b|\bwhat (?:place|location)\b/],
  ['who', /\bwho(?:m|se|'s)?\b/],
  ['why', /\bwhy\b|\bhow come\b/],
  ['how', /\bhow\b/],
  [
    'yes_no',
    /^(?:and |but |so |please )?(?:is|are|am|was|were|do|does|did|has|have|can|could|may|might|must|should|will|would)\b/,
  ],
]

const formOf = (read: string): Form => FORMS.find(([, pattern]) => pattern.test(read))?.[0] ?? 'what'

/** "Where" and "when" of the same thing are two questions; "is there" and "where is" are near ones. */
const OTHER_FORM = 0.7
const WHAT_FORM = 0.9

function formFactor(a: Form, b: Form): number {
  if (a === b) return 1
  if (a === 'what' || b === 'what') return WHAT_FORM
  return a === 'yes_no' || b === 'yes_no' ? OTHER_FORM : 0
}

const NEGATION = /\b(?:not|no|never|cannot|without)\b|n't\b/

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['on', 'off'],
  ['open', 'close'],
  ['up', 'down'],
  ['upstairs', 'downstairs'],
  ['front', 'back'],
  ['front', 'rear'],
  ['hot', 'cold'],
  ['inside', 'outside'],
  ['indoor', 'outdoor'],
  ['before', 'after'],
  ['left', 'right'],
  ['with', 'without'],
  ['increase', 'decrease'],
  ['start', 'stop'],
  ['first', 'last'],
]

function contradict(a: Meaning, b: Meaning): boolean {
  const says = (meaning: Meaning, word: string, other: string) =>
    meaning.opposites.has(word) && !meaning.opposites.has(other)
  return OPPOSITES.some(
    ([one, other]) =>
      (says(a, one, other) && says(b, other, one)) || (says(a, other, one) && says(b, one, other)),
  )
}
