// A question is text of a stranger: no pattern that reads it may take more steps than the text has letters, by much.
import { describe, expect, test } from 'bun:test'
import { understand } from '#src/answers/conversation.ts'
import { answerFromFacts } from '#src/answers/facts.ts'
import { languageOf } from '#src/answers/language.ts'
import { placeCategoryOf } from '#src/answers/place-categories.ts'
import { refusalOf } from '#src/answers/privacy.ts'
import type { Turn } from '#src/answers/question.ts'
import { hazardOf } from '#src/answers/safety.ts'
import { meaningOf } from '#src/answers/same-question.ts'
import { fold } from '#src/answers/wording.ts'
import { ambiguousRepeats } from '../support/regex-ambiguity.ts'
import { regexesOf } from '../support/regex-literals.ts'
import { sources as sourceFiles } from '../support/source.ts'
import { ask, FACTS, HOME, turnOf } from './estate.ts'

describe('the detector of ambiguous repetitions', () => {
  test.each([
    ['(?:him a |him |a )*x', '(?:him a |him |a )*'],
    ['(?:(?:no|thanks|no thanks)[ ,]*)+$', '(?:(?:no|thanks|no thanks)[ ,]*)+'],
    ['(?:a*)*', '(?:a*)*'],
    ['(?:a+)+$', '(?:a+)+'],
    ['(?:\\w+ ?)+$', '(?:\\w+ ?)+'],
    ['(?=(?:a|a)+)x', '(?:a|a)+'],
    ['(?:a{1,2}b?)+', '(?:a{1,2}b?)+'],
    ['(?:a{0,9})+', '(?:a{0,9})+'],
  ])('finds %p', (source, repeat) => {
    expect(ambiguousRepeats(source, '')).toEqual([repeat])
  })

  test.each(['(?:him |a )*x', '(?:ab|ac)+', '(?:\\w+ )+$', '(?:-[a-z0-9]+)*', '(?:a|a){0,4}', '[ab]*'])(
    'passes %p',
    (source) => {
      expect(ambiguousRepeats(source, '')).toEqual([])
    },
  )

  test('finds the patterns of a source, and nothing in comments, strings and divisions', () => {
    const text =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a source that is read here.
      "const A = /a[/]\\/b/gu // /no/\nconst b = 4 / 2 / 1\nf('/no/', new RegExp(`x${A.source}\\\\d`))"
    expect(regexesOf(text)).toEqual([
      { line: 1, source: 'a[/]\\/b', flags: 'gu' },
      { line: 3, source: 'x\u0001\\d', flags: '' },
    ])
  })
})

test('no repeated group of a pattern can match the same text in two ways', () => {
  const patterns = sourceFiles()
    .filter(({ path }) => path.startsWith('src/answers/'))
    .flatMap(({ path, text }) => regexesOf(text).map((found) => ({ path, ...found })))
  expect(patterns.length).toBeGreaterThan(200)
  const ambiguous = patterns.flatMap(({ path, line, source, flags }) =>
    ambiguousRepeats(source, flags).map((repeat) => `${path}:${line} ${repeat}`),
  )
  expect(ambiguous).toEqual([])
})

const pumped: [string, string, string][] = [
  ['he had ', 'him a ', 'x'],
  ['the gas ', 'pipe was ', 'x'],
  ['', 'please do ', 'x'],
  ['', 'no thanks ', 'x'],
  ['', 'yes please ', 'x'],
  ['', 'a small ', ''],
  ['have ', 'a ', ''],
  ['had ', 'my a ', ''],
  ['house ', 'number ', ''],
  ['', 'error number 5 ', ''],
  ['values ', 'of ', ''],
  ['write ', 'me ', ''],
  ['', 'chirp ', ''],
  ['', 'Áine Ní Bhroin Ó Mac De ', ''],
  ['', '\ufdfa', ''],
]
const PUMPED_CHARACTERS = 1_990
/** An exponential pattern would not end in this universe, a quadratic one takes a few milliseconds. */
const PUMPED_MS_MAX = 5_000

describe('a text that repeats what a pattern repeats is read to its end', () => {
  test.each(pumped)(
    '%p %p %p',
    async (before, pump, after) => {
      const text =
        `${before}${pump.repeat(PUMPED_CHARACTERS / pump.length)}`.slice(0, PUMPED_CHARACTERS) + after
      const refused: Turn = turnOf('Who lives next door?', await ask('Who lives next door?'))
      expect(fold(text).length).toBeLessThanOrEqual(2 * 2_000)
      hazardOf(text)
      refusalOf(text, HOME)
      placeCategoryOf(fold(text))
      languageOf(text)
      meaningOf(text)
      answerFromFacts(text, HOME, FACTS)
      understand({ text, home: HOME, history: [refused], requestId: 'r' })
      expect((await ask(text, { history: [refused] })).text).not.toBe('')
    },
    PUMPED_MS_MAX,
  )
})

test('a short answer in two words is still understood', () => {
  const offered: Turn = {
    question: 'Is there a bus?',
    answer: 'Shall I ask the builder?',
    stage: 'gap',
    offer: { kind: 'ask_builder', question: 'Is there a bus?' },
  }
  const read = (text: string) => understand({ text, home: HOME, history: [offered], requestId: 'r' }).kind
  for (const text of ['Please do', 'yes, please do so', 'Do it', 'yes please'])
    expect(read(text)).toBe('offer')
  for (const text of ['No thanks', 'no, thank you', 'nope']) expect(read(text)).toBe('declined')
})
