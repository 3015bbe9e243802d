// How much of its room a builder uses, in one sentence: the portal and the console say the same.
import { formatBytes, formatList } from '#views/format.ts'

export type StorageView = {
  usedBytes: number
  parts: { documents: number; pictures: number; exports: number }
  bytesMax: number
}

const PARTS = {
  documents: 'by documents with all their versions',
  pictures: 'by pictures',
  exports: 'by lists and copies of people’s data',
} as const

/** What takes nothing is left out. */
export function storageWords({ usedBytes, parts, bytesMax }: StorageView): string {
  const taken = (['documents', 'pictures', 'exports'] as const).filter((part) => parts[part] > 0)
  const by = taken.map((part) => `${formatBytes(parts[part])} ${PARTS[part]}`)
  return `${formatBytes(usedBytes)} of ${formatBytes(bytesMax)} used${by.length > 0 ? `: ${formatList(by)}` : ''}.`
}
