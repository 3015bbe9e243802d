// Turns characters of a PDF into text that Postgres stores and people read.

/** Control and format characters without a width, which PDFs use for layout, and bidirectional overrides. */
const INVISIBLE = /[\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu
const SPACES = /[\t\n\r\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000 ]+/g
const LIGATURES = /[\uFB00-\uFB06]/g

/** One line of clean text: NFC, ligatures spelled out, no NUL, no lone surrogate (Postgres rejects both), single spaces. */
export function cleanText(raw: string): string {
  return raw
    .toWellFormed()
    .replace(LIGATURES, (ligature) => ligature.normalize('NFKC'))
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .trim()
}
