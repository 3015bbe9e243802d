// Limits that the extracting child process and its parent share.

export const PAGES_MAX = 2_000
/** Measured: a 449-page manual of 24.7 MB carries under 2 MB of text. */
export const TEXT_CHARACTERS_MAX = 20_000_000
export const PAGE_CHARACTERS_MAX = 1_000_000
export const PAGE_ITEMS_MAX = 200_000
/** One NDJSON line holds one page; JSON escapes may double its characters. */
export const LINE_CHARACTERS_MAX = 4_000_000
/**
 * The reader drops text outside the page without a word, so its work is the only sign of a bomb of drawing commands.
 * Measured: 0.1 s for the slowest page of the real manuals, 1 s for 20 MB of commands.
 */
export const PAGE_CPU_MS_MAX = 2_000
