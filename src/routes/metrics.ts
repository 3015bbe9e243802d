// Figures for a Prometheus server that knows the token; for everybody else there is nothing here.
import { Elysia } from 'elysia'
import { access } from '../access/access.ts'
import { failure } from '../failure.ts'
import { mayReadMetrics, metricsText } from '../metrics.ts'

export const metrics = new Elysia({ name: 'metrics' }).use(access).get(
  '/metrics',
  ({ request }) => {
    if (!mayReadMetrics(request.headers.get('authorization'))) throw failure('not_found')
    return new Response(metricsText(), { headers: { 'content-type': 'text/plain; version=0.0.4' } })
  },
  { forAnyone: 'a token of its own guards it', detail: { hide: true } },
)
