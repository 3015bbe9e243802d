// Registered only by whoever keeps the emergency card: holds that card, the page without a network, and their looks.
// Nothing else of a home is ever stored, and whoever leaves the app, or is found to have left, takes it all along.

type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Fetching = Waiting & { request: Request; respondWith(answer: Promise<Response>): void }
type Message = Waiting & { data: unknown; ports: readonly MessagePort[] }

const worker = self as unknown as EventTarget & {
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  registration: { unregister(): Promise<boolean> }
}

const CACHE = 'emergency-card'
const CARD = '/emergency'
const OFFLINE = '/offline'
/** Where everybody lands who is not signed in any more. */
const LEFT = new Set(['/welcome', '/erased'])

/** The card as it is now, and all that both pages are drawn with. False when nobody is signed in any more. */
async function keep(): Promise<boolean> {
  const [card, offline] = await Promise.all([fetch(CARD), fetch(OFFLINE)])
  if (!card.ok || card.redirected || !offline.ok) return forget()
  const cache = await caches.open(CACHE)
  const pages = await Promise.all([card.clone().text(), offline.clone().text()])
  const assets = new Set(pages.flatMap((page) => page.match(/\/assets\/[\w.-]+/g) ?? []))
  await Promise.all([cache.put(CARD, card), cache.put(OFFLINE, offline), cache.addAll([...assets])])
  return true
}

async function forget(): Promise<false> {
  await caches.delete(CACHE)
  return false
}

async function leave(): Promise<void> {
  await forget()
  await worker.registration.unregister()
}

async function open(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(pathname === CARD ? CARD : OFFLINE)
    if (kept) return kept
    throw error
  }
}

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => (event as Waiting).waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
  const { data, ports, waitUntil } = event as Message
  if (data !== 'keep') return
  const work = keep()
    .catch(forget)
    .then((isKept) => ports[0]?.postMessage(isKept))
  waitUntil.call(event, work)
})

worker.addEventListener('fetch', (event) => {
  const { request, respondWith, waitUntil } = event as Fetching
  const { pathname, origin } = new URL(request.url)
  if (LEFT.has(pathname)) return waitUntil.call(event, leave())
  if (request.mode === 'navigate') respondWith.call(event, open(request))
  else if (origin === location.origin && pathname.startsWith('/assets/'))
    respondWith.call(
      event,
      caches.match(request).then((kept) => kept ?? fetch(request)),
    )
})

// A module to the compiler only; bundled, nothing of this line is left.
export {}
