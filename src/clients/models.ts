// Which language models this process has: none without a key, and then answers are extractive.
import type { EmbeddingSpace } from '#db/embeddings.ts'
import { insertLlmError } from '#db/logs.ts'
import { type HomeScope, type Scope, throughDoor } from '#db/scope.ts'
import { config } from '../config.ts'
import type { ChooseEmbedder } from '../documents/embedding.ts'
import { log } from '../log.ts'
import type { QuestionEmbedder } from '../retrieval.ts'
import type { ChatModel } from './chat-model.ts'
import { type OpenAiClient, openAiClient } from './openai.ts'
import type { LlmFailureRecord } from './openai-calls.ts'

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
}

export const chatModel = (home: HomeScope): ChatModel | null =>
  client()?.chatModel({ requestId: home.requestId, tenantId: home.tenantId }) ?? null

export function questionEmbedder(scope: Scope): QuestionEmbedder {
  const model = client()
  if (!model) return null
  const context = { requestId: scope.requestId, tenantId: scope.tenantId }
  return {
    embed: async (text, space) => {
      const signal = AbortSignal.timeout(QUESTION_EMBEDDING_TIMEOUT_MS)
      // The failure has its row already; words alone still find most of what vectors find.
      return model.embed([text], { signal, context, space }).then(
        ({ vectors }) => vectors[0] ?? null,
        () => null,
      )
    },
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
