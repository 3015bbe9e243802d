// One listening connection a process: notifications of other processes' writes, with re-connection.
import { openDirect } from './client.ts'

export type Channel =
  | 'retrieval_changed'
  | 'session_changed'
  | 'keys_changed'
  | 'activity_logged'
  | 'rows_changed'
  | 'person_erased'
  | 'operator_said'

export type Listener = { stop(): Promise<void> }

/**
 * Calls `heard` with the payload of each notification. A lost notification is harmless by design: rows carry
 * versions, and caches have a time to live. `reconnected` tells that some may have been missed.
 */
export async function listenFor(
  channels: Record<Channel, (payload: string) => void>,
  reconnected: () => void,
): Promise<Listener> {
  const client = openDirect()
  let first = true
  for (const [channel, heard] of Object.entries(channels)) {
    await client.listen(channel, heard, () => {
      if (!first) reconnected()
    })
  }
  first = false
  return { stop: () => client.end({ timeout: 2 }) }
}
