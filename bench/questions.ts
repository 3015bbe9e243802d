// What an outside checker measures of answers: pages cited for questions of real manuals. `bun bench/questions.ts`
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Server, startServer } from '../test/support/server.ts'
import { sharedPath } from '../test/support/shared.ts'
import { MANUALS, readLines } from './retrieval/manuals.ts'

const READY_MS_MAX = 90_000
const STATE_EVERY_MS = 200
const TIMES = [1, 3, 5]

type Gold = { id: string; text: string; doc: string | null; pdf_page?: number; pages_with_phrase?: number[] }
type Answer = {
  stage: string
  answer: string
  citations: { document_id: string; page: number; quote: string }[]
}

const gold = sharedPath('data/manual-gold/questions.jsonl')
const pdfs = sharedPath('data/pdfs')
const acceptance = sharedPath('acceptance/questions.json')
if (!gold || !pdfs || !acceptance) process.exit(1)
const isVerbose = process.argv.includes('--explain')
const server = await startServer(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {})
try {
  const home = server.demo().homes[0]
  if (!home) throw new Error('the demonstration has no home')
  const manualOf = new Map<string, string>()
  for (const file of MANUALS) manualOf.set(await upload(server, home.development_id, join(pdfs, file)), file)
  const questions = await readLines<Gold>(gold)
  await measureManuals(
    questions.filter(({ doc }) => doc !== null && MANUALS.includes(doc)),
    manualOf,
    home.unit_id,
  )
  await measureAbstention(
    'unanswerable',
    questions.filter(({ doc }) => doc === null).map(({ text }) => text),
    home.unit_id,
  )
  const { cases } = JSON.parse(readFileSync(acceptance, 'utf8')) as {
    cases: { class: string; question: string }[]
  }
  await measureAbstention(
    'acceptance gap',
    cases.filter((each) => each.class.includes('gap')).map(({ question }) => question),
    home.unit_id,
  )
} finally {
  await server.kill('SIGTERM')
}

async function measureManuals(
  questions: Gold[],
  manualOf: Map<string, string>,
  unitId: string,
): Promise<void> {
  const ranks: number[] = []
  for (const question of questions) {
    const { stage, citations, answer } = await ask(server, unitId, question.text)
    const isRight = (cited: Answer['citations'][number]) =>
      manualOf.get(cited.document_id) === question.doc &&
      (cited.page === question.pdf_page || (question.pages_with_phrase ?? []).includes(cited.page))
    const rank = citations.findIndex(isRight) + 1
    ranks.push(rank)
    if (rank === 1 || !isVerbose) continue
    const cited = citations.map(({ document_id, page }) => `${manualOf.get(document_id) ?? 'demo'} p${page}`)
    console.log(`${question.id} rank ${rank || '-'} ${stage} · ${question.text}`)
    console.log(
      `   wanted ${question.doc} p${question.pdf_page} (${question.pages_with_phrase}) · cited ${cited.join(', ') || 'nothing'}`,
    )
    console.log(`   ${answer.slice(0, 160).replaceAll('\n', ' ')}`)
  }
  const share = (most: number) => ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length
  console.log(
    `${ranks.length} questions of manuals: ${TIMES.map((most) => `hit@${most} ${share(most).toFixed(3)}`).join(', ')}`,
  )
}

async function measureAbstention(name: string, questions: string[], unitId: string): Promise<void> {
  let gapCount = 0
  for (const question of questions) {
    const { stage, answer, citations } = await ask(server, unitId, question)
    if (stage === 'gap') gapCount += 1
    else
      console.log(
        `answered (${stage}, ${citations.length} citations) · ${question} · ${answer.slice(0, 160).replaceAll('\n', ' ')}`,
      )
  }
  console.log(`${name}: ${gapCount} of ${questions.length} end as a gap`)
}

async function ask(of: Server, unitId: string, question: string): Promise<Answer> {
  const response = await of.api('questions', {
    method: 'POST',
    body: JSON.stringify({ unit_id: unitId, question }),
    headers: { 'content-type': 'application/json' },
  })
  if (response.status !== 200) throw new Error(`${response.status} for ${question}`)
  return (await response.json()) as Answer
}

async function upload(to: Server, developmentId: string, path: string): Promise<string> {
  const title =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.pdf$/, '')
      .replaceAll('-', ' ') ?? ''
  const query = new URLSearchParams({ development_id: developmentId, kind: 'manual', title })
  const response = await to.api(`documents?${query}`, {
    method: 'POST',
    body: readFileSync(path),
    headers: { 'content-type': 'application/pdf' },
  })
  const { id } = (await response.json()) as { id: string }
  const started = performance.now()
  for (;;) {
    const { status, failure_code } = (await (await to.api(`documents/${id}`)).json()) as Record<
      string,
      string
    >
    if (status === 'ready') break
    if (status === 'failed' || performance.now() - started > READY_MS_MAX)
      throw new Error(`${path} is ${status} ${failure_code}`)
    await Bun.sleep(STATE_EVERY_MS)
  }
  console.log(`${title}: ready after ${Math.round(performance.now() - started)} ms`)
  return id
}
