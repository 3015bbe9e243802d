// Tells a PDF whose end is missing from one that is whole.

/** Some producers and servers add padding or a line of their own after the end mark. */
const TAIL_BYTES_MAX = 4_096

/**
 * A reader rebuilds the table of a cut file from what is left, silently without the pages that were lost. Every whole
 * PDF ends in `startxref … %%EOF`; without either near the end the upload broke off.
 */
export function isCutShort(bytes: Uint8Array): boolean {
  let end = bytes.length
  while (end > 0 && bytes[end - 1]! <= 0x20) end -= 1
  const tail = new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, end - TAIL_BYTES_MAX), end))
  return !tail.includes('%%EOF') && !tail.includes('startxref')
}
