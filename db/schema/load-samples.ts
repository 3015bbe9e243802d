// How each process is doing, once a minute: what the charts of the system page are drawn from.
import { doublePrecision, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

export const loadSamples = pgTable(
  'load_samples',
  {
    id: id(),
    process: text('process').notNull(),
    release: text('release').notNull(),
    cpuPercent: doublePrecision('cpu_percent').notNull(),
    rssMegabytes: integer('rss_megabytes').notNull(),
    lagMs: doublePrecision('lag_ms').notNull(),
    inFlight: integer('in_flight').notNull(),
    streams: integer('streams').notNull(),
    requests: integer('requests').notNull(),
    failures: integer('failures').notNull(),
    /** Of the whole queue, the same whichever process looks. */
    queueDepth: integer('queue_depth').notNull(),
    queueAgeMs: integer('queue_age_ms').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('load_samples_recent').on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())],
)
