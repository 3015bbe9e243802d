// Unpacks the few parts of a workbook that hold its cells, and stops at the first byte too many.
import { Unzip, UnzipInflate } from 'fflate'
import { ImportRefusal, UNPACKED_BYTES_MAX, ZIP_ENTRIES_MAX } from './limits.ts'

/** Packed bytes handed on at once: at the 1,032-fold that deflate can reach, 4 MB come out of them. */
const PACKED_BYTES_A_STEP = 4_096
const WANTED = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/

export type Parts = Map<string, Uint8Array>

/**
 * What an entry declares of its size is not believed: the bytes that come out are counted, so that a small file
 * that unpacks to gigabytes costs no more than one that is just too large.
 * @throws ImportRefusal `unreadable` or `too_complex`
 */
export function unpackWorkbook(bytes: Uint8Array): Parts {
  const pieces = new Map<string, Uint8Array[]>()
  let unpackedBytes = 0
  let entryCount = 0
  const unzip = new Unzip((entry) => {
    entryCount += 1
    if (entryCount > ZIP_ENTRIES_MAX) throw tooComplex()
    if (!WANTED.test(entry.name)) return
    if (pieces.has(entry.name)) throw unreadable()
    const kept: Uint8Array[] = []
    pieces.set(entry.name, kept)
    entry.ondata = (error, piece) => {
      // What this very function threw comes back to it once.
      if (error) throw error instanceof ImportRefusal ? error : unreadable(error)
      unpackedBytes += piece.byteLength
      if (unpackedBytes > UNPACKED_BYTES_MAX) throw tooComplex()
      kept.push(piece.slice())
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let start = 0; start < bytes.byteLength; start += PACKED_BYTES_A_STEP) {
      const end = Math.min(start + PACKED_BYTES_A_STEP, bytes.byteLength)
      unzip.push(bytes.subarray(start, end), end === bytes.byteLength)
    }
  } catch (error) {
    throw error instanceof ImportRefusal ? error : unreadable(error)
  }
  return new Map([...pieces].map(([name, parts]) => [name, new Uint8Array(Buffer.concat(parts))]))
}

const tooComplex = () =>
  new ImportRefusal(
    'too_complex',
    `The workbook unpacks to more than ${UNPACKED_BYTES_MAX / 1_000_000} MB. Copy the list of homes into a new workbook and upload that.`,
  )

const unreadable = (cause?: unknown) =>
  new ImportRefusal(
    'unreadable',
    'The workbook is damaged and cannot be opened. Save it again as .xlsx, or as CSV.',
    { cause },
  )
