// The operator's console, one instance for all its pages.
import { Elysia } from 'elysia'
import { announcements } from './announcements.ts'
import { errors } from './errors.ts'
import { incidents } from './incidents.ts'
import { jobs } from './jobs.ts'
import { latency } from './latency.ts'
import { logs } from './logs.ts'
import { overview } from './overview.ts'
import { switches } from './switches.ts'
import { system } from './system.ts'
import { tenants } from './tenants.ts'

export const admin = new Elysia({ name: 'admin' })
  .use(overview)
  .use(incidents)
  .use(jobs)
  .use(errors)
  .use(latency)
  .use(logs)
  .use(tenants)
  .use(system)
  .use(switches)
  .use(announcements)
