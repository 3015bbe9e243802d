// The address a process listens on, tried at once; what stands in the way is told with what to do about it.
import type { Config } from './config.ts'
import { SentenceError } from './sentence-error.ts'

/** Tried before the database is started and migrated: what cannot be served shall change nothing. */
export function requireAddress(config: Config): void {
  listening(config, () =>
    Bun.serve({ hostname: config.HOST, port: config.PORT, fetch: () => new Response() }).stop(true),
  )
}

/** @throws SentenceError when the system does not give the address. */
export function listening(config: Config, listen: () => unknown): void {
  try {
    listen()
  } catch (error) {
    const fault = addressFault(config, (error as NodeJS.ErrnoException).code)
    throw fault ? new SentenceError(fault, { cause: error }) : error
  }
}

function addressFault({ HOST, PORT }: Config, code?: string): string | null {
  if (code === 'EADDRINUSE')
    return `Port ${PORT} is already in use: stop the program that uses it, or start with another PORT.`
  if (code === 'EACCES')
    return `Port ${PORT} may not be opened by this account: start with a PORT above 1023, and a proxy before it.`
  if (code === 'EADDRNOTAVAIL' || code === 'EINVAL')
    return `HOST ${HOST} is no address of this machine: take localhost, 127.0.0.1, or 0.0.0.0 for all it has.`
  return null
}
