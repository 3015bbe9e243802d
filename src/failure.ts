// Expected failures: a code of a closed set, thrown by the rules and mapped once, in `src/http/errors.ts`.

/** Every code with its HTTP status and the sentence a person reads. `docs/api.md` lists them; a test compares. */
export const failures = {
  bad_request: [400, 'The request could not be read.'],
  not_signed_in: [401, 'Please sign in to continue.'],
  invalid_api_key: [401, 'The API key is missing, unknown or revoked.'],
  wrong_credentials: [401, 'The e-mail address or the password is not right.'],
  wrong_second_factor: [401, 'That code is not right, or was used already. Wait for the next one.'],
  wrong_access_code: [
    401,
    'That access code is not right for this home. Check the card in your handover pack.',
  ],
  scope_missing: [403, 'This API key does not have the scope that this needs.'],
  origin_not_allowed: [403, 'Pages of this site may not call with this API key.'],
  cross_site_request: [
    403,
    'This request came from another site and was refused. Open the page again and retry.',
  ],
  contract_only: [403, 'Only those who are named on the contract can hand over the home.'],
  must_read_first: [403, 'Your builder asks you to read something before you go on.'],
  read_only: [403, 'This can only be viewed, not changed, at the moment.'],
  not_found: [404, 'We could not find that page.'],
  method_not_allowed: [405, 'This address does not accept that kind of request.'],
  conflict: [409, 'This was changed by somebody else in the meantime. Reload and try again.'],
  import_not_waiting: [409, 'This import is not waiting to be confirmed.'],
  job_not_retryable: [409, 'Only work that failed, was cancelled or waits can be run again.'],
  job_already_queued: [409, 'The same work is already waiting or running.'],
  set_up_over: [409, 'Somebody has moved in here: setting up is over, and the builder does the rest.'],
  impersonation_running: [409, 'You are looking as somebody already. Stop that first.'],
  job_not_stoppable: [
    409,
    'This work gives somebody what is theirs of their data. It cannot be stopped here.',
  ],
  job_is_over: [409, 'This work is over already.'],
  job_is_running: [409, 'This work is running. Cancel it instead.'],
  repair_not_undoable: [
    409,
    'This was taken back already, or the homes were changed since, so that it can no longer be undone.',
  ],
  transfer_open: [409, 'This home is being handed over already. Open the page again to see where it stands.'],
  transfer_over: [
    409,
    'This handover is over: it was confirmed by both, withdrawn, or ran out. Open the page again to see where it stands.',
  ],
  places_not_set_up: [409, 'No source of nearby places is set up on this server.'],
  version_not_ready: [409, 'This version is not ready, so it cannot be shown to homes.'],
  duplicate_document: [409, 'The same file is already here as another document for the same homes.'],
  embeddings_not_set_up: [
    409,
    'No language model is set up on this server, so there is nothing to re-index.',
  ],
  development_exists: [409, 'There is a development of this name already.'],
  house_type_exists: [409, 'This development has a house type of this code already.'],
  idempotency_mismatch: [409, 'This idempotency key was used for another request. Use a new one.'],
  idempotency_in_progress: [409, 'The first request with this idempotency key is not over yet.'],
  too_many_webhooks: [409, 'There are as many webhooks as are allowed. Delete one first.'],
  webhook_disabled: [409, 'This webhook is switched off. Switch it on again first.'],
  precondition_failed: [412, 'This was changed since it was read. Read it again and decide anew.'],
  too_large: [413, 'The file is larger than is allowed.'],
  storage_full: [
    413,
    'There is no room left for this file. Ask OpenHouse for more, or delete what is not needed.',
  ],
  unsupported_type: [415, 'The content type is not one that is accepted here.'],
  type_mismatch: [415, 'The file is not a PDF, whatever its name says.'],
  not_a_photo: [415, 'The photo is not a JPEG, PNG or WebP picture that can be read.'],
  not_a_table: [415, 'The file is neither CSV nor an Excel workbook (.xlsx).'],
  unknown_host: [421, 'This server does not answer for that address.'],
  invalid: [422, 'Some of what was sent is not valid.'],
  file_empty: [422, 'The file is empty.'],
  old_workbook: [
    422,
    'The workbook is in the format of before 2007, or asks for a password. Save it as .xlsx without one.',
  ],
  unknown_house_type: [422, 'One of the house types does not exist in this development.'],
  upload_incomplete: [400, 'The upload ended before the whole file had arrived.'],
  too_many_requests: [429, 'That was a little too fast. Please wait a moment and try again.'],
  too_many_photos: [
    429,
    'This home has sent as many photos in a day as are kept. Please wait with the next.',
  ],
  challenge_needed: [429, 'Please wait a moment, then try once more.'],
  too_many_attempts: [429, 'There were too many wrong codes. Please wait before you try again.'],
  internal: [500, 'Something went wrong on our side. It has been recorded.'],
  unavailable: [503, 'OpenHouse is not able to answer right now. Please try again in a minute.'],
  draining: [503, 'OpenHouse is restarting. Please try again in a moment.'],
  overloaded: [503, 'OpenHouse is very busy right now. Please try again in a moment.'],
  disk_full: [507, 'There is no room left to store this. The operator has been told.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>

export type FailureCode = keyof typeof failures

export type FailureDetails = {
  retryAfterS?: number
  /** Messages by the field they are about. */
  fields?: { path: string; message: string }[]
  allow?: string[]
  /** Which portal's sign-in form a stranger should see. */
  portal?: 'purchaser' | 'developer' | 'admin'
}

/** An outcome that the rules foresee. Nothing of it is secret: code and sentence go to the caller. */
export class Failure extends Error {
  readonly status: number
  readonly sentence: string
  constructor(
    readonly code: FailureCode,
    readonly details: FailureDetails = {},
    options?: { cause?: unknown },
  ) {
    const [status, sentence] = failures[code]
    super(`${code}: ${sentence}`, options)
    this.name = 'Failure'
    this.status = status
    this.sentence = sentence
  }
}

export const isFailure = (error: unknown, code: FailureCode): error is Failure =>
  error instanceof Failure && error.code === code

export const failure = (code: FailureCode, details?: FailureDetails, options?: { cause?: unknown }) =>
  new Failure(code, details, options)
