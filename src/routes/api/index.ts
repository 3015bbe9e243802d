// The public API, version 1.
import { Elysia } from 'elysia'
import { acknowledgements } from './acknowledgements.ts'
import { analytics } from './analytics.ts'
import { apiKeys } from './api-keys.ts'
import { developments } from './developments.ts'
import { documentVersions } from './document-versions.ts'
import { documents } from './documents.ts'
import { events } from './events.ts'
import { facts } from './facts.ts'
import { gaps } from './gaps.ts'
import { goldenQuestionRoutes, goldenRunRoutes } from './golden.ts'
import { houseTypes } from './house-types.ts'
import { households } from './households.ts'
import { claimIdempotent, keepIdempotent } from './idempotency.ts'
import { imports, unitsImport } from './imports.ts'
import { jobs } from './jobs.ts'
import { knowledgeRoutes } from './knowledge.ts'
import { maintenance } from './maintenance.ts'
import { notices } from './notices.ts'
import { places } from './places.ts'
import { questions } from './questions.ts'
import { repairs } from './repairs.ts'
import { snags } from './snags.ts'
import { transfers } from './transfers.ts'
import { units } from './units.ts'
import { webhooks } from './webhooks.ts'

export const api = new Elysia({ name: 'api', prefix: '/api/v1' })
  .onBeforeHandle(claimIdempotent)
  .onAfterHandle(keepIdempotent)
  .use(developments)
  .use(houseTypes)
  .use(units)
  .use(unitsImport)
  .use(households)
  .use(facts)
  .use(repairs)
  .use(transfers)
  .use(imports)
  .use(places)
  .use(documents)
  .use(documentVersions)
  .use(acknowledgements)
  .use(questions)
  .use(gaps)
  .use(knowledgeRoutes)
  .use(goldenQuestionRoutes)
  .use(goldenRunRoutes)
  .use(snags)
  .use(notices)
  .use(maintenance)
  .use(jobs)
  .use(analytics)
  .use(events)
  .use(webhooks)
  .use(apiKeys)
