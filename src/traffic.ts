// What this process answers at this moment: requests under way and streams that are open.

let pendingRequests: () => number = () => 0
let isListening = false
let streams = 0

/** Told once by the composition root, when the server listens. */
export function watchPendingRequests(read: () => number): void {
  pendingRequests = read
  isListening = true
}

export const inFlightCount = (): number | null => (isListening ? pendingRequests() : null)
export const streamCount = (): number => streams

/** Returns what to call when the stream has ended; a second call does nothing. */
export function noteStream(): () => void {
  let isOpen = true
  streams++
  return () => {
    if (isOpen) streams--
    isOpen = false
  }
}
