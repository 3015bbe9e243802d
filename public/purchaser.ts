// The script of every purchaser page: htmx with streaming, and a profile menu that closes like a menu.
import './error-reports.ts'
import './countdown.ts'
import 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-sse.js'

const profile = document.querySelector<HTMLDetailsElement>('.profile')

document.addEventListener('click', (event) => {
  if (profile?.open && event.target instanceof Node && !profile.contains(event.target)) profile.open = false
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !profile?.open) return
  profile.open = false
  profile.querySelector('summary')?.focus()
})
