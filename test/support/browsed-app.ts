// The application as browsers meet it: listening, with its worker threads, and with a few documents of the demonstration.

import { type Jobs, startJobs } from '#jobs/runner.ts'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { createApp } from '#src/app.ts'
import { config } from '#src/config.ts'
import { demoContents } from '#src/demo/credentials.ts'
import { demoTenants } from '#src/demo/estates.ts'
import type { DemoDocument } from '#src/demo/model.ts'
import { buildAssets } from '#src/http/assets.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { setAssetUrls } from '#views/assets.ts'
import type { Demo } from './app.ts'
import { createTestDatabase } from './database.ts'
import { testSecrets } from './process.ts'

const JOBS_STOP_MS = 5_000
const INGESTED_MS_MAX = 30_000
const POLL_MS = 50

export type BrowsedApp = {
  url: string
  demo: Demo
  stop(): Promise<void>
}

export async function startBrowsedApp(): Promise<BrowsedApp> {
  const database = await createTestDatabase()
  const assets = await buildAssets()
  setAssetUrls((name) => assets.url(name))
  forgetAttempts()
  forgetAllSessions()
  forgetLimits()
  const readiness = async () => ({ ready: true, waitingFor: null })
  const app = createApp({ assets, isDraining: () => false, readiness }).listen({
    hostname: '127.0.0.1',
    port: 0,
  })
  const jobs: Jobs = await startJobs({ ...config(), DATABASE_URL: database.url }, { cronTasks: [] })
  return {
    url: `http://127.0.0.1:${app.server?.port}`,
    demo: await demoContents(testSecrets),
    async stop() {
      await app.stop(true)
      await jobs.stop(JOBS_STOP_MS)
      await database.drop()
    },
  }
}

/** A document of Longview Park by its title, as the demonstration writes it. */
export function demoDocument(title: string): DemoDocument {
  const development = demoTenants()
    .flatMap((tenant) => tenant.developments)
    .find(({ slug }) => slug === 'longview-park')
  const document = development?.documents.find((candidate) => candidate.title === title)
  if (!document) throw new Error(`the demonstration has no document called ${title}`)
  return document
}

/** Uploads the documents through the API and waits until all of them can be read. */
export async function ingest(app: BrowsedApp, titles: string[]): Promise<void> {
  const [home] = app.demo.homes
  const key = app.demo.api_keys.find(({ tenant }) => tenant === home?.tenant)?.key
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/pdf' }
    const response = await fetch(`${app.url}/api/v1/${path}`, { ...init, headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as { id: string; status: string }
  }
  const accepted = await Promise.all(
    titles.map(async (title) => {
      const { kind, houseTypeCodes, build } = demoDocument(title)
      const query = new URLSearchParams({ development_id: home?.development_id ?? '', title, kind })
      if (houseTypeCodes.length > 0) query.set('house_types', houseTypeCodes.join(','))
      return ask(`documents?${query}`, { method: 'POST', body: new Uint8Array(await build()) })
    }),
  )
  const deadline = performance.now() + INGESTED_MS_MAX
  for (const { id } of accepted) {
    for (let status = ''; status !== 'ready'; status = (await ask(`documents/${id}`)).status) {
      if (status === 'failed' || performance.now() > deadline)
        throw new Error(`a document is still ${status}`)
      await Bun.sleep(POLL_MS)
    }
  }
}
