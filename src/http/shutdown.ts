// The signal that fires when the process begins to stop; open streams end with it.

const controller = new AbortController()

export const shutdownSignal = (): AbortSignal => controller.signal
export const beginShutdown = (): void =>
  controller.abort(new DOMException('the server is stopping', 'AbortError'))
