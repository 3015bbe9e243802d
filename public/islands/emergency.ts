// Keeps the emergency card on the device, once somebody asks for it.
const part = document.querySelector<HTMLElement>('[data-keep]')
const button = part?.querySelector<HTMLButtonElement>('[data-keep-button]')
const status = part?.querySelector<HTMLElement>('[data-keep-status]')

function say(words: string): void {
  if (status) status.textContent = words
}

async function keep(): Promise<void> {
  await navigator.serviceWorker.register('/service-worker.js')
  const { active } = await navigator.serviceWorker.ready
  const channel = new MessageChannel()
  const kept = new Promise<boolean>((resolve) => {
    channel.port1.onmessage = ({ data }) => resolve(data === true)
  })
  active?.postMessage('keep', [channel.port2])
  say((await kept) ? 'Kept. It opens without a network now.' : 'It could not be kept. Please try again.')
}

if (part && button && 'serviceWorker' in navigator) {
  part.dataset.ready = ''
  button.addEventListener('click', () => {
    keep().catch(() => say('This browser does not keep pages.'))
  })
}

// A module of its own: its names are nobody else's.
export {}
