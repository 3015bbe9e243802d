// Judges whether the text of a page is language, or the debris of a scan or a broken font table.

/** Fewer letters and digits than this are no text: a stamp of a scanner, a page number. */
const PAGE_CHARACTERS_MIN = 10
/** Private-use, unassigned and replacement characters: what a broken font table leaves. */
const DEBRIS = /[\uFFFD\p{Co}\p{Cn}\p{Cc}]/gu
const DEBRIS_SHARE_MAX = 0.15
/** Latin-script languages have 35–45 % vowels; shifted alphabets fall below this. */
const VOWEL_SHARE_MIN = 0.2
const VOWEL_SAMPLE_LETTERS_MIN = 400

export function isReadablePage(text: string): boolean {
  const characters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return characters >= PAGE_CHARACTERS_MIN && !isDebris(text)
}

/** True for text that no reader could read although it is made of characters. */
export function isDebris(text: string): boolean {
  const visible = text.replace(/\s/g, '').length
  if ((text.match(DEBRIS)?.length ?? 0) > visible * DEBRIS_SHARE_MAX) return true
  // Shorter ones are often units and abbreviations, which have no vowels.
  const words = (text.match(/[a-z]{4,}/gi) ?? []).join('')
  if (words.length < VOWEL_SAMPLE_LETTERS_MIN) return false
  return (words.match(/[aeiouy]/gi)?.length ?? 0) < words.length * VOWEL_SHARE_MIN
}
