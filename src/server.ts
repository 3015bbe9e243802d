// Starts OpenHouse in order and stops it in reverse: settings, data folder, database, schema, jobs, pages, demo.
import { join } from 'node:path'
import { connect, disconnect } from '#db/client.ts'
import { type EmbeddedServer, startEmbedded } from '#db/embedded.ts'
import { listenFor } from '#db/listen.ts'
import { migrate } from '#db/migrate.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { setAssetUrls } from '#views/assets.ts'
import { forgetApiKeys } from './access/api-keys.ts'
import { forgetDelay, forgetDelaysOf } from './access/attempts.ts'
import { forgetAllSessions, forgetSession } from './access/sessions.ts'
import { forgetAnnouncements } from './announcements.ts'
import { forgetPagesRead } from './answers/page-reading.ts'
import { forgetPassagesRead } from './answers/passage-reading.ts'
import { forgetReadings } from './answers/same-question.ts'
import { createApp } from './app.ts'
import { startSealing } from './audit.ts'
import { forgetAnswers } from './chat/answer-cache.ts'
import { forgetQuestionVectors } from './clients/models.ts'
import { type Config, EXIT_BAD_CONFIG, parseConfig } from './config.ts'
import { lockDataFolder } from './data-folder.ts'
import { demoContents, demoSecrets } from './demo/credentials.ts'
import { seedDemo, unfinishedDemoDocuments, writeDemoFile } from './demo/seed.ts'
import { requireWalls, warnOfModels } from './doctor.ts'
import { recordError } from './errors.ts'
import { forgetFlags } from './flags.ts'
import { folderFault, isDiskFull } from './folder-faults.ts'
import { buildAssets } from './http/assets.ts'
import { forgetLimit } from './http/limits.ts'
import { beginShutdown } from './http/shutdown.ts'
import { forgetAllReads, forgetReadsOf, startKeeping } from './kept-reads.ts'
import { listening, requireAddress } from './listening.ts'
import { startSampling } from './load-samples.ts'
import { log } from './log.ts'
import { reindexChangedDevelopments } from './reindexing.ts'
import { flushRequests } from './request-log.ts'
import { forgetIndexes } from './retrieval.ts'
import { prepareProcess } from './runtime.ts'
import { SentenceError } from './sentence-error.ts'
import { startupState } from './startup-state.ts'
import { watchPendingRequests } from './traffic.ts'
import { sweepUploads } from './uploads.ts'

/** Beyond it a person is told that the server is busy, rather than left to wonder. */
const POOL_WAIT_MS_MAX = 2_000
const DRAIN_TIMEOUT_MS = 15_000
const JOBS_STOP_MS = 18_000
/** Runners deliver a signal twice; a repeat this soon is the same one. */
const REPEATED_SIGNAL_MS = 2_000
const DEMO_POLL_MS = 200

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

async function main(): Promise<void> {
  const startedAtMs = performance.now()
  const config = settingsOrExit()
  const lock = lockDataFolder(config.dataDir)
  const stops: (() => Promise<void>)[] = [async () => lock.release()]
  const state = startupState()
  try {
    prepareProcess(config)
    requireAddress(config)
    await sweepUploads()
    const database = config.DATABASE_URL ? null : await startDatabase(config)
    if (database) stops.push(() => database.stop())
    const url = config.DATABASE_URL ?? (database as EmbeddedServer).url
    connect({
      url,
      directUrl: config.DATABASE_DIRECT_URL,
      poolSize: config.DATABASE_POOL_SIZE,
      poolWaitMsMax: POOL_WAIT_MS_MAX,
    })
    stops.push(disconnect)
    stops.push(flushRequests)
    recordStrayRejections()
    state.waitingFor('migrations')
    await migrate(config.DATABASE_DIRECT_URL ?? url)
    await requireWalls(config.DATABASE_DIRECT_URL ?? url)
    void warnOfModels(config)
    const assets = await buildAssets({ cacheFolder: join(config.dataDir, 'cache', 'assets') })
    setAssetUrls((name) => assets.url(name))
    const app = createApp({ assets, isDraining: state.isDraining, readiness: state.readiness })
    listening(config, () => app.listen({ hostname: config.HOST, port: config.PORT }))
    watchPendingRequests(() => app.server?.pendingRequests ?? 0)
    stops.push(async () => {
      beginShutdown()
      const isDrained = await Promise.race([
        app.stop().then(() => true),
        Bun.sleep(DRAIN_TIMEOUT_MS).then(() => false),
      ])
      if (!isDrained) await app.stop(true)
    })
    const sampling = startSampling()
    stops.push(() => sampling.stop())
    const sealer = startSealing()
    stops.push(() => sealer.stop())
    const listener = await listenFor(
      {
        retrieval_changed: () => {},
        session_changed: forgetSession,
        keys_changed: forgetApiKeys,
        activity_logged: sealer.wake,
        rows_changed: forgetReadsOf,
        person_erased: forgetQuestions,
        operator_said: hearOperator,
      },
      () => {
        forgetAllReads()
        hearOperator()
        forgetQuestions()
        forgetAllSessions()
        forgetApiKeys()
        forgetIndexes()
        sealer.wake()
      },
    )
    startKeeping()
    stops.push(() => listener.stop())
    const jobs = await startJobs({ ...config, DATABASE_URL: url })
    stops.push(() => jobs.stop(JOBS_STOP_MS))
    const changed = await reindexChangedDevelopments()
    if (changed > 0)
      say(`Developments without vectors of the embedding model in the settings, indexed now: ${changed}`)
    stopOnSignals(stops, async () => {
      state.leave()
      await Bun.sleep(config.DRAIN_NOTICE_MS)
      state.drain()
    })
    state.waitingFor('the demonstration')
    if (config.seedsDemo) await prepareDemo(config, jobs)
    state.ready()
    say(
      `OpenHouse is ready at ${config.publicUrl} (${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s)`,
    )
  } catch (error) {
    await stopAll(stops)
    const fault = isDiskFull(error) ? folderFault(error, config.dataDir) : null
    throw fault ? new SentenceError(`DATA_DIR: ${fault}.`, { cause: error }) : error
  }
}

