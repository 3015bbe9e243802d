// How much later than the model's own first token the reader sees one: through the page's stream, alone and in parallel.
import type { Server } from '../../test/support/server.ts'

/** One a home: the first of them is the first question of the process. */
const ASKED_ALONE = 40
const SESSIONS = 50
const PER_SESSION = 4

export type FirstToken = { what: string; p50Ms: number; p95Ms: number; failed: number }

export type Phone = { cookie: string; chatUrl: string }
export type DemoHome = { url: string; access_code: string }

/** Each question is new, so that no cache answers it. */
export async function measureFirstToken(server: Server): Promise<FirstToken[]> {
  const { homes } = server.demo() as unknown as { homes: DemoHome[] }
  const phones: Phone[] = []
  for (let index = 0; index < SESSIONS; index += 1)
    phones.push(await claim(server, homes[index % homes.length]!))
  const alone: (number | null)[] = []
  for (let index = 0; index < ASKED_ALONE; index += 1)
    alone.push(await firstTokenMs(phones[index % SESSIONS]!, opening(index)))
  const parallel = await Promise.all(
    phones.flatMap((phone, at) =>
      Array.from({ length: PER_SESSION }, (_, n) => firstTokenMs(phone, opening(100 + at * PER_SESSION + n))),
    ),
  )
  return [
    summary('1, the first after the start', alone.slice(0, 1)),
    summary('1', alone.slice(1)),
    summary(String(parallel.length), parallel),
  ]
}

function summary(what: string, all: (number | null)[]): FirstToken {
  const times = all.filter((ms) => ms !== null).sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN)
  return { what, p50Ms: at(0.5), p95Ms: at(0.95), failed: all.length - times.length }
}

export async function claim(server: Server, home: DemoHome): Promise<Phone> {
  const origin = server.url
  const path = new URL(home.url).pathname
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ access_code: home.access_code }),
  })
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  if (cookie === '') throw new Error(`claim answered ${response.status}`)
  return { cookie, chatUrl: `${origin}/chat` }
}

/** Every question is worded anew; the number, because words without a topic alone make no other question. */
const OPENINGS = ['Hello', 'Please', 'Thanks', 'So', 'Well', 'Just', 'Really', 'Now', 'Again', 'Also']
const opening = (index: number): string =>
  `${[...String(index)].map((digit) => OPENINGS[Number(digit)]).join(' ')} ${index}`

/** Null when no word of an answer came. */
async function firstTokenMs(phone: Phone, tag: string): Promise<number | null> {
  const started = performance.now()
  const response = await fetch(phone.chatUrl, {
    method: 'POST',
    headers: {
      cookie: phone.cookie,
      'hx-request': 'true',
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(phone.chatUrl).origin,
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams({ question: `${tag}, how often should I clean the ventilation filters?` }),
  })
  if (response.status !== 200 || !response.body) return null
  const decoder = new TextDecoder()
  let text = ''
  let first: number | null = null
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true })
    if (first === null && text.includes('Clean')) first = performance.now() - started
  }
  return first
}
