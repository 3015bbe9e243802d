// The app with the people of one builder signed in, an administrator of another, and a way to look past every wall.
import postgres from 'postgres'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { signIn, startTestApp, type TestApp } from './app.ts'
import { prepareTestProcess } from './process.ts'

const JOBS_STOP_MS = 2_000

export type BuilderApp = {
  app: TestApp
  /** The database as its owner sees it. */
  look: postgres.Sql
  /** Cookies of the builder of Longview Park: of an administrator, and of a developer who may less. */
  admin: string
  developer: string
  /** Those of another builder's administrator. */
  foreign: string
  /** Longview Park, and whose it is. */
  development: string
  tenant: string
  stop(): Promise<void>
}

/** @param withJobs also starts a worker thread, for tests that wait for what it does */
export async function startBuilderApp({ withJobs = false } = {}): Promise<BuilderApp> {
  const app = await startTestApp()
  const look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  let jobs: Jobs | undefined
  if (withJobs) {
    const settings = prepareTestProcess({ DATABASE_URL: app.database.url, JOB_THREADS: '1' })
    jobs = await startJobs(settings, { cronTasks: [] })
  }
  const { admins, developers } = app.demo
  const of = (people: typeof admins, tenant: string) =>
    signIn(app, people.find((person) => person.tenant === tenant)!)
  const [row] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  return {
    app,
    look,
    admin: await of(admins, 'longview-estates'),
    developer: await of(developers, 'longview-estates'),
    foreign: await of(admins, 'harbour-homes'),
    development: row?.id,
    tenant: row?.tenant_id,
    stop: async () => {
      await jobs?.stop(JOBS_STOP_MS)
      await look.end()
      await app.stop()
    },
  }
}
