// nDCG@10 over public test collections, one chunk a document.

import { join } from 'node:path'
import type { Sql } from 'postgres'
import { developmentIndex, search } from '#src/retrieval/development-index.ts'
import { indexedText } from '#src/retrieval/query-terms.ts'
import { buildSegment } from '#src/retrieval/segment.ts'
import { type AskedQuestion, askedQuestions, lexemesOf } from './lexemes.ts'
import { readLines } from './manuals.ts'
import { hitShare, mean, ndcgAt10, percentile, withTypo } from './measures.ts'

type Row = { id: string; title: string; text: string }
type Query = { id: string; text: string }

export async function benchCollection(sql: Sql, shared: string, name: string) {
  const folder = join(shared, 'data/retrieval', name)
  const corpus = await readLines<Row>(join(folder, 'corpus.jsonl'))
  const relevant = await relevantOf(join(folder, 'qrels.tsv'))
  const queries = (await readLines<Query>(join(folder, 'queries.jsonl'))).filter(({ id }) => relevant.has(id))
  const lexemes = await lexemesOf(
    sql,
    corpus.map(({ title, text }) => indexedText({ title, heading: null, content: text })),
  )
  const chunks = corpus.map(({ id }, position) => ({
    chunkId: id,
    page: 1,
    printedPage: null,
    heading: null,
    embedding: null,
    ...lexemes[position]!,
  }))
  const scope = {
    documentId: name,
    versionId: name,
    reading: 1,
    unitId: null,
    houseTypeIds: [],
    usedForAnswers: true,
  }
  const index = developmentIndex(1, null, [buildSegment(scope, chunks, null)])
  const texts = queries.map(({ text }) => text)
  const asked = await askedQuestions(sql, texts)
  const mistyped = await askedQuestions(sql, texts.map(withTypo))
  const rankingOf = (each: AskedQuestion) =>
    search(
      index,
      { houseTypeId: 'any', unitId: 'any' },
      { ...each, embedding: null, limit: 10 },
    ).candidates.map(({ chunkId }) => chunkId)
  const ndcgOf = (ranked: string[][]) =>
    mean(ranked.map((ranking, position) => ndcgAt10(ranking, relevant.get(queries[position]!.id)!)))
  if (process.argv.includes('--explain'))
    mistyped.forEach((each, position) => {
      const gains = relevant.get(queries[position]!.id)!
      const [clean, typed] = [ndcgAt10(rankingOf(asked[position]!), gains), ndcgAt10(rankingOf(each), gains)]
      if (typed >= clean) return
      const { correctedTerms } = search(
        index,
        { houseTypeId: 'any', unitId: 'any' },
        { ...each, embedding: null, limit: 5 },
      )
      console.log(
        `${name} ${clean.toFixed(2)} → ${typed.toFixed(2)} · ${texts[position]} · ${each.words.join(' ')} · ${each.lexemes.join(' ')}`,
        correctedTerms,
      )
    })
  const times: number[] = []
  const rankings = asked.map((each) => {
    const before = performance.now()
    const ranking = rankingOf(each)
    times.push(performance.now() - before)
    return ranking
  })
  const ranks = rankings.map((ranking, position) => {
    const rank = ranking.findIndex((id) => (relevant.get(queries[position]!.id)?.get(id) ?? 0) > 0)
    return rank < 0 ? null : rank + 1
  })
  return {
    chunks: chunks.length,
    queries: queries.length,
    ndcg_at10: ndcgOf(rankings),
    ndcg_at10_with_typos: ndcgOf(mistyped.map(rankingOf)),
    hit_at3: hitShare(ranks, 3),
    search_ms_p50: percentile(times, 0.5),
    search_ms_p95: percentile(times, 0.95),
  }
}

async function relevantOf(path: string): Promise<Map<string, Map<string, number>>> {
  const relevant = new Map<string, Map<string, number>>()
  for (const line of (await Bun.file(path).text()).trim().split('\n').slice(1)) {
    const [query, document, gain] = line.split('\t')
    const gains = relevant.get(query!) ?? new Map<string, number>()
    relevant.set(query!, gains.set(document!, Number(gain)))
  }
  return relevant
}
