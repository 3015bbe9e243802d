// The whole server, with its own PostgreSQL, is killed while it ingests and started again on what it left.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import {
  freshFolder,
  lookInto,
  postgresOf,
  type Server,
  spawnServer,
  startServer,
} from '../support/server.ts'

const TEST_MS = 180_000
const ALL_READY_MS_MAX = 60_000
const WAIT_MS_MAX = 20_000
const DOCUMENTS = 5
const PAGES = 120
setDefaultTimeout(TEST_MS)

let server: Server
let developmentId: string
const folders: string[] = []
const folder = () => {
  const made = freshFolder()
  folders.push(made)
  return made
}
beforeAll(async () => {
  server = await startServer({ dataDir: folder() })
  developmentId = server.demo().homes[0]?.development_id ?? ''
}, TEST_MS)
afterAll(async () => {
  await server.kill('SIGTERM')
  for (const made of folders) rmSync(made, { recursive: true, force: true })
})

async function longPdf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (let number = 1; number <= PAGES; number += 1) {
    const page = pdf.addPage()
    for (let line = 0; line < 40; line += 1)
      page.drawText(`${name}: valve ${number}-${line} of the heating is set to ${line * number} mbar.`, {
        x: 40,
        y: 780 - line * 18,
        size: 10,
        font,
      })
  }
  return new Uint8Array(await pdf.save())
}

async function upload(body: BodyInit, title: string): Promise<{ id: string; duplicate?: boolean }> {
  const query = new URLSearchParams({ development_id: developmentId, title, kind: 'manual' })
  const headers = { 'content-type': 'application/pdf' }
  const response = await server.api(`documents?${query}`, { method: 'POST', body, headers })
  expect([200, 202]).toContain(response.status)
  return response.json() as Promise<{ id: string }>
}

const statusOf = async (id: string) =>
  ((await (await server.api(`documents/${id}`)).json()) as { status: string }).status

async function eventually(what: string, isSo: () => Promise<boolean>, ms = WAIT_MS_MAX): Promise<void> {
  const deadline = performance.now() + ms
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`)
    await Bun.sleep(20)
  }
}

/** A zombie, which a container may never bury, runs no more. */
const isRunning = (pid: number | undefined) => {
  const path = `/proc/${pid}/stat`
  return existsSync(path) && !/\) Z /.test(readFileSync(path, 'utf8'))
}

test('killed while it ingests five documents, it finishes all of them after a restart, none twice', async () => {
  const files = await Promise.all(Array.from({ length: DOCUMENTS }, (_, i) => longPdf(`Manual ${i}`)))
  const ids = (await Promise.all(files.map((file, i) => upload(file, `Manual ${i}`)))).map(({ id }) => id)
  const statuses = () => Promise.all(ids.map(statusOf))
  await eventually('one is being read', async () => (await statuses()).includes('processing'))
  // What a killed upload leaves behind.
  writeFileSync(join(server.dataDir, 'tmp', crypto.randomUUID()), 'half a file')
  const orphan = postgresOf(server.dataDir)
  await server.kill('SIGKILL')
  expect(isRunning(orphan?.pid)).toBe(true)

  const { dataDir } = server
  server = await startServer({ dataDir, port: Number(new URL(server.url).port) })
  expect(postgresOf(dataDir)).toEqual(orphan)
  await eventually(
    'all are ready',
    async () => (await statuses()).every((status) => status === 'ready'),
    ALL_READY_MS_MAX,
  )
  expect(readdirSync(join(dataDir, 'tmp'))).toEqual([])
  await lookInto(dataDir, async (sql) => {
    expect((await sql`select 1 from chunks group by version_id, ordinal having count(*) > 1`).length).toBe(0)
    const rows = await sql`
      select v.page_count, v.chunk_count, (select count(*)::int from chunks c where c.version_id = v.id) as stored
      from document_versions v where v.document_id = any(${ids})`
    expect(rows.length).toBe(DOCUMENTS)
    for (const { page_count, chunk_count, stored } of rows) {
      expect(page_count).toBe(PAGES)
      expect(stored).toBe(chunk_count)
      expect(stored).toBeGreaterThan(PAGES)
    }
  })
  const again = await upload(files[0] as Uint8Array<ArrayBuffer>, 'Manual 0')
  expect(again).toMatchObject({ id: ids[0], duplicate: true })
})

test('an upload whose connection is cut leaves no row and no file; sent again it is one document', async () => {
  const file = await longPdf('Cut')
  const count = () =>
    lookInto(server.dataDir, async (sql) => (await sql`select count(*)::int as n from documents`)[0]?.n)
  const before = await count()
  const temporary = () => readdirSync(join(server.dataDir, 'tmp')).length
  const socket = connect(Number(new URL(server.url).port), 'localhost')
  const key = server.demo().api_keys[0]?.key
  const head = [
    `POST /api/v1/documents?development_id=${developmentId} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${key}`,
    'Content-Type: application/pdf',
    `Content-Length: ${file.byteLength}`,
    '\r\n',
  ]
  socket.write(head.join('\r\n'))
  socket.write(file.subarray(0, file.byteLength / 2))
  await eventually('it arrives', async () => temporary() > 0)
  socket.destroy()
  await eventually('its half is gone', async () => temporary() === 0)
  expect(await count()).toBe(before)
  const sent = await Promise.all([upload(file, 'Cut'), upload(file, 'Cut')])
  expect(sent[0].id).toBe(sent[1].id)
  expect(await count()).toBe(before + 1)
})

test('a second start on the same folder, or the same port, ends with a sentence', async () => {
  const onFolder = await spawnServer({ dataDir: server.dataDir })
  expect(await onFolder.exited).toBe(1)
  expect(onFolder.output()).toContain(`already running on ${server.dataDir}`)
  expect(onFolder.output()).not.toMatch(/^\s+at /m)
  const other = folder()
  const port = Number(new URL(server.url).port)
  const onPort = await spawnServer({ dataDir: other, port })
  expect(await onPort.exited).toBe(1)
  expect(onPort.output()).toContain(`Port ${port} is already in use`)
  expect(onPort.output()).not.toMatch(/^\s+at /m)
  expect(postgresOf(other)).toBeNull()
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('asked to stop, it stops its database too, and starts again', async () => {
  const { dataDir, url } = server
  const database = postgresOf(dataDir)
  expect(await server.kill('SIGTERM')).toBe(0)
  expect(postgresOf(dataDir)).toBeNull()
  expect(isRunning(database?.pid)).toBe(false)
  server = await startServer({ dataDir, port: Number(new URL(url).port) })
})
