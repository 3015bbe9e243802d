// Ends with 0 when the process on this machine is ready for people: the health check of the image, and for scripts.
const TIMEOUT_MS = 2_500

const { PORT = '3000', PUBLIC_URL = 'http://localhost' } = process.env
try {
  const { status } = await fetch(`http://127.0.0.1:${PORT}/readyz`, {
    // Requests for another host than the public one are refused.
    headers: { host: new URL(PUBLIC_URL).host },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  process.exitCode = status === 200 ? 0 : 1
} catch {
  process.exitCode = 1
}

export {}
