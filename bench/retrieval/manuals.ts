// Page hits over real manuals: extracted, chunked, indexed and asked with the product's own code.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { chunkPages } from '#src/documents/chunking.ts'
import { extractPdf } from '#src/documents/extraction.ts'
import {
  type DevelopmentIndex,
  developmentIndex,
  onDistinctPages,
  search,
} from '#src/retrieval/development-index.ts'
import { indexedText } from '#src/retrieval/query-terms.ts'
import { buildSegment } from '#src/retrieval/segment.ts'
import { type AskedQuestion, askedQuestions, lexemesOf } from './lexemes.ts'
import { hitShare, mean, percentile, withTypo } from './measures.ts'

type Question = {
  id: string
  text: string
  doc: string | null
  pages_with_phrase?: number[]
  pdf_page?: number
}
type Variant = { headings: boolean; digits: boolean; twinTagged: boolean }

const HOME = { houseTypeId: 'r32', unitId: 'any' }
const EVERYTHING: Variant = { headings: true, digits: true, twinTagged: false }
/** Word for word the R32 manual in most places; in a development each would belong to the house types that have it. */
const TWIN = 'heatpump-r290-user-manual-en.pdf'
export const MANUALS = [
  'cylinder-albion-installation-manual.pdf',
  'cylinder-kingspan-product-guide.pdf',
  'growatt-inverter-modbus-v124.pdf',
  'heatpump-r290-user-manual-en.pdf',
  'heatpump-r32-user-manual-en.pdf',
]
const ABSTAIN_BELOW = 0.5
const TYPO_ROUNDS = 5

export async function benchManuals(sql: Sql, shared: string, explain: boolean) {
  const questions = await readLines<Question>(join(shared, 'data/manual-gold/questions.jsonl'))
  const answerable = questions.filter(({ doc }) => doc !== null && MANUALS.includes(doc))
  const skipped = questions
    .filter(({ doc }) => doc !== null && !MANUALS.includes(doc))
    .map(({ id, doc }) => `${id} (${doc} is missing)`)
  const unanswerable = questions.filter(({ doc }) => doc === null)
  const texts = answerable.map(({ text }) => text)

  const index = await indexManuals(sql, shared, EVERYTHING)
  const asked = await askedQuestions(sql, texts)
  const ranks = ranksOf(index, answerable, asked)
  if (explain) explainMisses(index, answerable, asked, ranks)
  const withoutHeadings = await indexManuals(sql, shared, { ...EVERYTHING, headings: false })
  const withoutDigits = await indexManuals(sql, shared, { ...EVERYTHING, digits: false })
  const withTwinTagged = await indexManuals(sql, shared, { ...EVERYTHING, twinTagged: true })
  const askedSpelt = asked.map((each) => ({ ...each, lexemes: spelt(each.lexemes) }))
  const withoutUnits = asked.map((each) => ({ ...each, units: [] }))

  const typoRanks: (number | null)[] = []
  const uncorrectedRanks: (number | null)[] = []
  for (let round = 0; round < TYPO_ROUNDS; round += 1) {
    const mistyped = await askedQuestions(
      sql,
      texts.map((text, position) => withTypo(text, round * 1_000 + position)),
    )
    const mistypedRanks = ranksOf(index, answerable, mistyped)
    if (explain) explainTypos(index, mistyped, mistypedRanks, ranks)
    typoRanks.push(...mistypedRanks)
    uncorrectedRanks.push(
      ...ranksOf(
        index,
        answerable,
        mistyped.map((each) => onlyKnown(index, each)),
      ),
    )
  }
  const foreign = await askedQuestions(
    sql,
    unanswerable.map(({ text }) => text),
  )
  const coverages = (list: AskedQuestion[]) =>
    list.map((each) => search(index, HOME, { ...each, embedding: null, limit: 5 }).coverage)
  return {
    questions: answerable.length,
    skipped,
    chunks: [...index.segments.values()].reduce((sum, { places }) => sum + places.length, 0),
    index_bytes: index.sizeBytes,
    hits: hitsOf(ranks),
    hits_with_house_types: hitsOf(ranksOf(withTwinTagged, answerable, asked)),
    hits_without_headings: hitsOf(ranksOf(withoutHeadings, answerable, asked)),
    hits_without_double_digits: hitsOf(ranksOf(withoutDigits, answerable, askedSpelt)),
    hits_without_units: hitsOf(ranksOf(index, answerable, withoutUnits)),
    hits_with_typos: hitsOf(typoRanks),
    hits_with_typos_uncorrected: hitsOf(uncorrectedRanks),
    answered_share_of_answerable: mean(
      coverages(asked).map((coverage) => (coverage >= ABSTAIN_BELOW ? 1 : 0)),
    ),
    answered_share_of_unanswerable: mean(
      coverages(foreign).map((coverage) => (coverage >= ABSTAIN_BELOW ? 1 : 0)),
    ),
    coverage_of_answerable: coverages(asked).map((coverage) => Math.round(coverage * 100) / 100),
    coverage_of_unanswerable: coverages(foreign).map((coverage) => Math.round(coverage * 100) / 100),
    search_ms_p50: timed(index, asked, 0.5),
    search_ms_p95: timed(index, asked, 0.95),
  }
}

