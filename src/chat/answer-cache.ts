// Written answers kept for the next home that asks the same and would be shown the very same passages.

import { cacheKey, type HomeScope } from '#db/scope.ts'
import type { AnswerCache, Decision, WrittenFor } from '../answers/question.ts'
import { likeness, type Meaning, meaningOf, sameWords } from '../answers/same-question.ts'
import { meaningEmbedder } from '../clients/models.ts'
import { countedCache } from '../counted-cache.ts'

/** Memory that the written answers of all tenants may take together. */
const ANSWERS_BYTES_MAX = 32_000_000
/** Answers of one house type that are compared with a question; the oldest make room. */
const ANSWERS_COMPARED_MAX = 200
/**
 * Vectors of nearly the same wording. Higher than the .7 at which questions are about the same: an answer is only
 * right for another wording when nothing but the wording differs.
 */
const SAME_WORDING_COSINE_MIN = 0.92
/** Text, vector and bookkeeping of an entry beside its answer. */
const ENTRY_BYTES = 4_000

type Entry = { meaning: Meaning; chunkIds: readonly string[]; decision: Decision }

const answers = countedCache<string, Entry[]>('written answers', {
  maxSize: ANSWERS_BYTES_MAX,
  sizeCalculation: (entries) =>
    entries.reduce((sum, { decision }) => sum + ENTRY_BYTES + 2 * JSON.stringify(decision).length, 1),
})

/** Somebody was erased, whose words an answer may repeat. */
export const forgetAnswers = (): void => answers.clear()

/**
 * Three walls stand between homes: the key (tenant, development, house type, bedrooms, model, and the version that
 * every change of documents, their scope and staff's answers raises), the question, and the passages. An answer is
 * given again only to a home whose own search just found every passage that the answer was written from; what was
 * written from a document of one home is out of reach for all others. Facts of a home are not in the prompt at all.
 */
export function answerCache(home: HomeScope): AnswerCache {
  const keyOf = (asked: WrittenFor) =>
    cacheKey(
      home,
      'answers',
      home.developmentId,
      home.houseTypeId,
      asked.bedrooms ?? '',
      asked.indexVersion,
      asked.model,
    )
  const embedder = meaningEmbedder(home)
  const meaning = async (question: string) =>
    meaningOf(question, embedder ? await embedder.embed(question) : null)
  return {
    async find(asked, retrieved) {
      const entries = answers.get(keyOf(asked))
      if (entries === undefined) return null
      const here = new Set(retrieved)
      const wanted = await meaning(asked.question)
      const found = entries.find(
        (entry) => entry.chunkIds.every((id) => here.has(id)) && asksTheSame(wanted, entry.meaning),
      )
      return found === undefined ? null : { ...found.decision, reason: 'cached', usage: null }
    },
    async keep(asked, chunkIds, decision) {
      const key = keyOf(asked)
      const entry = { meaning: await meaning(asked.question), chunkIds, decision }
      answers.set(key, [entry, ...(answers.get(key) ?? [])].slice(0, ANSWERS_COMPARED_MAX))
    },
  }
}

const asksTheSame = (one: Meaning, other: Meaning): boolean =>
  sameWords(one, other) || (one.form === other.form && likeness(one, other).cosine >= SAME_WORDING_COSINE_MIN)
