// Who lives in a home, as the builder recorded it.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import { householdOf } from '../../homes.ts'
import { describe, responses } from './operations.ts'
import { itemParams } from './schemas/envelopes.ts'
import { household } from './schemas/units.ts'

export const personBody = ({
  id,
  fullName,
  email,
}: {
  id: string
  fullName: string
  email: string | null
}) => ({
  id,
  full_name: fullName,
  email,
})

export const households = new Elysia({ name: 'api/households', prefix: '/units' }).use(access).get(
  '/:id/household',
  async ({ client, params }) => ({
    unit_id: params.id,
    people: (await householdOf(client.scope, params.id)).map(personBody),
  }),
  {
    forApiClient: 'households:read',
    params: itemParams,
    response: responses({ 200: household }),
    detail: describe('Units', 'getHousehold', 'Read who lives in a home; the household sees that you did'),
  },
)
