// Every kind of job: what it is given and how it is treated. Leaf: whoever enqueues imports nothing else.
import { z } from 'zod'

export const PRIORITY = { interactive: 1, normal: 2, background: 3, bulk: 4 } as const

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

export type KindPolicy = {
  payload: z.ZodType
  /** `tenant` jobs carry `tenantId` and run in its Scope; `platform` jobs see the queue only. */
  tenancy: 'tenant' | 'platform'
  priority: (typeof PRIORITY)[keyof typeof PRIORITY]
  attemptsMax: number
  timeoutMs: number
  /**
   * `shared`: runs in the slots all kinds share. A number: at most so many at once in this process, in slots
   * of its own, so that risky work (child processes, rate-limited peers) neither waits for nor blocks the rest.
   */
  slots: 'shared' | { own: number }
  /** What the kind itself may fail with. */
  codes: readonly string[]
  /** Those of its codes that no repetition can cure. */
  permanent: readonly string[]
}

const id = z.uuid()
const minutes = (count: number) => count * 60_000

const geocodeCodes = [
  'geocode_not_set_up',
  'geocode_no_match',
  'geocode_limited',
  'geocode_denied',
  'geocode_unavailable',
  'geocode_bad_response',
  'geocode_given_up',
  'deleted',
]

/** What is wrong with a file itself: no repetition cures it. */
const fileCodes = [
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

const NOTHING_OF_ITS_OWN = { codes: [], permanent: [] } as const
/** Looks over everything, or enqueues a job for each tenant or development. */
const SWEEP = {
  payload: z.object({}),
  tenancy: 'platform',
  attemptsMax: 5,
  timeoutMs: minutes(5),
  slots: 'shared',
  ...NOTHING_OF_ITS_OWN,
} as const

export const kinds = {
  'ingest-document': {
    payload: z.object({ tenantId: id, documentId: id, versionId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.normal,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    // Each runs a child process that parses a PDF.
    slots: { own: 2 },
    codes: [...fileCodes, 'storage_unavailable', 'embedding_unavailable', 'ingestion_failed'],
    permanent: [...fileCodes, 'ingestion_failed'],
  },
  'reingest-document': {
    payload: z.object({ tenantId: id, documentId: id, versionId: id }),
    tenancy: 'tenant',
    // What people see is there already: a first reading goes before.
    priority: PRIORITY.background,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: { own: 1 },
    codes: [...fileCodes, 'storage_unavailable', 'embedding_unavailable'],
    permanent: fileCodes,
  },
  'reindex-development': {
    payload: z.object({ tenantId: id, developmentId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    attemptsMax: 10,
    timeoutMs: minutes(5),
    slots: { own: 1 },
    codes: ['embedding_unavailable', 'embeddings_not_set_up', 'deleted'],
    permanent: ['embeddings_not_set_up', 'deleted'],
  },
  'geocode-unit': {
    payload: z.object({ tenantId: id, unitId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    // Three tries for each of three forms of the address, and one to spare.
    attemptsMax: 10,
    timeoutMs: minutes(2),
    // Turns at the geocoder are taken one after the other anyway.
    slots: { own: 1 },
    codes: geocodeCodes,
    permanent: ['geocode_no_match', 'geocode_denied', 'geocode_given_up'],
  },
  'geocode-development': {
    payload: z.object({ tenantId: id, developmentId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    attemptsMax: 10,
    timeoutMs: minutes(2),
    slots: { own: 1 },
    codes: geocodeCodes,
    permanent: ['geocode_no_match', 'geocode_denied', 'geocode_given_up'],
  },
  'refresh-places': {
    // Asked for by a person or a program: then what is on record is replaced however fresh it is.
    payload: z.object({ tenantId: id, developmentId: id, isAsked: z.boolean().default(false) }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    attemptsMax: 5,
    timeoutMs: minutes(3),
    slots: { own: 1 },
    codes: [
      'places_not_set_up',
      'places_no_position',
      'places_limited',
      'places_denied',
      'places_unavailable',
      'places_bad_response',
      'deleted',
    ],
    permanent: ['places_denied'],
  },
  'import-units': {
    payload: z.object({ tenantId: id, importId: id }),
    tenancy: 'tenant',
    // Somebody watches the report come.
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(3),
    // Reading a large workbook keeps a thread busy for a second or two.
    slots: { own: 1 },
    codes: ['deleted'],
    permanent: [],
  },
  'sweep-places': { ...SWEEP, priority: PRIORITY.background },
  'export-person': {
    payload: z.object({ tenantId: id, exportId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    codes: ['deleted'],
    permanent: [],
  },
  'erase-person': {
    payload: z.object({ tenantId: id, erasureId: id, unitId: id, purchaserId: id.nullable() }),
    tenancy: 'tenant',
    priority: PRIORITY.normal,
    // A month is allowed: what stops it must be lasting to be given up.
    attemptsMax: 20,
    timeoutMs: minutes(5),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'send-mail': {
    payload: z.object({ tenantId: id, mailId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.interactive,
    attemptsMax: 10,
    timeoutMs: minutes(2),
    // A slow server must not hold up anything else.
    slots: { own: 2 },
    codes: [
      'mail_not_set_up',
      'mail_unavailable',
      'mail_deferred',
      'mail_denied',
      'mail_rejected',
      'mail_uncertain',
      'deleted',
    ],
    permanent: ['mail_denied', 'mail_rejected', 'mail_uncertain'],
  },
  'deliver-webhook': {
    payload: z.object({ tenantId: id, deliveryId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.normal,
    attemptsMax: 10,
    timeoutMs: minutes(1),
    slots: { own: 4 },
    codes: [
      'webhook_unreachable',
      'webhook_timed_out',
      'webhook_refused',
      'webhook_redirected',
      'webhook_address_private',
      'webhook_disabled',
      'deleted',
    ],
    permanent: ['webhook_address_private'],
  },
  'roll-up-analytics': {
    payload: z.object({ tenantId: id, from: z.iso.date().optional(), to: z.iso.date().optional() }),
    tenancy: 'tenant',
    priority: PRIORITY.bulk,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'sweep-analytics': { ...SWEEP, priority: PRIORITY.bulk },
  'purge-expired': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 5,
    timeoutMs: minutes(15),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'verify-audit-chain': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.bulk,
    attemptsMax: 3,
    timeoutMs: minutes(15),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'replay-gaps': {
    payload: z.object({ tenantId: id, developmentId: id, knowledgeId: id, groupId: id.nullable() }),
    tenancy: 'tenant',
    // Somebody is waiting for the answer.
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(10),
    slots: { own: 1 },
    codes: ['retired'],
    permanent: ['retired'],
  },
  'expire-impersonations': {
    payload: z.object({}),
    tenancy: 'platform',
    priority: PRIORITY.background,
    attemptsMax: 3,
    timeoutMs: minutes(1),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'run-golden': {
    payload: z.object({ tenantId: id, developmentId: id, runId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.normal,
    attemptsMax: 3,
    timeoutMs: minutes(15),
    // Hundreds of answers must not take the turns of the rest.
    slots: { own: 1 },
    codes: ['deleted'],
    permanent: ['deleted'],
  },
  'sweep-reminders': { ...SWEEP, priority: PRIORITY.background },
  'remind-homes': {
    payload: z.object({ tenantId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    attemptsMax: 5,
    timeoutMs: minutes(10),
    slots: 'shared',
    ...NOTHING_OF_ITS_OWN,
  },
  'prune-jobs': { ...SWEEP, priority: PRIORITY.bulk, attemptsMax: 3 },
} as const satisfies Kinds

export type Kinds = Record<string, KindPolicy>
export type Kind = keyof typeof kinds
export type Payload<K extends Kind> = z.infer<(typeof kinds)[K]['payload']>
export type TenantKind = { [K in Kind]: (typeof kinds)[K]['tenancy'] extends 'tenant' ? K : never }[Kind]
