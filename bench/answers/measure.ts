// What an outside checker measures of answers: the stage, whether the true answer stands in it, and the pages cited.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DemoTruth, demoTruths } from '#src/demo/truths.ts'
import type { Server } from '../../test/support/server.ts'
import { MANUALS, readLines } from '../retrieval/manuals.ts'
import { askHome, type Reply, unitsOf } from './ask.ts'

const TIMES = [1, 3, 5]
const FOREIGN_PER_CORPUS = 50

export type Row = { measure: string; questions: number; result: string }
/** `explain` is called for each question that went wrong. */
type Explain = (line: string) => void
type Gold = {
  id: string
  text: string
  doc: string | null
  pdf_page?: number
  pages_with_phrase?: number[]
  phrase?: string
}

const squash = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

/** Every demonstration truth, asked of a home of its type: the printed answer must stand in ours, of no other type. */
export async function measureTruths(server: Server, explain: Explain): Promise<Row[]> {
  const units = await unitsOf(server)
  let asked = 0
  let right = 0
  let asGap = 0
  let foreignPages = 0
  for (const truth of demoTruths()) {
    const unit = units.find((each) => isOf(truth, each))
    if (!unit) continue
    const reply = await askHome(server, unit, truth.question)
    asked += 1
    if (reply.stage === 'gap') asGap += 1
    foreignPages += reply.citations.filter(({ title }) => namesOtherType(title, unit.house_type)).length
    if (squash(reply.answer).includes(squash(truth.answer))) right += 1
    else
      explain(
        `${truth.id} ${reply.stage} · ${truth.question} · wanted “${truth.answer}”\n   ${oneLine(reply.answer)}`,
      )
  }
  return [
    {
      measure: 'demonstration truths: the printed answer stands in ours',
      questions: asked,
      result: share(right, asked),
    },
    { measure: 'demonstration truths: said not to know', questions: asked, result: share(asGap, asked) },
    { measure: 'citations of another house type', questions: asked, result: String(foreignPages) },
  ]
}

const isOf = (
  truth: DemoTruth,
  unit: { tenant: string; development: string; house_type: string; number: string },
) =>
  unit.tenant === truth.tenant &&
  unit.development === truth.development &&
  (truth.houseTypeCode === null || unit.house_type === truth.houseTypeCode) &&
  (truth.unitNumber === null || unit.number === truth.unitNumber)

function namesOtherType(title: string, houseType: string): boolean {
  const named = /House Type (\w+)/.exec(title)?.[1]
  return named !== undefined && named !== houseType
}

/** Questions of real manuals, uploaded to the home's development: the page cited, and the phrase in the answer. */
export async function measureManuals(
  server: Server,
  shared: string,
  manualOf: ReadonlyMap<string, string>,
  explain: Explain,
): Promise<Row[]> {
  const gold = await readLines<Gold>(join(shared, 'data/manual-gold/questions.jsonl'))
  const answerable = gold.filter(({ doc }) => doc !== null && MANUALS.includes(doc))
  const [home] = await unitsOf(server)
  const ranks: number[] = []
  let answered = 0
  let holdsPhrase = 0
  for (const question of answerable) {
    const reply = await askHome(server, home!, question.text)
    const rank = reply.citations.findIndex((cited) => isGold(question, cited, manualOf)) + 1
    ranks.push(rank)
    if (reply.stage !== 'gap') answered += 1
    const isHeld = squash(reply.answer).includes(squash(question.phrase ?? ''))
    if (isHeld) holdsPhrase += 1
    if (rank !== 1 || !isHeld)
      explain(
        `${question.id} rank ${rank || '-'} ${reply.stage} · ${question.text} · wanted “${question.phrase}” on ${question.doc} p${question.pdf_page}\n   ${oneLine(reply.answer)}`,
      )
  }
  const hits = TIMES.map((most) => ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length)
  return [
    {
      measure: `manuals: page among the first ${TIMES.join('/')} cited`,
      questions: ranks.length,
      result: hits.map((hit) => hit.toFixed(3)).join(' / '),
    },
    {
      measure: 'manuals: answerable questions answered',
      questions: ranks.length,
      result: share(answered, ranks.length),
    },
    {
      measure: 'manuals: the phrase stands in the answer',
      questions: ranks.length,
      result: share(holdsPhrase, ranks.length),
    },
  ]
}

function isGold(
  question: Gold,
  cited: Reply['citations'][number],
  manualOf: ReadonlyMap<string, string>,
): boolean {
  return (
    manualOf.get(cited.document_id) === question.doc &&
    (cited.page === question.pdf_page || (question.pages_with_phrase ?? []).includes(cited.page))
  )
}

