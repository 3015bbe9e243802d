// The operator's console, one instance for all its pages.
import { type AnyElysia, Elysia } from 'elysia'
import { analytics } from './analytics.ts'
import { announcements } from './announcements.ts'
import { anomalies } from './anomalies.ts'
import { errors } from './errors.ts'
import { incidents } from './incidents.ts'
import { jobs } from './jobs.ts'
import { latency } from './latency.ts'
import { limits } from './limits.ts'
import { lists } from './lists.ts'
import { logs } from './logs.ts'
import { overview } from './overview.ts'
import { provision } from './provision.ts'
import { quality } from './quality.ts'
import { adminSecondFactor } from './second-factor.ts'
import { switches } from './switches.ts'
import { system } from './system.ts'
import { tail } from './tail.ts'
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
  .use(limits)
  .use(quality)
  .use(lists)
  .use(provision)
  .use(analytics)
  .use(tail)
  .use(announcements)
