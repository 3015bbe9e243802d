// The script of the builder's and the operator's pages: htmx, filters that submit themselves, and parts that refresh.
import './error-reports.ts'
import './countdown.ts'
import 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-sse.js'

document.addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLElement)) return
  event.target.closest<HTMLFormElement>('form[data-submit-on-change]')?.requestSubmit()
})

// Printing is the browser's own; without scripts its menu does the same.
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-print]')) window.print()
})

/** How often the parts are looked at; each says itself how often it wants to be asked for again. */
const LIVE_TICK_MS = 500
const askedAtMs = new WeakMap<Element, number>()

// A page that nobody looks at asks for nothing; it catches up within a tick of being shown again.
setInterval(() => {
  if (document.hidden) return
  const nowMs = performance.now()
  for (const part of document.querySelectorAll<HTMLElement>('[data-live-ms]')) {
    const lastMs = askedAtMs.get(part)
    if (lastMs === undefined) askedAtMs.set(part, nowMs)
    else if (nowMs - lastMs >= Number(part.dataset.liveMs)) {
      askedAtMs.set(part, nowMs)
      part.dispatchEvent(new Event('live'))
    }
  }
}, LIVE_TICK_MS)
