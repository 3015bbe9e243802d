// The words for background work: what each kind does, how it stands, and why it failed.
import type { BadgeTone } from '#views/parts/card.tsx'

export type JobState =
  | 'available'
  | 'scheduled'
  | 'running'
  | 'retryable'
  | 'completed'
  | 'cancelled'
  | 'discarded'

const KIND: Record<string, string> = {
  'ingest-document': 'Reading a document',
  'geocode-unit': 'Finding a home on the map',
  'geocode-development': 'Finding a development on the map',
  'refresh-places': 'Fetching the places nearby',
  'sweep-places': 'Renewing places',
  'expire-impersonations': 'Ending impersonations',
  'sweep-reminders': 'Starting reminders',
  'remind-homes': 'Reminding homes of what is due',
  'prune-jobs': 'Clearing finished jobs',
  'reingest-document': 'Reading a document again',
  'reindex-development': 'Renewing the search index',
  'import-units': 'Importing homes',
  'replay-gaps': 'Asking again what was open',
  'run-golden': 'Asking the golden questions',
  'export-person': 'Preparing a copy of somebody’s data',
  'export-list': 'Writing a list to a file',
  'erase-person': 'Erasing somebody’s data',
  'transfer-home': 'Getting a home ready for its next owner',
  'mail-notice': 'Sending a notice by e-mail',
  'send-mail': 'Sending an e-mail',
  'deliver-webhook': 'Telling another program',
  'roll-up-analytics': 'Counting the days',
  'sweep-analytics': 'Ordering the day’s count',
  'purge-expired': 'Removing what was kept long enough',
  'verify-audit-chain': 'Checking the activity log',
  'evaluate-alerts': 'Judging the alert rules',
  'send-alert': 'Telling the operator',
}

/** A kind without words of its own is shown by its name, which is a verb and a noun anyway. */
export const kindWords = (kind: string): string => KIND[kind] ?? capitalised(kind.replaceAll('-', ' '))

export const STATE_WORDS: Record<JobState, string> = {
  available: 'Waiting',
  scheduled: 'Scheduled',
  running: 'Running',
  retryable: 'Trying again',
  completed: 'Done',
  cancelled: 'Cancelled',
  discarded: 'Failed',
}

export const STATE_TONE: Record<JobState, BadgeTone> = {
  available: 'plain',
  scheduled: 'plain',
  running: 'gold',
  retryable: 'warning',
  completed: 'success',
  cancelled: 'plain',
  discarded: 'error',
}

const OVER = new Set<JobState>(['completed', 'cancelled', 'discarded'])
export const isOver = (state: JobState): boolean => OVER.has(state)
export const canRetry = (state: JobState): boolean =>
  state === 'cancelled' || state === 'discarded' || state === 'retryable' || state === 'scheduled'
export const canCancel = (state: JobState): boolean => !isOver(state)
export const canDiscard = (state: JobState): boolean => !isOver(state) && state !== 'running'

const FAILURE: Record<string, string> = {
  unexpected: 'Something went wrong on our side. It has been recorded.',
  payload_invalid: 'The order for this work could not be read. It has been recorded.',
  timed_out: 'It took too long and was stopped.',
  worker_crashed: 'The process that did it broke down.',
  worker_lost: 'The process that did it disappeared.',
  cancelled_on_request: 'It was cancelled.',
  discarded_by_operator: 'OpenHouse gave it up by hand.',
  database_unavailable: 'The database could not be reached.',
  deleted: 'What it was about had been deleted.',
  file_empty: 'The file is empty.',
  type_mismatch: 'The file is not a PDF, whatever its name says.',
  unreadable: 'The PDF is damaged and cannot be opened.',
  password_protected: 'The PDF asks for a password.',
  needs_ocr: 'The PDF is a scan without text.',
  too_complex: 'Reading the PDF took too much time or memory.',
  too_many_pages: 'The PDF has too many pages.',
  storage_full: 'There is no room left for the file. Ask OpenHouse for more.',
  storage_lost: 'The stored file is gone. Upload it again.',
  storage_unavailable: 'The file store could not be reached.',
  embedding_unavailable: 'The language model could not be reached.',
  ingestion_failed: 'The same file was uploaded again and took its place.',
  geocode_not_set_up: 'No geocoder is set up on this server.',
  geocode_no_match: 'The address was not found.',
  geocode_limited: 'The geocoder asked us to wait.',
  geocode_denied: 'The geocoder refused the request: its key needs attention.',
  geocode_unavailable: 'The geocoder could not be reached.',
  geocode_bad_response: 'The geocoder answered nonsense.',
  geocode_given_up: 'The geocoder failed too often for this address.',
  golden_dropped:
    'Fewer golden questions are answered as expected with the new index. Answers use the old one until somebody decides.',
  vectors_rejected: 'The new index was decided against. Answers use the old one.',
  embeddings_not_set_up: 'No language model is set up on this server.',
  retired: 'The answer had been taken back.',
  mail_not_set_up: 'No mail server is set up.',
  mail_unavailable: 'The mail server could not be reached.',
  mail_deferred: 'The mail server asked us to come back later.',
  mail_denied: 'The mail server did not let us in: its password needs attention.',
  mail_rejected: 'The mail server refused the e-mail or its address.',
  mail_uncertain: 'The e-mail may have been sent; it is not sent again by itself.',
  alert_not_set_up: 'Nobody is set up to be told.',
  alert_not_delivered: 'The operator could not be told that way.',
  webhook_unreachable: 'The address could not be reached.',
  webhook_timed_out: 'The address took too long to answer.',
  webhook_refused: 'The address answered with an error.',
  webhook_redirected: 'The address sends us elsewhere, which is not followed.',
  webhook_address_private: 'The address lies inside a private network.',
  webhook_disabled: 'The webhook was switched off.',
  places_not_set_up: 'No source of nearby places is set up on this server.',
  places_no_position: 'The development has no position yet.',
  places_limited: 'The source of places asked us to wait.',
  places_denied: 'The source of places refused the request: its key needs attention.',
  places_unavailable: 'The source of places could not be reached.',
  places_bad_response: 'The source of places answered nonsense.',
}

/** One sentence for each way that work can fail; a test holds the list to the codes of all kinds. */
export const failureSentence = (code: string): string =>
  FAILURE[code] ?? 'It failed. The code says more to OpenHouse.'

export const hasSentence = (code: string): boolean => code in FAILURE

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
