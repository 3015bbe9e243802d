// Events are read once nobody writes any more who began before them, in any database of the server.
import type postgres from 'postgres'
import { eventually } from '../jobs/drills.ts'

/** Other tests share the server, so what has just happened may take as long to be read as their transactions run. */
export const eventsAreTold = (look: postgres.Sql): Promise<void> =>
  eventually('every event can be read', async () => {
    const rows = await look`select 1 from events
      where transaction_id >= (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint limit 1`
    return rows.length === 0
  })
