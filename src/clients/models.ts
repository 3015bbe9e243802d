// Which language models this process has: none without a key, and then answers are extractive.
import { insertLlmError } from '#db/logs.ts'
import { type HomeScope, type Scope, throughDoor } from '#db/scope.ts'
import { config } from '../config.ts'
import type { Embedder } from '../documents/ingestion.ts'
import { log } from '../log.ts'
import type { QuestionEmbedder } from '../retrieval.ts'
import type { ChatModel } from './chat-model.ts'
import { type OpenAiClient, openAiClient } from './openai.ts'
import type { LlmFailureRecord } from './openai-calls.ts'
import { EMBEDDING_DIMENSIONS } from './openai-embeddings.ts'

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
    model: config().OPENAI_EMBEDDING_MODEL,
    dimensions: EMBEDDING_DIMENSIONS,
    embed: async (text) => {
      const signal = AbortSignal.timeout(QUESTION_EMBEDDING_TIMEOUT_MS)
      // The failure has its row already; words alone still find most of what vectors find.
      return model.embed([text], { signal, context }).then(
        ({ vectors }) => vectors[0] ?? null,
        () => null,
      )
    },
  }
}

export function documentEmbedder(tenantId: string, requestId: string): Embedder | null {
  const model = client()
  if (!model) return null
  return {
    model: config().OPENAI_EMBEDDING_MODEL,
    embed: async (texts, signal) =>
      (await model.embed(texts, { signal, context: { requestId, tenantId } })).vectors,
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
