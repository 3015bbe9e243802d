// Runs a question of a home through the answer pipeline: the chat, the replay of gaps and the test console alike.
import type { EmbeddingSpace } from '#db/embeddings.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { answerQuestion } from '../answers/pipeline.ts'
import type { Answer, AnswerStream, Turn } from '../answers/question.ts'
import { chatModel } from '../clients/models.ts'
import { flagIsOn } from '../flags.ts'
import { positionOf } from '../geocoding.ts'
import { log } from '../log.ts'
import { answerSources, type HomeReading, readHome } from './sources.ts'

/**
 * Keeps nothing: whoever asks decides what becomes of the answer.
 * @param trial vectors that are not in use yet
 * @param known what was read of the home for this very question
 */
export async function runPipeline(
  home: HomeScope,
  question: string,
  history: Turn[],
  stream?: AnswerStream,
  trial: EmbeddingSpace | null = null,
  known: HomeReading | null = null,
): Promise<Answer> {
  const read =
    known ??
    (await within(home, (db) => readHome(db, home, question)).catch((error) => {
      // The safety stage must still speak when the database does not.
      log('error', 'home_unreadable', { requestId: home.requestId, error })
      return null
    }))
  const row = read?.row ?? null
  const asked = {
    text: question,
    requestId: home.requestId,
    history,
    home: {
      developmentName: row?.developmentName ?? '',
      addressLine: [row?.addressLine, row?.eircode].filter(Boolean).join(', '),
      unitNumber: row?.number ?? '',
      houseTypeCode: row?.houseTypeCode ?? '',
      bedrooms: row?.bedrooms ?? null,
      floorAreaM2: row?.floorAreaM2 ?? null,
      ...positionOf(row),
    },
  }
  const model = (await isWrittenByModel(home)) ? chatModel(home) : null
  return answerQuestion(asked, answerSources(home, read, trial), model, stream)
}

/** What cannot be read is as it was before anybody switched it: the safety stage must still speak. */
const isWrittenByModel = (home: HomeScope): Promise<boolean> =>
  flagIsOn('model_answers', home.tenantId).catch((error) => {
    log('warn', 'flags_unreadable', { requestId: home.requestId, error: String(error) })
    return true
  })
