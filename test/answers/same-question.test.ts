// Which questions ask the same, which are alike, and which only share words.
import { describe, expect, test } from 'bun:test'
import { englishByGlossary } from '#src/answers/language.ts'
import {
  meaningOf,
  SAME_QUESTION_MIN,
  SIMILAR_QUESTION_MIN,
  sameWords,
  similarity,
} from '#src/answers/same-question.ts'

const near = (one: string, other: string) => similarity(meaningOf(one), meaningOf(other))

describe('the same question in other words', () => {
  test.each([
    ['When will the playground open?', 'What date is the playground opening?'],
    ['Can I paint the front door red?', 'Am I allowed to paint my front door?'],
    ['Can I put a satellite dish on the roof?', 'Are satellite dishes allowed?'],
    ['How much is the management fee?', 'What is the management fee?'],
    ['Which tree species stands by the eastern gate?', 'What species of tree is at the east gate?'],
  ])('%p is %p', (one, other) => {
    expect(near(one, other)).toBeGreaterThanOrEqual(SAME_QUESTION_MIN)
    expect(near(other, one)).toBe(near(one, other))
  })
})

describe('another question with the same words', () => {
  test.each([
    ['How do I turn the heating on?', 'How do I turn the heating off?'],
    ['When is the management fee due?', 'How much is the management fee?'],
    ['When will the playground open?', 'Where is the playground?'],
    ['When is phase 2 finished?', 'When is phase 3 finished?'],
    ['Why does the heating turn on at night?', 'Why does the heating not turn on at night?'],
    ['Where is the front tap?', 'Where is the back tap?'],
    ['What is E6?', 'What is E3?'],
    ['', ''],
    ['?', 'What?'],
  ])('%p is not %p', (one, other) => {
    expect(near(one, other)).toBe(0)
  })
})

test('one word in the place of another may be alike, never the same', () => {
  const one = 'Who do I contact about a broken kitchen tap?'
  const other = 'Who do I contact about a broken kitchen window?'
  expect(near(one, other)).toBeLessThan(SAME_QUESTION_MIN)
  expect(near(one, other)).toBeGreaterThanOrEqual(SIMILAR_QUESTION_MIN)
})

test('the same stemmed words in any order are the same words, fewer or more are not', () => {
  const words = (one: string, other: string) => sameWords(meaningOf(one), meaningOf(other))
  expect(words('How do I clean the filters?', 'How are filters cleaned?')).toBe(true)
  expect(words('How do I clean the filters?', 'How often do I clean the filters?')).toBe(false)
  expect(words('How do I clean the filters?', 'How do I clean the oven filters?')).toBe(false)
})

test('vectors bring together what words cannot, unless form or number differ', () => {
  const vector = new Float32Array([1, 0, 0])
  const close = new Float32Array([0.95, 0.31, 0])
  const one = meaningOf('Can I keep a dog?', vector)
  expect(similarity(one, meaningOf('Are pets allowed?', close))).toBe(SAME_QUESTION_MIN)
  expect(similarity(one, meaningOf('Can I keep 3 dogs?', close))).toBe(0)
  expect(similarity(one, meaningOf('Are pets allowed?', new Float32Array([1, 0])))).toBe(0)
})

test.each(['constructor', 'toString', '__proto__', 'Does the valueOf a home hasOwnProperty?'])(
  'the word %p is a word like any other',
  (question) => {
    for (const stem of meaningOf(question).stems) expect(stem).toBeString()
    for (const language of ['es', 'pl', 'fr'] as const)
      expect(englishByGlossary(question, language)).toBeString()
  },
)
