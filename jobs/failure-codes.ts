// What work can fail with: the codes every job shares, and those that several kinds share.
import { geocodeCodes as codesOfGeocoder } from '#src/clients/geocoder.ts'

/** Codes any job may end with; kinds add their own. */
export const COMMON_CODES = [
  'unexpected',
  'payload_invalid',
  'timed_out',
  'worker_crashed',
  'worker_lost',
  'cancelled_on_request',
  'discarded_by_operator',
  'database_unavailable',
] as const

export const geocodeCodes = [...codesOfGeocoder, 'deleted']

/** What is wrong with a file itself: no repetition cures it. */
export const fileCodes = [
  'file_empty',
  'type_mismatch',
  'unreadable',
  'password_protected',
  'needs_ocr',
  'too_complex',
  'too_many_pages',
  'storage_lost',
  'deleted',
]
