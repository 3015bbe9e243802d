// Asks again, through the very same pipeline, what a new answer of staff may close, and keeps what it says now.
import { type OpenGap, openGaps, setGapAnswered } from '#db/gaps.ts'
import { knowledgeById, knowledgeEmbedding } from '#db/knowledge.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { homeScopeOf } from '../access/home-scope.ts'
import type { Answer } from '../answers/question.ts'
import { type Meaning, meaningOf, SIMILAR_QUESTION_MIN, similarity } from '../answers/same-question.ts'
import { runPipeline } from '../chat/pipeline-run.ts'
import { detailsOf } from '../chat/turns.ts'
import { meaningEmbedder } from '../clients/models.ts'
import { tellOfAnswer } from '../notifications.ts'
import { decodeEmbedding } from '../retrieval/embedding-bytes.ts'

const GAPS_A_READ = 200
/** Beyond it the oldest have had their turn; the next answer goes on with the rest. */
const GAPS_REPLAYED_MAX = 2_000

export type ReplayContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

export type Replayed = { outcome: 'done'; asked: number; answered: number } | { outcome: 'gone' }

/** May be repeated: a gap that was closed is not asked again, one that stayed open gets the same answer. */
export async function replayGaps(
  scope: Scope,
  of: { developmentId: string; knowledgeId: string; groupId: string | null },
  context: ReplayContext,
): Promise<Replayed> {
  const known = await within(scope, (db) => knowledgeById(db, of.knowledgeId))
  if (!known || known.retiredAt !== null) return { outcome: 'gone' }
  const model = meaningEmbedder(scope)?.model ?? null
  const embedding = model ? await within(scope, (db) => knowledgeEmbedding(db, known.id, model)) : null
  const meaning = meaningOf(known.question, embedding ? decodeEmbedding(embedding) : null)
  let [asked, answered] = [0, 0]
  for (let after: string | null = null; asked < GAPS_REPLAYED_MAX; ) {
    const page: OpenGap[] = await within(scope, (db) =>
      openGaps(db, of.developmentId, { after, model, limit: GAPS_A_READ }),
    )
    for (const gap of page.filter((each) => each.groupId === of.groupId || means(each, meaning))) {
      context.signal.throwIfAborted()
      if (await replay(scope, gap, of.knowledgeId, context)) answered++
      context.progress('asking', ++asked, 0)
    }
    if (page.length < GAPS_A_READ) break
    after = page.at(-1)?.id ?? null
  }
  return { outcome: 'done', asked, answered }
}

function means(gap: OpenGap, known: Meaning): boolean {
  const asked = meaningOf(gap.question, gap.embedding ? decodeEmbedding(gap.embedding) : null)
  return similarity(asked, known) >= SIMILAR_QUESTION_MIN
}

/** One home's question again; true when it is answered now. */
async function replay(
  scope: Scope,
  gap: OpenGap,
  knowledgeId: string,
  context: ReplayContext,
): Promise<boolean> {
  const home = await homeScopeOf(scope, gap.unitId)
  const answer = await runPipeline(home, gap.question, [])
  if (!closes(answer, gap, knowledgeId)) return false
  const { text, knowledgeId: by } = answer
  return context.fenced(async (db) => {
    const kept = { answer: text, answerDetails: detailsOf(answer), knowledgeId: by }
    const isClosed = await setGapAnswered(db, gap.id, kept)
    if (isClosed) await tellOfAnswer(db, scope, gap.id)
    return isClosed
  })
}

/** Who saw a similar answer and asked the builder all the same is not told that one again. */
function closes(answer: Answer, gap: OpenGap, knowledgeId: string): boolean {
  if (answer.gap || !['fact', 'place', 'document'].includes(answer.stage)) return false
  const isOldNews = answer.reason === 'knowledge_similar' && answer.knowledgeId !== knowledgeId
  return answer.reason !== 'none_recorded' && !(isOldNews && gap.askedBuilderAt !== null)
}
