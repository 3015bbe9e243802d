// Solves the puzzle of a form after repeated failures: a number that makes a hash begin with zeros.

/** Hashes asked for at once; the browser's own digest answers them in the background. */
const BATCH = 256

const field = document.querySelector<HTMLInputElement>('input[data-challenge]')

async function solve(salt: string, bits: number): Promise<number> {
  const encoder = new TextEncoder()
  for (let first = 0; ; first += BATCH) {
    const tries = Array.from({ length: BATCH }, async (_, i) => {
      const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${salt}:${first + i}`))
      return new DataView(hash).getUint32(0) >>> (32 - bits) === 0
    })
    const found = (await Promise.all(tries)).indexOf(true)
    if (found >= 0) return first + found
  }
}

// Without a secure context there is no digest; then the form passes by waiting, as without scripts.
if (field?.form && crypto.subtle) {
  const { form } = field
  const solving = solve(field.dataset.challenge ?? '', Number(field.dataset.bits)).then((solution) => {
    field.value = String(solution)
  })
  form.addEventListener('submit', (event) => {
    if (field.value) return
    event.preventDefault()
    void solving.then(() => form.requestSubmit())
  })
}
