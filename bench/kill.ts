// kill -9 of the real server while five real manuals are ingested, at a later moment each round. `bun bench/kill.ts`
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookInto, type Server, startServer } from '../test/support/server.ts'
import { sharedPath } from '../test/support/shared.ts'
import { MANUALS } from './retrieval/manuals.ts'

/** From the last upload to the kill, one round each: while reading, chunking, between documents, near the end. */
const KILLS_AFTER_MS = [50, 400, 900, 1_600, 2_500]
const ALL_READY_MS_MAX = 90_000
const STATE_EVERY_MS = 100

const folder = sharedPath('data/pdfs')
if (!folder) process.exit(1)
let server = await startServer(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {})
const developmentId = server.demo().homes[0]?.development_id ?? ''
const { dataDir } = server
try {
  for (const delayMs of KILLS_AFTER_MS) {
    const ids = await Promise.all(
      MANUALS.map((file) => upload(server, join(folder, file), `kill ${delayMs}`)),
    )
    await Bun.sleep(delayMs)
    const before = await statusesOf(server, ids)
    await server.kill('SIGKILL')
    const killedAtMs = performance.now()
    server = await startServer({ dataDir })
    const startedMs = performance.now() - killedAtMs
    const isAllReady = await untilReady(ids, killedAtMs)
    const doneMs = performance.now() - killedAtMs
    const twice = await lookInto(
      dataDir,
      (sql) => sql`select 1 from chunks group by version_id, ordinal having count(*) > 1`,
    )
    console.log(
      `killed after ${delayMs} ms (${before.join(' ')}): answering again after ${Math.round(startedMs)} ms, ` +
        `${isAllReady ? 'all ready' : 'NOT all ready'} after ${Math.round(doneMs)} ms, ${twice.length} chunks twice`,
    )
    if (!isAllReady || twice.length > 0) process.exitCode = 1
  }
} finally {
  await server.kill('SIGTERM')
}

async function untilReady(ids: string[], sinceMs: number): Promise<boolean> {
  while (performance.now() - sinceMs < ALL_READY_MS_MAX) {
    if ((await statusesOf(server, ids)).every((status) => status === 'ready')) return true
    await Bun.sleep(STATE_EVERY_MS)
  }
  return false
}

function statusesOf(of: Server, ids: string[]): Promise<string[]> {
  return Promise.all(
    ids.map(async (id) => ((await (await of.api(`documents/${id}`)).json()) as { status: string }).status),
  )
}

/** The bytes differ by a comment each round, or they would be a duplicate. */
async function upload(to: Server, path: string, mark: string): Promise<string> {
  const query = new URLSearchParams({ development_id: developmentId, kind: 'manual', title: mark })
  const response = await to.api(`documents?${query}`, {
    method: 'POST',
    body: Buffer.concat([readFileSync(path), Buffer.from(`\n%${mark} ${Date.now()}\n%%EOF\n`)]),
    headers: { 'content-type': 'application/pdf' },
  })
  return ((await response.json()) as { id: string }).id
}
