// Says a sentence in a person's language, or in English where it has not been translated.

import type { Child } from '#views/jsx-runtime.ts'
import { ENGLISH, type Message, type MessageKey } from '#views/languages/english.ts'
import { LANGUAGES } from '#views/languages/languages.ts'

const ENGLISH_PAGE = 'en-IE'

export type Words = {
  /** Of the whole page, for `<html lang>`: English until a language is reviewed and complete. */
  pageLanguage: string
  /** For titles and attributes, which cannot say that they are in another language than the page. */
  text(key: MessageKey, values?: Record<string, string | number>): string
  /** For what is read: a sentence in another language than the page's is marked as such. */
  say(key: MessageKey, values?: Record<string, Child>): Child
}

/** An unknown language, or none, is English. */
export function wordsOf(code: string | null | undefined, languages = LANGUAGES): Words {
  const chosen = languages.find((language) => language.code === code)
  const pageLanguage = !chosen?.isReviewed || chosen.code === 'en' ? ENGLISH_PAGE : chosen.code
  const isWhole = pageLanguage !== ENGLISH_PAGE
  return {
    pageLanguage,
    text: (key, values = {}) => {
      const own = isWhole ? chosen?.messages[key] : undefined
      return pieces(own ?? ENGLISH[key], own ? pageLanguage : ENGLISH_PAGE, values).join('')
    },
    say: (key, values = {}) => {
      const own = chosen?.messages[key]
      const language = own && chosen ? chosen.code : 'en'
      const said = pieces<Child>(own ?? ENGLISH[key], language, values)
      return pageLanguage.startsWith(language) ? said : <span lang={language}>{said}</span>
    },
  }
}

/** The sentence cut at its values, so that these may be elements. */
function pieces<T>(message: Message, language: string, values: Record<string, T>): (T | string)[] {
  const sentence = typeof message === 'string' ? message : formOf(message, language, Number(values.count))
  return sentence
    .split(/\{(\w+)\}/)
    .map((piece, i) => (i % 2 === 0 ? piece : (values[piece] ?? '')))
    .filter((piece) => piece !== '')
}

const formOf = (message: Exclude<Message, string>, language: string, count: number): string =>
  message[new Intl.PluralRules(language).select(count)] ?? message.other ?? ''
