// Composition: errors first, then the front of the house, the portals, the API, and the API's own documentation.
import { Elysia } from 'elysia'
import { AdminSignInPage } from '#views/admin/sign-in.tsx'
import { DeveloperSignInPage } from '#views/developer/sign-in.tsx'
import { config } from './config.ts'
import { learnRoutes } from './http/allowed-methods.ts'
import { errors } from './http/errors.ts'
import { front, type House } from './http/front.ts'
import { admin } from './routes/admin/index.ts'
import { announcements } from './routes/announcements.ts'
import { api } from './routes/api/index.ts'
import { brand } from './routes/brand.ts'
import { calendar } from './routes/calendar.ts'
import { clientErrors } from './routes/client-errors.ts'
import { contractor } from './routes/contractor.ts'
import { developer } from './routes/developer/index.ts'
import { openApiRoutes, rawOpenApi } from './routes/docs.ts'
import { files } from './routes/files.ts'
import { health, type Readiness } from './routes/health.ts'
import { metrics } from './routes/metrics.ts'
import { purchaserPages } from './routes/purchaser/index.ts'
import { secondStep } from './routes/second-step.ts'
import { staffSession } from './routes/staff-session.ts'

/** A socket that says nothing for so long is closed; streams lift this for themselves. */
const IDLE_TIMEOUT_S = 30
/** Room for a form's fields beside its files; larger bodies are refused while they arrive. */
const FORM_BYTES_EXTRA = 1_000_000
const FILES_A_FORM = 30

export type AppOptions = House & { readiness: () => Promise<Readiness> }

export function createApp(options: AppOptions) {
  const raw = new Elysia({ name: 'openapi-source' }).use(rawOpenApi()).use(api)
  const app = new Elysia({
    name: 'openhouse',
    precompile: config().isProduction,
    serve: {
      reusePort: false,
      idleTimeout: IDLE_TIMEOUT_S,
      maxRequestBodySize: config().UPLOAD_BYTES_MAX * FILES_A_FORM + FORM_BYTES_EXTRA,
      development: false,
    },
  })
    .use(errors)
    .use(front(options))
    .use(health(options.readiness))
    .use(purchaserPages)
    .use(files)
    .use(contractor)
    .use(brand)
    .use(calendar)
    .use(staffSession({ prefix: '/developer', page: DeveloperSignInPage }))
    .use(secondStep('developer'))
    .use(developer)
    .use(announcements)
    .use(staffSession({ prefix: '/admin', page: AdminSignInPage }))
    .use(secondStep('admin'))
    .use(admin)
    .use(metrics)
    .use(clientErrors)
    .use(api)
    .use(openApiRoutes((request) => raw.handle(request)))
  learnRoutes(app.routes)
  return app
}
