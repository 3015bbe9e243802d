// Follows a log while its page is looked at: newest rows on top, a bounded number of them, nothing in a hidden tab.

const ROWS_MAX = 300

const box = document.querySelector<HTMLElement>('[data-tail]')
const body = document.querySelector<HTMLElement>('#tail-rows')
const state = document.querySelector<HTMLElement>('#tail-state')
let source: EventSource | null = null

function follow(): void {
  if (!box?.dataset.tail || source) return
  source = new EventSource(box.dataset.tail)
  source.addEventListener('open', () => say('Live.'))
  source.addEventListener('rows', (event) => show(String((event as MessageEvent).data)))
  source.addEventListener('error', () => say('The connection broke; it is being made again.'))
}

function stop(): void {
  source?.close()
  source = null
  say('Paused.')
}

/** The server's own markup, escaped there. Rows that are shown already come again when the connection is made anew. */
function show(markup: string): void {
  const template = document.createElement('template')
  template.innerHTML = `<table><tbody>${markup}</tbody></table>`
  for (const row of template.content.querySelectorAll('tr')) {
    if (!document.getElementById(row.id)) body?.prepend(row)
  }
  while (body && body.children.length > ROWS_MAX) body.lastElementChild?.remove()
}

function say(sentence: string): void {
  if (state) state.textContent = sentence
}

document.addEventListener('visibilitychange', () => (document.hidden ? stop() : follow()))
if (!document.hidden) follow()
