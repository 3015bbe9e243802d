// What homeowners do on the day: open pages one after the other, and ask, all at once.
import type { Phone } from '../model/first-token.ts'

const TIMEOUT_MS = 30_000
const PAGES = ['/', '/documents', '/home', '/conversations']
const BETWEEN_PAGES_MS = 500

export type Tally = { ms: number[]; firstMs: number[]; errors: string[]; timeouts: number }

export const emptyTally = (): Tally => ({ ms: [], firstMs: [], errors: [], timeouts: 0 })

export async function openPages(phones: readonly Phone[], isOver: () => boolean): Promise<Tally> {
  const tally = emptyTally()
  const visit = async (phone: Phone, at: number) => {
    await Bun.sleep((BETWEEN_PAGES_MS * at) / phones.length)
    for (let turn = at; !isOver(); turn += 1) {
      const url = new URL(PAGES[turn % PAGES.length]!, phone.chatUrl)
      await noted(tally, async (signal) => {
        const response = await fetch(url, { headers: { cookie: phone.cookie }, redirect: 'manual', signal })
        await response.text()
        return response.status
      })
      await Bun.sleep(BETWEEN_PAGES_MS)
    }
  }
  await Promise.all(phones.map(visit))
  return tally
}

/**
 * Every question is worded anew, in words that carry no topic. With a model that is not another question: all but the first
 * of a house type are given the answer that was written for it (bench/model/first-token.ts asks for new ones).
 */
export async function askAll(phones: readonly Phone[], each: number, round: number): Promise<Tally> {
  const tally = emptyTally()
  const questions = phones.flatMap((phone, at) =>
    Array.from({ length: each }, (_, n) => ask(phone, opening(round * 10_000 + at * each + n), tally)),
  )
  await Promise.all(questions)
  return tally
}

const OPENINGS = ['Hello', 'Please', 'Thanks', 'So', 'Well', 'Just', 'Really', 'Now', 'Again', 'Also']
const opening = (index: number) => [...String(index)].map((digit) => OPENINGS[Number(digit)]).join(' ')

async function ask({ cookie, chatUrl }: Phone, tag: string, tally: Tally): Promise<void> {
  const started = performance.now()
  await noted(tally, async (signal) => {
    const response = await fetch(chatUrl, {
      method: 'POST',
      signal,
      headers: {
        cookie,
        'hx-request': 'true',
        'content-type': 'application/x-www-form-urlencoded',
        origin: new URL(chatUrl).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ question: `${tag}, how often should I clean the ventilation filters?` }),
    })
    let text = ''
    let first: number | null = null
    const decoder = new TextDecoder()
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true })
      if (first === null && text.includes('Clean')) first = performance.now() - started
    }
    if (first !== null) tally.firstMs.push(first)
    return first === null && response.status === 200 ? 'no word of an answer' : response.status
  })
}

async function noted(tally: Tally, work: (signal: AbortSignal) => Promise<number | string>): Promise<void> {
  const started = performance.now()
  try {
    const outcome = await work(AbortSignal.timeout(TIMEOUT_MS))
    if (typeof outcome === 'string' || outcome >= 400) tally.errors.push(String(outcome))
    else tally.ms.push(performance.now() - started)
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') tally.timeouts += 1
    else tally.errors.push(String(error))
  }
}
