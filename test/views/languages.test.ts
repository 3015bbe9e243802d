// Languages of the app: English is whole, others may be partial, and nobody ever reads a key or an empty place.
import { expect, test } from 'bun:test'
import { ENGLISH, type Message, type MessageKey } from '#views/languages/english.ts'
import { acceptedLanguage, isLanguage, LANGUAGES, type Language } from '#views/languages/languages.ts'
import { wordsOf } from '#views/languages/words.tsx'
import { ChatPage } from '#views/purchaser/chat.tsx'
import { shell } from './invented.ts'

const keys = Object.keys(ENGLISH) as MessageKey[]
const formsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message))
const placesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
/** As if somebody had translated and reviewed everything: Polish has four plural forms. */
const reviewed: Language = {
  code: 'pl',
  name: 'Polski',
  isReviewed: true,
  messages: Object.fromEntries(
    keys.map((key) => [
      key,
      key === 'unread_notices'
        ? { one: '{count} P1', few: '{count} P2', many: '{count} P5', other: '{count} P' }
        : `P ${formsOf(ENGLISH[key]).at(-1)}`,
    ]),
  ),
}

test('every key has its sentence in English, in both forms where it counts something', () => {
  for (const key of keys) {
    const message: Message = ENGLISH[key]
    for (const sentence of formsOf(message)) expect(sentence.trim(), key).not.toBe('')
    if (typeof message !== 'string') expect(Object.keys(message).sort(), key).toEqual(['one', 'other'])
  }
})

test.each(LANGUAGES.map((language) => [language.code, language] as const))(
  '%s has no key that English lacks, no other places in a sentence, and is whole once it is reviewed',
  (code, { messages, isReviewed }) => {
    for (const [key, message] of Object.entries(messages)) {
      expect(keys as string[]).toContain(key)
      const places = placesOf(formsOf(ENGLISH[key as MessageKey]).at(-1)!)
      expect(placesOf(formsOf(message).at(-1)!)).toEqual(places)
      if (typeof message === 'string') continue
      const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
      expect(Object.keys(message).sort()).toEqual([...pluralCategories].sort())
    }
    if (isReviewed) expect(Object.keys(messages).sort()).toEqual([...keys].sort())
  },
)

test.each([null, undefined, '', 'xx', 'en', 'constructor'])('%p speaks English', (code) => {
  const { pageLanguage, text } = wordsOf(code)
  expect([pageLanguage, text('tab_documents')]).toEqual(['en-IE', 'Documents'])
  expect(text('new_answers', { count: 1 })).toBe('A new answer for you')
  expect(text('new_answers', { count: 3 })).toBe('New answers for you')
})

test('a language with some words marks these, and the page stays English', () => {
  const { markup } = ChatPage({ ...chat, shell: { ...shell, language: 'ga' } })
  expect(markup).toContain('<html lang="en-IE">')
  expect(markup).toContain('<span lang="ga">Léarscáil</span>')
  expect(markup).toContain('aria-label="Sections"')
  expect(markup).not.toMatch(/undefined|\{\w+\}/)
})

test('a reviewed language speaks on the whole page, with its own plural forms', () => {
  const words = wordsOf('pl', [...LANGUAGES.filter(({ code }) => code !== 'pl'), reviewed])
  expect(words.pageLanguage).toBe('pl')
  expect(words.text('sections')).toBe('P Sections')
  const unread = (count: number) => words.text('unread_notices', { count })
  expect([1, 2, 5, 22, 25].map(unread)).toEqual(['1 P1', '2 P2', '5 P5', '22 P2', '25 P5'])
})

test.each([
  ['pl', 'pl'],
  ['pl-PL,en;q=0.5', 'pl'],
  ['en-GB,pl;q=0.8', null],
  ['de, pl;q=0.4', 'pl'],
  ['pl;q=0', null],
  ['ga, *;q=0.1', null],
  ['', null],
  [null, null],
])('a browser that asks for %p is spoken to in %p', (header, expected) => {
  expect(acceptedLanguage(header, [...LANGUAGES.filter(({ code }) => code !== 'pl'), reviewed])).toBe(
    expected,
  )
})

test('a header that is nonsense and long is English', () => {
  expect(acceptedLanguage(',;;q=,'.repeat(5_000))).toBeNull()
})

test('no language that is not reviewed is chosen for somebody', () => {
  for (const { code, isReviewed } of LANGUAGES) if (!isReviewed) expect(acceptedLanguage(code)).toBeNull()
  expect([isLanguage('ga'), isLanguage('tlh')]).toEqual([true, false])
})

const chat = {
  ...{ shell, greetingName: 'Áine', suggestions: ['What heating do I have?'], conversationId: null },
  latest: { title: 'Bins', url: '/conversations/c1' },
  ...{ newAnswers: [{ question: 'Q', url: '/x' }], messages: [], requestKey: 'k' },
}
