// Who uses the product all day: homeowners, staff, a program, the operator. Each does one thing after the other.
import { lookInto, type Server } from '../../test/support/server.ts'
import type { Phone } from '../model/first-token.ts'
import { smallPdf } from './small-pdf.ts'

const TIMEOUT_MS = 30_000
const HOMEOWNER_PAUSE_MS = 2_000
const STAFF_PAUSE_MS = 3_000
const PROGRAM_PAUSE_MS = 1_000
/** The operator's console refreshes itself this often. */
const OPERATOR_PAUSE_MS = 5_000
/** Every so many steps of its own, a homeowner asks, a member of staff uploads. */
const STEPS_A_QUESTION = 6
const STEPS_AN_UPLOAD = 12
const READY_POLL_MS = 500
const READY_POLLS_MAX = 120
const TAIL_MS = 20_000
const HOME_PAGES = [
  '/',
  '/documents',
  '/home',
  '/map',
  '/conversations',
  '/notices',
  '/maintenance',
  '/snags',
]
const STAFF_PAGES = ['', '/homes', '/documents', '/insights', '/questions', '/snags', '/coverage', '/notices']
const CONSOLE_PAGES = ['', '/system', '/jobs/monitor', '/limits/figures', '/latency', '/errors', '/tenants']
const OPENINGS = ['Hello', 'Please', 'Thanks', 'So', 'Well', 'Just', 'Really', 'Now', 'Again', 'Also']
const TOPICS = [
  'clean the ventilation filters',
  'bleed a radiator',
  'service the heat pump',
  'test the alarm',
]

/** By what was done: how long each took, and what went wrong. */
export type Deeds = { ms: Map<string, number[]>; errors: string[]; timeouts: number }

export const emptyDeeds = (): Deeds => ({ ms: new Map(), errors: [], timeouts: 0 })

export type Until = () => boolean

/** Opens the app's pages, a document, and asks; every question is worded anew. */
export async function homeowner(phone: Phone, at: number, deeds: Deeds, isOver: Until): Promise<void> {
  const origin = new URL(phone.chatUrl).origin
  const headers = { cookie: phone.cookie }
  await Bun.sleep((HOMEOWNER_PAUSE_MS * (at % 10)) / 10)
  for (let step = at; !isOver(); step++) {
    if (step % STEPS_A_QUESTION === 0) await ask(phone, `${at} ${step}`, deeds)
    else {
      const path = HOME_PAGES[step % HOME_PAGES.length]!
      const html = await get(deeds, path === '/map' ? 'map' : 'page of a home', origin + path, headers)
      const document = path === '/documents' && /href="(\/documents\/[0-9a-f-]{36})"/.exec(html)?.[1]
      if (document) await get(deeds, 'document of a home', origin + document, headers)
    }
    await Bun.sleep(HOMEOWNER_PAUSE_MS)
  }
}

