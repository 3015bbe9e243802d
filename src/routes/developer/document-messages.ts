// What a document's page says once after something was done to it.
import type { NoticeTone } from '#views/parts/notice.tsx'

const MESSAGES: Record<string, { tone: NoticeTone; text: string }> = {
  version: {
    tone: 'success',
    text: 'The new version is uploaded. Homes see the old one until it has been read.',
  },
  same_as_live: { tone: 'warning', text: 'This is the same file as the version that homes see already.' },
  same_as_earlier: {
    tone: 'warning',
    text: 'This is the same file as an earlier version. Use “Show to homes” beside that version to put it back.',
  },
  no_file: { tone: 'error', text: 'Nothing was uploaded. Choose a PDF file.' },
  file_empty: { tone: 'error', text: 'Nothing was uploaded: the file is empty.' },
  type_mismatch: {
    tone: 'error',
    text: 'Nothing was uploaded: the file is not a PDF, whatever its name says.',
  },
  too_large: { tone: 'error', text: 'Nothing was uploaded: the file is larger than is allowed.' },
  storage_full: {
    tone: 'error',
    text: 'Nothing was uploaded: there is no room left. The page of all documents says how much is used.',
  },
  refused: { tone: 'error', text: 'Nothing was uploaded: the file could not be taken.' },
  publication: { tone: 'success', text: 'Homes see the chosen version from now on, and answers use it.' },
  reingestion: {
    tone: 'success',
    text: 'The file is being read again. What was read before is used until that is done.',
  },
  expiry: { tone: 'success', text: 'Saved. It is said here and in the yearly renewal.' },
  deprecation: { tone: 'success', text: 'Homes do not see this document any more.' },
  must_read_begin: { tone: 'success', text: 'Every adult of the homes that see it is asked to read it.' },
  must_read_again: {
    tone: 'success',
    text: 'Everybody is asked to read the current version, also who had read an earlier one.',
  },
  must_read_end: { tone: 'success', text: 'Nobody has to read it any more. Who did stays on record.' },
  restoration: { tone: 'success', text: 'Homes see this document again.' },
}

export const doneMessage = (done: string | undefined) =>
  done && Object.hasOwn(MESSAGES, done) ? MESSAGES[done] : undefined

/** The word for a file that was refused with this code. */
export const refusalDone = (code: string): string => (Object.hasOwn(MESSAGES, code) ? code : 'refused')