/** What no document of the home holds must be said not to be known. */
export async function measureAbstention(server: Server, shared: string, explain: Explain): Promise<Row[]> {
  const [home] = await unitsOf(server)
  const gold = await readLines<Gold>(join(shared, 'data/manual-gold/questions.jsonl'))
  const sets: [string, string[]][] = [
    ['unanswerable (manuals)', gold.filter(({ doc }) => doc === null).map(({ text }) => text)],
    ['foreign: scientific claims', await foreign(shared, 'scifact')],
    ['foreign: another product’s manual', await foreign(shared, 'emanual-tv')],
  ]
  const rows: Row[] = []
  for (const [name, questions] of sets) {
    let answered = 0
    for (const question of questions) {
      const { stage, answer } = await askHome(server, home!, question)
      if (stage !== 'document') continue
      answered += 1
      explain(`${name}, answered · ${question}\n   ${oneLine(answer)}`)
    }
    rows.push({
      measure: `${name}: answered from a document`,
      questions: questions.length,
      result: share(answered, questions.length),
    })
  }
  return rows
}

async function foreign(shared: string, corpus: string): Promise<string[]> {
  const queries = await readLines<{ text: string }>(join(shared, 'data/retrieval', corpus, 'queries.jsonl'))
  return queries.slice(0, FOREIGN_PER_CORPUS).map(({ text }) => text)
}

type Case = { id: string; class: string; question: string; then?: string }
/** `says`: words of which one must stand in the answer, between bars. */
type Wording = { class: string; question: string; then?: string; says?: string }

const STAGES: Record<string, readonly string[]> = {
  'emergency-life': ['safety'],
  'emergency-property': ['safety'],
  'structural-safety': ['safety'],
  ordinary: ['fact', 'document', 'gap'],
  privacy: ['refusal'],
  'out-of-scope': ['refusal'],
  fact: ['fact', 'gap', 'document'],
  document: ['document'],
  place: ['place'],
  gap: ['gap'],
  conversation: ['document', 'fact'],
  language: ['document'],
}

/** The shared acceptance questions, by class: the stage that decided. */
export async function measureAcceptance(server: Server, shared: string, explain: Explain): Promise<Row[]> {
  const { cases } = JSON.parse(readFileSync(join(shared, 'acceptance/questions.json'), 'utf8')) as {
    cases: Case[]
  }
  const [home] = await unitsOf(server)
  const results = new Map<string, boolean[]>()
  for (const { id, class: name, question, then } of cases) {
    const first = await askHome(server, home!, question)
    const last = then === undefined ? first : await askHome(server, home!, then, first.conversation_id)
    const isRight = (STAGES[name] ?? []).includes(last.stage)
    results.set(name, [...(results.get(name) ?? []), isRight])
    if (!isRight) explain(`${id} (${name}) ${last.stage} · ${question}\n   ${oneLine(last.answer)}`)
  }
  return [...results].map(([name, rights]) => ({
    measure: `acceptance: ${name}`,
    questions: rights.length,
    result: share(rights.filter(Boolean).length, rights.length),
  }))
}

/** Other wordings of them, ours: the stage that decided, and the recorded answer where one is known. */
export async function measureWordings(server: Server, explain: Explain): Promise<Row[]> {
  const path = join(import.meta.dir, '../../test/answers/wordings.json')
  const wordings = JSON.parse(readFileSync(path, 'utf8')) as Wording[]
  const [home] = await unitsOf(server)
  let decided = 0
  let said = 0
  for (const { class: name, question, then, says } of wordings) {
    const first = await askHome(server, home!, question)
    const last = then === undefined ? first : await askHome(server, home!, then, first.conversation_id)
    const isRight = (WORDING_STAGES[name] ?? STAGES[name] ?? []).includes(last.stage)
    const isSaid =
      says === undefined || says.split('|').some((words) => squash(last.answer).includes(squash(words)))
    if (isRight) decided += 1
    if (says !== undefined && isSaid) said += 1
    if (!isRight || !isSaid)
      explain(`${name} ${last.stage} · ${question} · wanted “${says ?? name}”\n   ${oneLine(last.answer)}`)
  }
  const known = wordings.filter(({ says }) => says !== undefined).length
  return [
    {
      measure: 'other wordings: decided by their class',
      questions: wordings.length,
      result: share(decided, wordings.length),
    },
    { measure: 'other wordings: the recorded answer is given', questions: known, result: share(said, known) },
  ]
}

/** A wording may ask for what is not on record, or follow up on a place. */
const WORDING_STAGES: Record<string, readonly string[]> = {
  ordinary: ['fact', 'place', 'document', 'gap'],
  conversation: ['fact', 'place', 'document', 'gap'],
  language: ['fact', 'place', 'document', 'gap'],
}

const oneLine = (text: string): string => text.slice(0, 300).replaceAll('\n', ' ')
