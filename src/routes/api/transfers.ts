// Homes of the key's tenant that change hands: list, start, read, and the builder's word.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import {
  confirmTransfer,
  findTransfer,
  startTransfer,
  type Transfer,
  transferStates,
  transfersPage,
  withdrawTransfer,
} from '../../transfers.ts'
import { describe, responses } from './operations.ts'
import { itemParams, moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const transfer = z
  .object({
    id: uuid,
    development_id: uuid,
    unit_id: uuid,
    state: z
      .enum(transferStates)
      .describe('`settling` once both have confirmed, until everything of the old household is erased'),
    started_by: z.enum(['household', 'builder']),
    household_confirmed_at: moment.nullable(),
    builder_confirmed_at: moment.nullable(),
    expires_at: moment.describe('Without the other side’s confirmation it ends then'),
    created_at: moment,
    ended_at: moment.nullable(),
  })
  .meta({ id: 'Transfer' })
const newTransfer = z.strictObject({ unit_id: uuid }).meta({ id: 'NewTransfer' })
const isOpen = z.enum(['true', 'false']).transform((word) => word === 'true')
const party = { side: 'builder' } as const

export const transfers = new Elysia({ name: 'api/transfers', prefix: '/transfers' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, unit_id: unitId, is_open: isOpen, ...page } = query
      const found = await transfersPage(client.scope, { developmentId, unitId, isOpen, ...page })
      return { data: found.rows.map(body), next_cursor: found.nextCursor }
    },
    {
      forApiClient: 'transfers:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        unit_id: uuid.optional(),
        is_open: isOpen.optional(),
      }),
      response: responses({ 200: pageBody(transfer) }),
      detail: describe('Transfers', 'listTransfers', 'List homes that change hands, the oldest first'),
    },
  )
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const id = await startTransfer(client.scope, party, sent.unit_id)
      set.status = 201
      return body(await findTransfer(client.scope, id))
    },
    {
      forApiClient: 'transfers:write',
      body: newTransfer,
      response: responses({ 201: transfer }),
      detail: describe('Transfers', 'startTransfer', 'Hand a home on: the household is asked to confirm it'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findTransfer(client.scope, params.id)), {
    forApiClient: 'transfers:read',
    params: itemParams,
    response: responses({ 200: transfer }),
    detail: describe('Transfers', 'getTransfer', 'Read how far a home’s handing on is'),
  })
  .post(
    '/:id/confirmation',
    async ({ client, params: { id } }) => {
      const { unitId } = await findTransfer(client.scope, id)
      await confirmTransfer(client.scope, party, unitId, id)
      return body(await findTransfer(client.scope, id))
    },
    {
      forApiClient: 'transfers:write',
      params: itemParams,
      response: responses({ 200: transfer }),
      detail: describe('Transfers', 'confirmTransfer', 'Confirm what the household started', {
        description:
          'From the same moment nobody of the household is signed in, the home has a new link and code, and what is ' +
          'personal is erased. It cannot be undone. Confirming again changes nothing.',
      }),
    },
  )
  .post(
    '/:id/withdrawal',
    async ({ client, params: { id } }) => {
      const { unitId } = await findTransfer(client.scope, id)
      await withdrawTransfer(client.scope, party, unitId, id)
      return body(await findTransfer(client.scope, id))
    },
    {
      forApiClient: 'transfers:write',
      params: itemParams,
      response: responses({ 200: transfer }),
      detail: describe('Transfers', 'withdrawTransfer', 'Withdraw it, or refuse it'),
    },
  )

const body = (row: Transfer) => ({
  id: row.id,
  development_id: row.developmentId,
  unit_id: row.unitId,
  state: row.state,
  started_by: row.startedBy,
  household_confirmed_at: row.householdConfirmedAt?.toISOString() ?? null,
  builder_confirmed_at: row.builderConfirmedAt?.toISOString() ?? null,
  expires_at: row.expiresAt.toISOString(),
  created_at: row.createdAt.toISOString(),
  ended_at: row.endedAt?.toISOString() ?? null,
})
