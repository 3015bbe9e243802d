// The operator's console, one instance for all its pages.
import { type AnyElysia, Elysia } from 'elysia'
import { announcements } from './announcements.ts'
import { anomalies } from './anomalies.ts'
import { errors } from './errors.ts'
import { incidents } from './incidents.ts'
import { jobs } from './jobs.ts'
import { latency } from './latency.ts'
import { logs } from './logs.ts'
import { overview } from './overview.ts'
import { adminSecondFactor } from './second-factor.ts'
import { switches } from './switches.ts'
import { system } from './system.ts'
import { tenants } from './tenants.ts'

/** Nobody needs the types of all its routes at once, and the compiler gives up on so many. */
export const admin: AnyElysia = new Elysia({ name: 'admin' })
  .use(overview)
  .use(incidents)
  .use(jobs)
  .use(errors)
  .use(latency)
  .use(logs)
  .use(tenants)
  .use(system)
  .use(anomalies)
  .use(adminSecondFactor)
  .use(switches)
  .use(announcements)
