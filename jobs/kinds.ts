// Every kind of job: what it is given and how it is treated. Whoever enqueues imports nothing else.
import { z } from 'zod'
import { fileCodes, geocodeCodes } from './failure-codes.ts'
import { type Kinds, minutes, NOTHING_OF_ITS_OWN, PRIORITY } from './kind-policy.ts'
import { platformKinds } from './platform-kinds.ts'

export type { KindPolicy, Kinds } from './kind-policy.ts'
export { PRIORITY } from './kind-policy.ts'

const id = z.uuid()

const GEOCODING = {
  tenancy: 'tenant',
  priority: PRIORITY.background,
  // Three tries for each of three forms of the address, and one to spare.
  attemptsMax: 10,
  timeoutMs: minutes(2),
  slots: { own: 1 },
  codes: geocodeCodes,
  permanent: ['geocode_no_match', 'geocode_denied', 'geocode_given_up'],
} as const

const PLAIN = { slots: 'shared', ...NOTHING_OF_ITS_OWN } as const

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
    codes: [
      'embedding_unavailable',
      'embeddings_not_set_up',
      'deleted',
      'golden_dropped',
      'vectors_rejected',
    ],
    permanent: ['embeddings_not_set_up', 'deleted', 'golden_dropped', 'vectors_rejected'],
  },
  'geocode-unit': { payload: z.object({ tenantId: id, unitId: id }), ...GEOCODING },
  'geocode-development': { payload: z.object({ tenantId: id, developmentId: id }), ...GEOCODING },
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
  'export-person': {
    payload: z.object({ tenantId: id, exportId: id }),
    tenancy: 'tenant',
    isPersonsRight: true,
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    codes: ['deleted'],
    permanent: [],
  },
  'export-list': {
    payload: z.object({ tenantId: id, developmentId: id, exportId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.interactive,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    slots: 'shared',
    codes: ['deleted', 'storage_full'],
    permanent: [],
  },
  'erase-person': {
    payload: z.object({ tenantId: id, erasureId: id, unitId: id, purchaserId: id.nullable() }),
    tenancy: 'tenant',
    isPersonsRight: true,
    priority: PRIORITY.normal,
    // A month is allowed: what stops it must be lasting to be given up.
    attemptsMax: 20,
    timeoutMs: minutes(5),
    ...PLAIN,
  },
  'transfer-home': {
    payload: z.object({
      tenantId: id,
      transferId: id,
      unitId: id,
      people: z.array(z.object({ erasureId: id, purchaserId: id.nullable() })).max(9),
    }),
    tenancy: 'tenant',
    isPersonsRight: true,
    // The next household waits for its code.
    priority: PRIORITY.interactive,
    attemptsMax: 20,
    timeoutMs: minutes(5),
    ...PLAIN,
  },
  'mail-notice': {
    payload: z.object({ tenantId: id, developmentId: id, noticeId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.normal,
    attemptsMax: 5,
    timeoutMs: minutes(5),
    ...PLAIN,
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
    ...PLAIN,
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
  'remind-homes': {
    payload: z.object({ tenantId: id }),
    tenancy: 'tenant',
    priority: PRIORITY.background,
    attemptsMax: 5,
    timeoutMs: minutes(10),
    ...PLAIN,
  },
  ...platformKinds,
} as const satisfies Kinds

export type Kind = keyof typeof kinds
export type Payload<K extends Kind> = z.infer<(typeof kinds)[K]['payload']>
export type TenantKind = { [K in Kind]: (typeof kinds)[K]['tenancy'] extends 'tenant' ? K : never }[Kind]