async function indexManuals(sql: Sql, shared: string, variant: Variant): Promise<DevelopmentIndex> {
  const segments = []
  for (const file of MANUALS) {
    const path = join(shared, 'data/pdfs', file)
    if (!existsSync(path)) throw new Error(`${path} is missing`)
    const chunks = chunkPages((await extractPdf(path)).pages)
    const title = file.replace(/\.pdf$/, '').replaceAll('-', ' ')
    const texts = chunks.map((chunk) =>
      indexedText({ title, heading: variant.headings ? chunk.heading : null, content: chunk.content }),
    )
    const lexemes = await lexemesOf(sql, texts)
    const houseTypeIds = variant.twinTagged && file === TWIN ? ['r290'] : []
    const scope = {
      documentId: file,
      versionId: file,
      reading: 1,
      unitId: null,
      houseTypeIds,
      usedForAnswers: true,
    }
    const made = chunks.map((chunk, position) => ({
      ...chunk,
      chunkId: `${file} ${position}`,
      embedding: null,
      counts: lexemes[position]!.counts,
      terms: variant.digits ? lexemes[position]!.terms : spelt(lexemes[position]!.terms),
    }))
    segments.push(buildSegment(scope, made, null))
  }
  return developmentIndex(1, null, segments)
}

/** A term whose digits are spelt as letters is not doubled: an ablation that needs no switch in the product. */
function spelt(terms: string[]): string[] {
  return terms.map((term) => term.replace(/\d/g, (digit) => DIGIT_LETTERS[Number(digit)]!))
}
const DIGIT_LETTERS = 'qwzxjkvyhf'

function ranksOf(index: DevelopmentIndex, questions: Question[], asked: AskedQuestion[]): (number | null)[] {
  return questions.map((question, position) => {
    const pages = onDistinctPages(
      search(index, HOME, { ...asked[position]!, embedding: null, limit: 100 }).candidates,
    )
    const rank = pages.findIndex(
      ({ documentId, page }) => documentId === question.doc && isAnswerPage(question, page),
    )
    return rank < 0 ? null : rank + 1
  })
}

function isAnswerPage({ pages_with_phrase: pages, pdf_page: page }: Question, found: number): boolean {
  return found === page || (pages ?? []).includes(found)
}

function onlyKnown(index: DevelopmentIndex, asked: AskedQuestion): AskedQuestion {
  const isKnown = (lexeme: string) =>
    [...index.segments.values()].some(({ postings }) => postings.termIds.has(lexeme))
  return { ...asked, lexemes: asked.lexemes.filter(isKnown) }
}

function hitsOf(ranks: (number | null)[]) {
  return { at1: hitShare(ranks, 1), at3: hitShare(ranks, 3), at5: hitShare(ranks, 5) }
}

function timed(index: DevelopmentIndex, asked: AskedQuestion[], share: number): number {
  const times: number[] = []
  for (let round = 0; round < 20; round += 1) {
    for (const each of asked) {
      const before = performance.now()
      search(index, HOME, { ...each, embedding: null, limit: 10 })
      times.push(performance.now() - before)
    }
  }
  return percentile(times, share)
}

function explainMisses(
  index: DevelopmentIndex,
  questions: Question[],
  asked: AskedQuestion[],
  ranks: (number | null)[],
): void {
  questions.forEach((question, position) => {
    if (ranks[position] === 1) return
    console.log(
      `${question.id} rank ${ranks[position]} · ${question.text} · wanted ${question.doc} ${question.pdf_page} (${question.pages_with_phrase})`,
    )
    const { candidates, correctedTerms } = search(index, HOME, {
      ...asked[position]!,
      embedding: null,
      limit: 100,
    })
    console.log('  ', asked[position]!.lexemes.join(' '), correctedTerms)
    for (const each of onDistinctPages(candidates).slice(0, 5)) {
      console.log(
        `   ${each.documentId} p${each.page} ${each.score.toFixed(2)} [${each.matchedTerms}] ${each.heading}`,
      )
    }
  })
}

function explainTypos(
  index: DevelopmentIndex,
  mistyped: AskedQuestion[],
  ranks: (number | null)[],
  clean: (number | null)[],
): void {
  mistyped.forEach((each, position) => {
    if (ranks[position] === clean[position]) return
    const { correctedTerms } = search(index, HOME, { ...each, embedding: null, limit: 5 })
    console.log(`rank ${clean[position]} → ${ranks[position]} · ${each.words.join(' ')}`, correctedTerms)
  })
}

export async function readLines<Row>(path: string): Promise<Row[]> {
  return (await Bun.file(path).text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
