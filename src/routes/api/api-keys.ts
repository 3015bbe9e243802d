// The key that calls: what it is called, what it may do, how fast, from whose pages.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { describe, responses } from './operations.ts'
import { uuid } from './schemas/envelopes.ts'

const apiKey = z
  .object({
    id: uuid,
    name: z.string(),
    scopes: z.array(z.string()),
    requests_per_minute: z.number().int(),
    allowed_origins: z.array(z.string()).describe('Sites whose pages may call with it'),
  })
  .meta({ id: 'ApiKey' })

export const apiKeys = new Elysia({ name: 'api/api-keys', prefix: '/api-keys' }).use(access).get(
  '/self',
  ({ client }) => ({
    id: client.keyId,
    name: client.scope.actor.type === 'api_client' ? client.scope.actor.name : '',
    scopes: [...client.scopes],
    requests_per_minute: client.requestsPerMinute,
    allowed_origins: [...client.allowedOrigins],
  }),
  {
    forApiClient: 'any',
    response: responses({ 200: apiKey }),
    detail: describe('API keys', 'getOwnApiKey', 'Read what this key may do; every key may'),
  },
)
