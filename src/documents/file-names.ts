// File names as people send them: shown, never used as paths.

const NAME_CHARS_MAX = 180
/** Controls, direction overrides and zero-width characters: names that look like other names. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to remove them.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

/** A name fit to be shown: last path part, no invisible characters, bounded, never empty. */
export function printableName(sent: string, fallback: string): string {
  const base = sent.normalize('NFC').toWellFormed().replace(INVISIBLE, '').split(/[\\/]/).at(-1)?.trim() ?? ''
  return base.replace(/^\.+/, '').slice(0, NAME_CHARS_MAX).trim() || fallback
}

/** The same for a PDF, whatever ending it was sent with; fit for a header as well. */
export function displayName(sent: string): string {
  const stem = printableName(sent.replace(/\.pdf$/i, ''), '')
  return stem ? `${stem}.pdf` : 'document.pdf'
}

/** `Content-Disposition` by RFC 6266: an ASCII name for old clients, the real one beside it. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const shown = displayName(name)
  const ascii = shown
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%;]/g, '_')
    .trim()
    // Nothing but the ending is left of a name in another script.
    .replace(/^\.(?=[A-Za-z0-9]+$)/, 'document.')
  const encoded = encodeURIComponent(shown).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
