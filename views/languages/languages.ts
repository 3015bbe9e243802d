// The languages that the app knows of, and how far each has come.
import { type Catalogue, ENGLISH } from '#views/languages/english.ts'

export type Language = {
  code: string
  /** In the language itself. */
  name: string
  messages: Catalogue
  /**
   * Read over by somebody who speaks it, and whole. Until then a page stays English, says so, and marks the few words
   * that are translated already.
   */
  isReviewed: boolean
}

/** Words for finding one's way only, from dictionaries, not yet reviewed. */
const UNREVIEWED: [code: string, name: string, words: Catalogue][] = [
  [
    'ga',
    'Gaeilge',
    { tab_chat: 'Comhrá', tab_home: 'Baile', tab_documents: 'Doiciméid', tab_map: 'Léarscáil' },
  ],
  ['pl', 'Polski', { tab_chat: 'Czat', tab_home: 'Dom', tab_documents: 'Dokumenty', tab_map: 'Mapa' }],
  ['es', 'Español', { tab_chat: 'Chat', tab_home: 'Hogar', tab_documents: 'Documentos', tab_map: 'Mapa' }],
  ['ro', 'Română', { tab_chat: 'Chat', tab_home: 'Acasă', tab_documents: 'Documente', tab_map: 'Hartă' }],
]

export const LANGUAGES: readonly Language[] = [
  { code: 'en', name: 'English', messages: ENGLISH, isReviewed: true },
  ...UNREVIEWED.map(([code, name, messages]) => ({ code, name, messages, isReviewed: false })),
]

export const isLanguage = (code: string): boolean => LANGUAGES.some((language) => language.code === code)

const PREFERENCES_READ_MAX = 20

/** The first reviewed language that a browser asks for (RFC 9110, 12.5.4); null when English serves. */
export function acceptedLanguage(
  header: string | null,
  languages: readonly Language[] = LANGUAGES,
): string | null {
  const asked = (header ?? '')
    .split(',', PREFERENCES_READ_MAX)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((each) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1]).find(Boolean)
      return { code: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  const found = asked
    .map(({ code }) => languages.find((language) => language.isReviewed && language.code === code))
    .find(Boolean)
  return found && found.code !== 'en' ? found.code : null
}
