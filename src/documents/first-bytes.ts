// Tells from the first bytes whether an upload can be a PDF at all.

const PDF_SIGNATURE = new TextEncoder().encode('%PDF-')

/**
 * `null` means "go on". The signature must stand at byte 0: PDF readers also accept it further down, and that is
 * exactly what files that are HTML to a browser and PDF to a reader live on.
 */
export function refusalOfFirstBytes(bytes: Uint8Array): 'file_empty' | 'type_mismatch' | null {
  if (bytes.length === 0) return 'file_empty'
  return PDF_SIGNATURE.every((byte, index) => bytes[index] === byte) ? null : 'type_mismatch'
}
