// Counts down to a moment that the page names; the page reloads when it has come.
const TICK_MS = 1_000

function tick(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-countdown]')) {
    const leftS = Math.ceil((Date.parse(part.dataset.countdown ?? '') - Date.now()) / 1_000)
    if (leftS <= 0) location.reload()
    part.textContent = ` (${Math.floor(leftS / 60)}:${String(Math.max(0, leftS % 60)).padStart(2, '0')} left)`
  }
}

if (document.querySelector('[data-countdown]')) {
  tick()
  setInterval(tick, TICK_MS)
}
