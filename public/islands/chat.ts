// The chat's behaviour around htmx: sending by Enter, stopping, following the stream, and a lost connection.

type Attempt = {
  form: HTMLFormElement
  question: string
  key: string
  /** The newest element of the log before this question; what follows it belongs to this attempt. */
  before: Element | null
  finished: boolean
  stopped: boolean
}

type RequestContext = {
  request: { body: unknown }
  response?: { status: number; headers: Headers }
}

/** Nearer to the end than this counts as "reading the newest message". */
const FOLLOW_DISTANCE_PX = 48
const READING_MARGIN_PX = 12

function find<E extends Element>(selector: string): E {
  const element = document.querySelector<E>(selector)
  if (!element) throw new Error(`the chat page has no ${selector}`)
  return element
}

const chat = find<HTMLElement>('[data-chat]')
const scroller = find<HTMLElement>('[data-chat-scroll]')
const log = find<HTMLElement>('#log')
const composer = find<HTMLFormElement>('.composer-form')
const input = find<HTMLTextAreaElement>('#question')
const key = find<HTMLInputElement>('.composer-form [name=request_key]')
const announcer = find<HTMLElement>('#announcer')
const lostConnection = find<HTMLTemplateElement>('#lost-connection')

let attempt: Attempt | null = null
/** Whether the reader was at the end before the newest change; read then, because scroll events come late. */
let following = true

const contextOf = (event: Event) => (event as CustomEvent<{ ctx: RequestContext }>).detail.ctx
const isChatForm = (target: EventTarget | null): target is HTMLFormElement =>
  target instanceof HTMLFormElement && target.matches('[data-chat-form]')

chat.addEventListener('htmx:before:request', (event) => {
  if (!isChatForm(event.target)) return
  const body = contextOf(event).request.body as URLSearchParams
  for (const notice of log.querySelectorAll(':scope > .notice')) notice.remove()
  attempt = {
    form: event.target,
    question: body.get('question') ?? '',
    key: body.get('request_key') ?? '',
    before: log.lastElementChild,
    finished: false,
    stopped: false,
  }
  chat.toggleAttribute('data-streaming', true)
  announcer.textContent = ''
  scroller.scrollTop = scroller.scrollHeight
  if (event.target === composer) setQuestion('')
  refocus()
})

// The server sends the event `done` after the last frame; a stream that ends without it was cut.
chat.addEventListener('done', () => {
  if (attempt) attempt.finished = true
})

chat.addEventListener('htmx:before:swap', () => {
  following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < FOLLOW_DISTANCE_PX
})

chat.addEventListener('htmx:after:swap', () => {
  if (following) followAnswer()
  keepAddress()
})

chat.addEventListener('htmx:finally:request', (event) => {
  if (!isChatForm(event.target) || !attempt) return
  const ended = attempt
  attempt = null
  chat.toggleAttribute('data-streaming', false)
  const response = contextOf(event).response
  const refused = response !== undefined && response.status >= 400
  if (refused) {
    if (input.value === '') setQuestion(ended.question)
  } else if (ended.stopped) {
    settleUnfinished('Stopped.')
  } else if (ended.finished) {
    announcer.textContent = log.lastElementChild?.querySelector('.answer-text')?.textContent ?? ''
  } else {
    offerRetry(ended)
  }
  if (!refused) key.value = randomKey()
  if (following) followAnswer()
})

find('[data-stop]').addEventListener('click', () => {
  if (!attempt) return
  attempt.stopped = true
  attempt.form.dispatchEvent(new CustomEvent('htmx:abort'))
  refocus()
})

// Coming back from a source finds the answer it belongs to.
log.addEventListener('click', (event) => {
  const message =
    event.target instanceof Element && event.target.closest('a') && event.target.closest('.message')
  if (message) history.replaceState(history.state, '', `#${message.id}`)
})

input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  if (!attempt && input.value.trim() !== '') composer.requestSubmit()
})

input.addEventListener('input', fitInput)

/** To the end, but never past the newest question: the beginning of its answer is what one reads first. */
function followAnswer() {
  const questions = log.querySelectorAll<HTMLElement>('.message-purchaser')
  const newest = questions[questions.length - 1]
  if (newest) showFrom(newest)
}

/** As far up as the scroller can bring it: whatever follows a short answer stays below. */
function showFrom(message: Element) {
  const top = message.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  scroller.scrollTop += top - READING_MARGIN_PX
}

function keepAddress() {
  const url = find<HTMLElement>('#conversation').dataset.url
  if (url && location.pathname !== url) history.replaceState(history.state, '', url)
}

/** On a phone the focus would open the keyboard over the answer. */
function refocus() {
  if (matchMedia('(pointer: fine)').matches) input.focus({ preventScroll: true })
  else input.blur()
}

function setQuestion(text: string) {
  input.value = text
  fitInput()
}

/** For browsers without `field-sizing: content`. */
function fitInput() {
  if (CSS.supports('field-sizing', 'content')) return
  input.style.height = 'auto'
  input.style.height = `${input.scrollHeight}px`
}

/** The answer that was being written stays as far as it came. */
function settleUnfinished(note?: string) {
  const unfinished = log.querySelector('[aria-busy=true]')
  if (!unfinished) return
  unfinished.setAttribute('aria-busy', 'false')
  if (!note) return
  const line = document.createElement('p')
  line.className = 'answer-note'
  line.textContent = note
  unfinished.append(line)
}

/** The same key goes out again, so a question that did arrive is answered once, not twice. */
function offerRetry(lost: Attempt) {
  settleUnfinished()
  log.append(lostConnection.content.cloneNode(true))
  const form = log.lastElementChild?.querySelector('form')
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    while (log.lastElementChild && log.lastElementChild !== lost.before) log.lastElementChild.remove()
    setQuestion(lost.question)
    key.value = lost.key
    composer.requestSubmit()
  })
}

/** `crypto.randomUUID` exists in secure contexts only; a phone on the local network has none. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

// A browser that goes back does not follow `#message-…` by itself; without one the newest is what one came for.
const wanted = location.hash ? document.getElementById(location.hash.slice(1)) : null
if (wanted) showFrom(wanted.previousElementSibling ?? wanted)
else if (log.childElementCount > 0) followAnswer()
