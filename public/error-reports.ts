// Tells the operator what broke in this page: a few times at most, and without waiting for an answer.
const REPORTS_MAX = 5
const MESSAGE_CHARS_MAX = 1_000
const STACK_CHARS_MAX = 6_000
const PAGE_CHARS_MAX = 500
let reports = 0

function report(error: unknown, message: string): void {
  if (reports++ >= REPORTS_MAX) return
  const body = JSON.stringify({
    message: (message || String(error) || 'unknown').slice(0, MESSAGE_CHARS_MAX),
    stack: error instanceof Error ? (error.stack ?? null)?.slice(0, STACK_CHARS_MAX) : null,
    page: location.pathname.slice(0, PAGE_CHARS_MAX),
  })
  const headers = { 'content-type': 'application/json' }
  // A report that fails is not reported.
  fetch('/api/public/client-errors', { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}

window.addEventListener('error', (event) => report(event.error, event.message))
window.addEventListener('unhandledrejection', ({ reason }) =>
  report(reason, reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)),
)
