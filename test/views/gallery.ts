// Serves every page with invented props under the real security policy: `bun test/views/gallery.ts`, then /gallery.
import { buildAssets } from '#src/http/assets.ts'
import { setAssetUrls } from '#views/assets.ts'
import { DocumentRow } from '#views/developer/documents.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { ErrorFragment } from '#views/layout/error.tsx'
import { paths } from '#views/paths.ts'
import { GapCard } from '#views/purchaser/answer-cards.tsx'
import {
  AnswerDone,
  AnswerToken,
  AssistantMessageShell,
  ConversationStarted,
} from '#views/purchaser/answer-stream.tsx'
import { UserMessage } from '#views/purchaser/message.tsx'
import { heatingAnswer, question, row } from './invented.ts'
import { PAGES } from './pages.ts'

export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
}
const html = (view: Html, status = 200) => new Response(view.markup, { status, headers: HEADERS })

export type Gallery = {
  url: string
  /** Lets a held answer go on: the stream waits after its first words until this is called. */
  continueAnswer(): void
  stop(): Promise<void>
}

/** A question decides how its answer goes: "refuse", "cut" (the stream breaks off), "hold" (waits), or anything else. */
export async function startGallery(port = 0): Promise<Gallery> {
  const assets = await buildAssets()
  setAssetUrls((name) => assets.url(name))
  let polls = 0
  let release = () => {}

  const chat = async (request: Request) => {
    const form = new URLSearchParams(await request.text())
    const asked = form.get('question') ?? ''
    if (asked === 'refuse') {
      return html(ErrorFragment({ status: 429, sentence: 'Please wait 12 seconds.', requestId: 'r-1' }), 429)
    }
    const id = crypto.randomUUID()
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const frames = async function* (): AsyncGenerator<Uint8Array> {
      yield frame(`${UserMessage({ message: question(`${id}-q`, asked) })}${AssistantMessageShell({ id })}`)
      yield frame(ConversationStarted({ conversationId: 'c1' }).markup)
      for (const text of ['Your home is heated by ', 'an air-to-water heat pump ', 'with <three> zones.\n']) {
        yield frame(AnswerToken({ id, text }).markup)
      }
      if (asked === 'cut') return
      if (asked === 'hold') await held
      yield frame(AnswerDone({ message: heatingAnswer(id) }).markup)
      yield frame('ok', 'done')
    }
    return new Response(frames as unknown as BodyInit, {
      headers: { ...HEADERS, 'content-type': 'text/event-stream' },
    })
  }

  const routes = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    const page = PAGES[pathname.slice('/gallery/'.length)]
    if (pathname.startsWith('/gallery/') && page) return html(page())
    if (pathname === '/gallery') return Response.json(Object.keys(PAGES).map((name) => `/gallery/${name}`))
    if (pathname === paths.chat()) return chat(request)
    if (pathname === paths.gapRequest('g1')) {
      return html(
        GapCard({ gap: { id: 'g1', status: 'asked', askUrl: paths.gapRequest('g1'), byBuilder: false } }),
      )
    }
    if (pathname === paths.developer.documents() && request.method === 'POST') {
      const body = await request.bytes()
      const isPdf = new TextDecoder().decode(body.slice(0, 5)) === '%PDF-'
      if (!isPdf) return html(ErrorFragment({ status: 415, requestId: 'r-2' }), 415)
      polls = 0
      return html(DocumentRow({ document: processing(10) }), 202)
    }
    if (pathname === paths.developer.document('uploaded')) {
      polls++
      return html(
        DocumentRow({ document: polls < 2 ? processing(30) : row('uploaded', { title: 'Uploaded' }) }),
      )
    }
    if (pathname.startsWith('/developer/documents/'))
      return html(ErrorFragment({ status: 503, requestId: 'r-3' }), 503)
    return html(PAGES['error-404']!(), 404)
  }

  const server = Bun.serve({
    port,
    idleTimeout: 60,
    fetch: async (request) => assets.respond(request) ?? (await routes(request)),
  })
  return {
    url: server.url.href.replace(/\/$/, ''),
    continueAnswer: () => release(),
    stop: () => server.stop(true),
  }
}

const frame = (data: string, event?: string) =>
  new TextEncoder().encode(
    `${event ? `event: ${event}\n` : ''}${data
      .split('\n')
      .map((line) => `data: ${line}\n`)
      .join('')}\n`,
  )

const processing = (done: number) =>
  row('uploaded', {
    title: 'Uploaded',
    chunks: null,
    ingestion: {
      status: 'processing',
      stage: 'extracting',
      progress: { done, total: 48 },
      failureCode: null,
    },
  })

if (import.meta.main) {
  const gallery = await startGallery(Number(process.env.PORT ?? 0))
  console.log(`${gallery.url}/gallery`)
}