/** A promise that nobody looks at must not end a process in which others are being answered. */
function recordStrayRejections(): void {
  process.on('unhandledRejection', (error) => {
    log('error', 'stray_rejection', { error })
    recordError({ source: 'worker', error, requestId: null, tenantId: null, context: { thread: 'main' } })
  })
}

/** Switches and announcements are read again whichever of them was changed: there are few. */
function hearOperator(what = ''): void {
  const [, policy, key] = /^limit (\w+):(.+)$/.exec(what) ?? []
  if (policy && key) {
    forgetLimit(policy, key)
    forgetDelaysOf(key)
  }
  const [, delay] = /^delay ([0-9a-f]{32})$/.exec(what) ?? []
  if (delay) forgetDelay(delay)
  forgetFlags()
  forgetAnnouncements()
}

/** What of people's questions, and of documents that answered them, is kept in memory. */
function forgetQuestions(): void {
  forgetAnswers()
  forgetQuestionVectors()
  forgetPagesRead()
  forgetPassagesRead()
  forgetReadings()
}

function settingsOrExit(): Config {
  const parsed = parseConfig(process.env)
  if ('config' in parsed) return parsed.config
  for (const { setting, message } of parsed.faults) process.stderr.write(`${setting}: ${message}\n`)
  process.exit(EXIT_BAD_CONFIG)
}

async function startDatabase(config: Config): Promise<EmbeddedServer> {
  say('Starting the embedded PostgreSQL')
  return startEmbedded(config.dataDir)
}

async function prepareDemo(config: Config, _jobs: Jobs): Promise<void> {
  const secrets = demoSecrets(config.dataDir)
  await seedDemo(secrets, say)
  const contents = await demoContents(secrets)
  const path = await writeDemoFile(contents)
  let left = await unfinishedDemoDocuments()
  if (left > 0) say(`Reading ${left} documents`)
  for (let told = left; left > 0; left = await unfinishedDemoDocuments()) {
    if (left <= told - 20) {
      say(`  ${left} documents left`)
      told = left
    }
    await Bun.sleep(DEMO_POLL_MS)
  }
  announce(contents, path)
}

function announce(contents: Awaited<ReturnType<typeof demoContents>>, path: string): void {
  const [home] = contents.homes
  const [admin] = contents.admins
  say('')
  say('Demo (invented people and homes)')
  if (home) say(`  Home      ${home.url}   access code ${home.access_code}`)
  if (admin) say(`  Builder   ${contents.base_url}/developer   ${admin.email}   ${admin.password}`)
  say(
    `  Operator  ${contents.base_url}/admin   ${contents.super_admin.email}   ${contents.super_admin.password}`,
  )
  say(`  API       ${contents.base_url}/docs`)
  say(`  All demo accounts: ${path}`)
  say('')
}

function stopOnSignals(stops: (() => Promise<void>)[], drain: () => Promise<void>): void {
  let firstAtMs: number | null = null
  const stop = async (signal: string) => {
    if (firstAtMs !== null) {
      if (performance.now() - firstAtMs < REPEATED_SIGNAL_MS) return
      process.exit(1)
    }
    firstAtMs = performance.now()
    log('info', 'stopping', { signal })
    await drain()
    await stopAll(stops)
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops.splice(0).reverse())
    await stop().catch((error) => log('error', 'stop_failed', { error }))
}

try {
  await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof SentenceError ? error.message : `OpenHouse could not start: ${error instanceof Error ? error.message : error}`}\n`,
  )
  log('debug', 'start_failed', { error })
  process.exit(1)
}
