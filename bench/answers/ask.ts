// Asks the running product as an API client: homes of both tenants, questions at the pace its limits allow.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '../../test/support/server.ts'

const READY_MS_MAX = 90_000
const STATE_EVERY_MS = 200
const TRIES_MAX = 5

export type Reply = {
  stage: string
  mode: string
  answer: string
  conversation_id: string
  citations: { document_id: string; title: string; page: number; quote: string }[]
}
export type Unit = {
  id: string
  tenant: string
  development: string
  number: string
  house_type: string
  key: string
}

const known = new Map<string, Unit[]>()

/** All homes of the demonstration, the first of `demo.json` first. */
export async function unitsOf(server: Server): Promise<Unit[]> {
  const before = known.get(server.dataDir)
  if (before) return before
  const demo = server.demo()
  const units: Unit[] = []
  for (const { tenant, key } of demo.api_keys) {
    const developments = await all<{ id: string; slug: string }>(server, 'developments', key)
    const types = await all<{ id: string; code: string }>(server, 'house-types', key)
    for (const row of await all<Record<string, string>>(server, 'units', key)) {
      units.push({
        id: row.id!,
        tenant,
        key,
        number: row.number!,
        development: developments.find(({ id }) => id === row.development_id)?.slug ?? '',
        house_type: row.house_type ?? types.find(({ id }) => id === row.house_type_id)?.code ?? '',
      })
    }
  }
  const first = demo.homes[0]!.unit_id
  units.sort((a, b) => Number(b.id === first) - Number(a.id === first))
  known.set(server.dataDir, units)
  return units
}

async function all<T>(server: Server, path: string, key: string): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = (await (await server.api(`${path}?limit=100${query}`, {}, key)).json()) as {
      data: T[]
      next_cursor: string | null
    }
    rows.push(...page.data)
    cursor = page.next_cursor
  } while (cursor !== null)
  return rows
}

/** @throws when it is not answered with 200 */
export async function askHome(
  server: Server,
  unit: Unit,
  question: string,
  conversationId?: string,
): Promise<Reply> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const response = await server.api(
      'questions',
      {
        method: 'POST',
        body: JSON.stringify({ unit_id: unit.id, question, conversation_id: conversationId }),
        headers: { 'content-type': 'application/json' },
      },
      unit.key,
    )
    if (response.status === 200) return (await response.json()) as Reply
    if (response.status !== 429)
      throw new Error(`${response.status} for ${question}: ${await response.text()}`)
    await Bun.sleep(1_000 * Number(response.headers.get('retry-after') ?? 1))
  }
  throw new Error(`limited ${TRIES_MAX} times for ${question}`)
}

/** The document's id, once it is ready. */
export async function uploadManual(server: Server, developmentId: string, path: string): Promise<string> {
  const title = (path.split('/').at(-1) ?? '').replace(/\.pdf$/, '').replaceAll('-', ' ')
  const query = new URLSearchParams({ development_id: developmentId, kind: 'manual', title })
  const response = await server.api(`documents?${query}`, {
    method: 'POST',
    body: readFileSync(path),
    headers: { 'content-type': 'application/pdf' },
  })
  const { id } = (await response.json()) as { id: string }
  const deadline = performance.now() + READY_MS_MAX
  for (;;) {
    const { status, failure_code } = (await (await server.api(`documents/${id}`)).json()) as Record<
      string,
      string
    >
    if (status === 'ready') return id
    if (status === 'failed' || performance.now() > deadline)
      throw new Error(`${path} is ${status} ${failure_code}`)
    await Bun.sleep(STATE_EVERY_MS)
  }
}

export const manualPath = (shared: string, file: string): string => join(shared, 'data/pdfs', file)
