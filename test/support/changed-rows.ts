// What a listening process is told of rows that changed, and nothing else.
import { type Listener, listenFor } from '#db/listen.ts'

export const listenForChangedRows = (told: (payload: string) => void): Promise<Listener> =>
  listenFor(
    {
      retrieval_changed: () => {},
      session_changed: () => {},
      keys_changed: () => {},
      activity_logged: () => {},
      rows_changed: told,
      person_erased: () => {},
      operator_said: () => {},
    },
    () => {},
  )
