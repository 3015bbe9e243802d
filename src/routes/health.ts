// Health: alive (this process answers) and ready (it may be sent people).
import { Elysia } from 'elysia'
import { access } from '../access/access.ts'

export type Readiness = { ready: boolean; waitingFor: string | null }

export const health = (readiness: () => Promise<Readiness>) =>
  new Elysia({ name: 'health' })
    .use(access)
    .get('/livez', () => ({ status: 'alive' }), {
      forAnyone: 'health checks come from outside',
      detail: { hide: true },
    })
    .get(
      '/readyz',
      async ({ set }) => {
        const { ready, waitingFor } = await readiness()
        set.headers['cache-control'] = 'no-store'
        if (!ready) set.status = 503
        return { status: ready ? 'ready' : 'not ready', ...(waitingFor ? { waiting_for: waitingFor } : {}) }
      },
      { forAnyone: 'health checks come from outside', detail: { hide: true } },
    )
