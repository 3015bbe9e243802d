// Which language models this process has: none without a key, and then answers are extractive.

import type { EmbeddingSpace } from '#db/embeddings.ts'
import { insertLlmError } from '#db/logs.ts'
import { cacheKey, type HomeScope, type Scope, throughDoor } from '#db/scope.ts'
import { config } from '../config.ts'
import { countedCache } from '../counted-cache.ts'
import type { ChooseEmbedder } from '../documents/embedding.ts'
import { flagIsOn } from '../flags.ts'
import { log } from '../log.ts'
import type { QuestionEmbedder } from '../retrieval.ts'
import type { ChatModel } from './chat-model.ts'
import { allowed, type BudgetSeen, noteTokens, withinBudget } from './llm-allowance.ts'
import { type OpenAiClient, openAiClient } from './openai.ts'
import type { LlmFailureRecord } from './openai-calls.ts'
import type { LlmFailure } from './openai-failures.ts'

/** A question that waits longer than this for its vector is answered by words alone. */
const QUESTION_EMBEDDING_TIMEOUT_MS = 3_000

let opened: OpenAiClient | null = null

function client(): OpenAiClient | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_CHAT_MODEL, OPENAI_EMBEDDING_MODEL } = config()
  if (!OPENAI_API_KEY) return null
  opened ??= openAiClient(
    {
      apiKey: OPENAI_API_KEY,
      baseUrl: OPENAI_BASE_URL,
      chatModel: OPENAI_CHAT_MODEL,
      embeddingModel: OPENAI_EMBEDDING_MODEL,
      embeddingDimensions: config().OPENAI_EMBEDDING_DIMENSIONS,
      deadlineMs: config().OPENAI_TIMEOUT_MS,
      idleMs: config().OPENAI_IDLE_TIMEOUT_MS,
      concurrency: config().OPENAI_CONCURRENCY,
    },
    { onFailure: recordFailure },
  )
  return opened
}

/** For tests that change the settings. */
export const forgetModels = (): void => {
  opened = null
  vectors.clear()
}

/** The model within what the tenant may use of it: beyond that its calls fail, and answers are quoted instead. */
export function chatModel(home: HomeScope): ChatModel | null {
  const seen: BudgetSeen = { isLeft: null }
  const model = client()?.chatModel({
    ...contextOf(home),
    withinBudget: async () => seen.isLeft ?? withinBudget(home),
  })
  if (!model) return null
  const onRefused = ({ code, message }: LlmFailure) =>
    recordFailure({
      code,
      message,
      operation: 'chat',
      model: model.name,
      attempt: 0,
      latencyMs: 0,
      httpStatus: null,
      willRetry: false,
      requestId: home.requestId,
      tenantId: home.tenantId,
    })
  return allowed(home, model, onRefused, seen)
}

const contextOf = (scope: Scope) => ({
  requestId: scope.requestId,
  tenantId: scope.tenantId,
  withinBudget: () => withinBudget(scope),
})

/** Memory for the vectors of questions; one takes 2 kB. */
const QUESTION_VECTORS_BYTES_MAX = 16_000_000
/** Bounds how long an erased person's words may stay in a worker thread, which hears no notifications. */
const QUESTION_VECTORS_KEPT_MS = 86_400_000

/** The same question is embedded once, for the search, for staff's answers and for the gap that it may leave. */
const vectors = countedCache<string, Float32Array>('vectors of questions', {
  maxSize: QUESTION_VECTORS_BYTES_MAX,
  sizeCalculation: (vector, key) => vector.byteLength + 2 * key.length,
  ttl: QUESTION_VECTORS_KEPT_MS,
})

export const forgetQuestionVectors = (): void => vectors.clear()

export function questionEmbedder(scope: Scope): QuestionEmbedder {
  const model = client()
  if (!model) return null
  return {
    embed: async (text, space) => {
      if (!(await flagIsOn('search_by_meaning', scope.tenantId))) return null
      const key = cacheKey(scope, 'question-vector', space.model, space.dimensions, text.toWellFormed())
      const known = vectors.get(key)
      if (known) return known
      const vector = await embedQuestion(model, scope, text, space)
      if (vector) vectors.set(key, vector)
      return vector
    },
  }
}

async function embedQuestion(
  model: OpenAiClient,
  scope: Scope,
  text: string,
  space: EmbeddingSpace,
): Promise<Float32Array | null> {
  const signal = AbortSignal.timeout(QUESTION_EMBEDDING_TIMEOUT_MS)
  try {
    const made = await model.embed([text], { signal, context: contextOf(scope), space })
    // Written now, but not waited for: the search has all it needs, and a failure is logged.
    void noteTokens(scope, made.promptTokens)
    return made.vectors[0] ?? null
  } catch {
    // The failure has its row already; words alone still find most of what vectors find.
    return null
  }
}

/** Embeds questions to compare them with each other; `model` names the space their vectors lie in. */
export type MeaningEmbedder = { model: string; embed(text: string): Promise<Float32Array | null> }

export function meaningEmbedder(scope: Scope): MeaningEmbedder | null {
  const embedder = questionEmbedder(scope)
  const space = configuredSpace()
  if (!embedder || !space) return null
  return {
    model: `${space.model}/${space.dimensions}`,
    embed: (text) => embedder.embed(text, space),
  }
}

/** The vectors that the settings ask for; null without a model. */
export function configuredSpace(): EmbeddingSpace | null {
  const { OPENAI_API_KEY, OPENAI_EMBEDDING_MODEL, OPENAI_EMBEDDING_DIMENSIONS } = config()
  return OPENAI_API_KEY ? { model: OPENAI_EMBEDDING_MODEL, dimensions: OPENAI_EMBEDDING_DIMENSIONS } : null
}

export function documentEmbedder(tenantId: string, requestId: string): ChooseEmbedder | null {
  const model = client()
  const configured = configuredSpace()
  if (!model || !configured) return null
  return (wanted) => {
    const space = wanted ?? configured
    return {
      ...space,
      embed: async (texts, signal) =>
        (await model.embed(texts, { signal, context: { requestId, tenantId }, space })).vectors,
    }
  }
}

function recordFailure(record: LlmFailureRecord): void {
  log('warn', 'llm_failed', { ...record })
  throughDoor((db) => insertLlmError(db, rowOf(record))).catch((error) =>
    log('warn', 'llm_error_not_recorded', { error }),
  )
}

const rowOf = (record: LlmFailureRecord) => ({
  tenantId: record.tenantId,
  code: record.code,
  model: record.model,
  attempt: record.attempt,
  latencyMs: Math.round(record.latencyMs),
  httpStatus: record.httpStatus,
  message: record.message,
  requestId: record.requestId,
})
