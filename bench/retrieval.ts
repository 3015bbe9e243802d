// `bun bench/retrieval.ts [--explain]`: how well the product's own lexical retrieval finds pages and documents.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbedded } from '#db/embedded.ts'
import { benchCollection } from './retrieval/collections.ts'
import { benchManuals } from './retrieval/manuals.ts'

const shared = process.env.SHARED_DIR ?? join(import.meta.dir, '../../shared')
const folder = await mkdtemp(join(tmpdir(), 'openhouse-bench-'))
const server = await startEmbedded(folder, { durable: false })
const sql = postgres(server.url, { max: 2 })
try {
  const results = {
    manuals: await benchManuals(sql, shared, process.argv.includes('--explain')),
    scifact: await benchCollection(sql, shared, 'scifact'),
    'emanual-tv': await benchCollection(sql, shared, 'emanual-tv'),
  }
  const { manuals, scifact, 'emanual-tv': tv } = results
  console.table({
    'manuals hit@1': { value: manuals.hits.at1, target: 0.7 },
    'manuals hit@3': { value: manuals.hits.at3, target: 0.85 },
    'manuals hit@5': { value: manuals.hits.at5, target: 0.9 },
    'scifact nDCG@10': { value: scifact.ndcg_at10, target: 0.68 },
    'emanual-tv nDCG@10': { value: tv.ndcg_at10, target: 0.75 },
    'emanual-tv hit@3': { value: tv.hit_at3, target: 0.8 },
  })
  console.log(JSON.stringify(results, null, 2))
} finally {
  await sql.end()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