async function ask({ cookie, chatUrl }: Phone, tag: string, deeds: Deeds): Promise<void> {
  const words = [...tag].map((digit) => OPENINGS[Number(digit)] ?? 'and').join(' ')
  const topic = TOPICS[tag.length % TOPICS.length]!
  await noted(deeds, 'question', chatUrl, {
    method: 'POST',
    headers: {
      cookie,
      'hx-request': 'true',
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(chatUrl).origin,
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams({ question: `${words}, how often should I ${topic}?` }),
  })
}

/** Looks through the portal and now and then brings a document, which the program takes away again. */
export async function member(
  server: Server,
  cookie: string,
  at: number,
  deeds: Deeds,
  isOver: Until,
): Promise<void> {
  const development = server.demo().homes[0]!.development_id
  for (let step = at; !isOver(); step++) {
    if (step % STEPS_AN_UPLOAD === STEPS_AN_UPLOAD - 1)
      await upload(server, cookie, `${at}-${step}`, deeds, isOver)
    else {
      const path = STAFF_PAGES[step % STAFF_PAGES.length]!
      const url = `${server.url}/developer${path}?development=${development}`
      await get(deeds, path === '' ? 'today' : 'list of staff', url, { cookie })
    }
    await Bun.sleep(STAFF_PAUSE_MS)
  }
}

/** Uploaded by staff, watched over the job's events until it is read, deleted: the number of documents stays. */
async function upload(
  server: Server,
  cookie: string,
  name: string,
  deeds: Deeds,
  isOver: Until,
): Promise<void> {
  const development = server.demo().homes[0]!.development_id
  const title = `Soak ${name}`
  const query = new URLSearchParams({ development, title, kind: 'manual', file_name: `${name}.pdf` })
  await noted(deeds, 'upload', `${server.url}/developer/documents?${query}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/pdf',
      origin: server.url,
      'sec-fetch-site': 'same-origin',
    },
    body: await smallPdf(name),
  })
  const [document] = await lookInto(
    server.dataDir,
    (sql) => sql`select id from documents where title = ${title}`,
  )
  if (!document) return
  for (let poll = 0; poll < READY_POLLS_MAX && !isOver(); poll++) {
    const response = await server.api(`documents/${document.id}`)
    const { status } = (await response.json()) as { status: string }
    if (status === 'ready' || status === 'failed') break
    await Bun.sleep(READY_POLL_MS)
  }
  const key = server.demo().api_keys[0]?.key ?? ''
  const headers = { authorization: `Bearer ${key}` }
  await noted(deeds, 'deletion', `${server.url}/api/v1/documents/${document.id}`, {
    method: 'DELETE',
    headers,
  })
}

/** Reads the lists of the API, and listens to the events of the newest job. */
export async function program(server: Server, deeds: Deeds, isOver: Until): Promise<void> {
  const headers = { authorization: `Bearer ${server.demo().api_keys[0]?.key ?? ''}` }
  const lists = ['units', 'documents', 'facts', 'analytics', 'questions', 'jobs', 'events', 'places']
  for (let step = 0; !isOver(); step++) {
    const name = lists[step % lists.length]!
    const text = await get(deeds, 'API read', `${server.url}/api/v1/${name}`, headers)
    const job = name === 'jobs' && (JSON.parse(text || '{}') as { data?: { id: string }[] }).data?.[0]?.id
    if (job) await get(deeds, 'events of a job', `${server.url}/api/v1/jobs/${job}/events`, headers)
    await Bun.sleep(PROGRAM_PAUSE_MS)
  }
}

export async function operator(server: Server, cookie: string, deeds: Deeds, isOver: Until): Promise<void> {
  for (let step = 0; !isOver(); step++) {
    const path = CONSOLE_PAGES[step % CONSOLE_PAGES.length]!
    await get(deeds, 'console', `${server.url}/admin${path}`, { cookie })
    await Bun.sleep(OPERATOR_PAUSE_MS)
  }
}

/** Follows the log of requests as it is written, hangs up, and follows again. */
export async function follower(server: Server, cookie: string, deeds: Deeds, isOver: Until): Promise<void> {
  while (!isOver()) {
    const hangUp = AbortSignal.timeout(TAIL_MS)
    try {
      const response = await fetch(`${server.url}/admin/tail/stream`, { headers: { cookie }, signal: hangUp })
      if (response.status !== 200) deeds.errors.push(`live log ${response.status}`)
      for await (const _ of response.body ?? []) if (isOver()) return
    } catch (error) {
      if (!hangUp.aborted) deeds.errors.push(`live log ${String(error)}`)
    }
  }
}

const get = (deeds: Deeds, what: string, url: string, headers: Record<string, string>) =>
  noted(deeds, what, url, { headers, redirect: 'manual' })

async function noted(deeds: Deeds, what: string, url: string, init: RequestInit): Promise<string> {
  const started = performance.now()
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await response.text()
    const path = new URL(url).pathname
    if (response.status >= 400) deeds.errors.push(`${what} ${path} ${response.status}`)
    else timesOf(deeds, what).push(performance.now() - started)
    return response.status < 400 ? text : ''
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') deeds.timeouts++
    else deeds.errors.push(`${what} ${String(error)}`)
    return ''
  }
}

function timesOf({ ms }: Deeds, what: string): number[] {
  const known = ms.get(what) ?? []
  ms.set(what, known)
  return known
}
