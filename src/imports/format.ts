// What a file is, told by its bytes: its name and its declared type are only what somebody says.

export type Format = 'csv' | 'xlsx' | 'old_excel' | 'other'

const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]
const LOOKED_AT = 4_096

export function formatOf(bytes: Uint8Array): Format {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'xlsx'
  // A workbook of before 2007, or a newer one that asks for a password.
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'old_excel'
  if (UTF16_MARKS.some((mark) => starts(...mark))) return 'csv'
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'other'
  return bytes.subarray(0, LOOKED_AT).includes(0) ? 'other' : 'csv'
}
