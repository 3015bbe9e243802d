// What the database says of itself: the application's connections by what they do.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export const connectionCounts = (db: Db): Promise<{ state: string; count: number }[]> =>
  db.execute<{ state: string; count: number }>(sql`
    select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
    where datname = current_database() group by 1 order by 2 desc, 1 limit 10`)
