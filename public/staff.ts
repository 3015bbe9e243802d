// The script of the builder's and the operator's pages: htmx, and filters that submit themselves.
import 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-sse.js'

document.addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLElement)) return
  event.target.closest<HTMLFormElement>('form[data-submit-on-change]')?.requestSubmit()
})
