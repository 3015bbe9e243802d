// The language model and embeddings of any OpenAI-compatible provider, with every way they fail named and bounded.
import OpenAI from 'openai'
import { abortableWait } from '#src/clients/abortable-wait.ts'
import type { ChatModel } from '#src/clients/chat-model.ts'
import { type CircuitBreaker, circuitBreaker } from '#src/clients/circuit-breaker.ts'
import {
  type Attempt,
  type CallContext,
  type CallMachinery,
  type LlmFailureRecord,
  runCall,
} from '#src/clients/openai-calls.ts'
import { EMBEDDING_DIMENSIONS, embeddingBatches, vectorsOf } from '#src/clients/openai-embeddings.ts'
import { LlmFailure, redactor } from '#src/clients/openai-failures.ts'
import { slots } from '#src/clients/slots.ts'
import { traceHeaders } from '#src/clients/traceparent.ts'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 30_000
const WAITING_MAX = 64
const ANSWER_CHARACTERS_MAX = 20_000
/** Reasoning models refuse a temperature. */
const FIXED_TEMPERATURE = /^(?:o\d|gpt-5)/
const TEMPERATURE = 0.1

export type OpenAiSettings = {
  apiKey: string
  baseUrl: string
  chatModel: string
  embeddingModel: string
  embeddingDimensions?: number
  /** From the call to the last token, retries and waiting included. */
  deadlineMs: number
  /** Between two chunks of a stream. */
  idleMs: number
  concurrency: number
}

type Space = { model: string; dimensions: number }

export type OpenAiClient = {
  /** A model whose failures are recorded under this request. */
  chatModel(context: CallContext): ChatModel
  /**
   * One vector for each text, in their order; of the settings' model unless `space` names another. Throws
   * `LlmFailure`; never part of a result.
   */
  embed(
    texts: string[],
    options: { signal: AbortSignal; context: CallContext; space?: Space },
  ): Promise<{ vectors: Float32Array[]; promptTokens: number }>
  /** The configured models that the provider does not offer; asked once at start. */
  missingModels(signal: AbortSignal): Promise<string[]>
  circuit(): ReturnType<CircuitBreaker['state']>
}

export type OpenAiSurroundings = {
  onFailure(record: LlmFailureRecord): void
  now?: () => number
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  random?: () => number
}

export function openAiClient(settings: OpenAiSettings, surroundings: OpenAiSurroundings): OpenAiClient {
  const now = surroundings.now ?? (() => performance.now())
  const sdk = new OpenAI({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    maxRetries: 0,
    timeout: settings.deadlineMs,
    logLevel: 'off',
    fetch: refusingHtml,
  })
  const machinery: CallMachinery = {
    breaker: circuitBreaker({ failuresToOpen: FAILURES_TO_OPEN, openMs: OPEN_MS, now }),
    slots: slots(settings.concurrency, WAITING_MAX),
    deadlineMs: settings.deadlineMs,
    idleMs: settings.idleMs,
    now,
    sleep: surroundings.sleep ?? abortableWait,
    random: surroundings.random ?? Math.random,
    redact: redactor(settings.apiKey),
    onFailure: surroundings.onFailure,
  }
  return {
    chatModel: (context) => ({
      name: settings.chatModel,
      stream: (messages, options) =>
        runCall(
          machinery,
          { operation: 'chat', model: settings.chatModel, context, signal: options.signal },
          (attempt) => streamOnce(sdk, settings.chatModel, messages, options, attempt),
        ),
    }),
    embed: (texts, { signal, context, space }) =>
      embedAll(sdk, space ?? ownSpace(settings), machinery, texts, signal, context),
    missingModels: (signal) => missingModels(sdk, settings, machinery, signal),
    circuit: () => machinery.breaker.state(),
  }
}

type StreamOptions = Parameters<ChatModel['stream']>[1]

async function streamOnce(
  sdk: OpenAI,
  model: string,
  messages: Parameters<ChatModel['stream']>[0],
  options: StreamOptions,
  attempt: Attempt,
): ReturnType<ChatModel['stream']> {
  const stream = await sdk.chat.completions.create(
    {
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...(options.maxTokens === undefined ? {} : { max_completion_tokens: options.maxTokens }),
      ...(FIXED_TEMPERATURE.test(model) ? {} : { temperature: TEMPERATURE }),
    },
    { signal: attempt.signal },
  )
  attempt.beat()
  let text = ''
  let chunks = 0
  let finishReason: string | null = null
  let usage: { promptTokens: number; completionTokens: number } | null = null
  for await (const chunk of stream) {
    attempt.beat()
    chunks++
    const choice = chunk.choices?.[0]
    const token = choice?.delta?.content ?? ''
    if (token !== '') {
      attempt.commit()
      text += token
      attempt.pause()
      await options.onToken(token)
      attempt.beat()
    }
    if (text.length > ANSWER_CHARACTERS_MAX)
      throw new LlmFailure('llm_bad_response', 'the answer does not end')
    if (choice?.finish_reason != null) finishReason = choice.finish_reason
    if (chunk.usage != null)
      usage = { promptTokens: chunk.usage.prompt_tokens, completionTokens: chunk.usage.completion_tokens }
  }
  attempt.signal.throwIfAborted()
  return { text, usage, finishReason: finished(finishReason, chunks, text) }
}

/** A stream that ends without a reason was cut, though the SDK reports success. */
function finished(finishReason: string | null, chunks: number, text: string): string {
  if (chunks === 0) throw new LlmFailure('llm_bad_response', 'the answer held no event')
  if (finishReason === null) throw new LlmFailure('llm_cut', 'the stream ended without a finish reason')
  if (finishReason === 'length') throw new LlmFailure('llm_cut', 'the answer reached its length limit')
  if (finishReason !== 'stop' || text === '')
    throw new LlmFailure('llm_bad_response', `finished with ${finishReason} and ${text.length} characters`)
  return finishReason
}

const ownSpace = ({ embeddingModel, embeddingDimensions }: OpenAiSettings): Space => ({
  model: embeddingModel,
  dimensions: embeddingDimensions ?? EMBEDDING_DIMENSIONS,
})

async function embedAll(
  sdk: OpenAI,
  { model, dimensions }: Space,
  machinery: CallMachinery,
  texts: string[],
  signal: AbortSignal,
  context: CallContext,
): Promise<{ vectors: Float32Array[]; promptTokens: number }> {
  const vectors: Float32Array[] = []
  let promptTokens = 0
  for (const batch of embeddingBatches(texts)) {
    const result = await runCall(
      machinery,
      { operation: 'embeddings', model, context, signal },
      async (attempt) => {
        const response = await sdk.embeddings.create(
          { model, input: batch, dimensions, encoding_format: 'base64' },
          { signal: attempt.signal },
        )
        return {
          vectors: vectorsOf(response.data, batch.length, dimensions),
          promptTokens: response.usage?.prompt_tokens ?? 0,
        }
      },
    )
    vectors.push(...result.vectors)
    promptTokens += result.promptTokens
  }
  return { vectors, promptTokens }
}

async function missingModels(
  sdk: OpenAI,
  settings: OpenAiSettings,
  machinery: CallMachinery,
  signal: AbortSignal,
): Promise<string[]> {
  const missing: string[] = []
  const context = { requestId: null, tenantId: null }
  for (const model of new Set([settings.chatModel, settings.embeddingModel])) {
    try {
      await runCall(machinery, { operation: 'models', model, context, signal }, (attempt) =>
        sdk.models.retrieve(model, { signal: attempt.signal }),
      )
    } catch (error) {
      if (!(error instanceof LlmFailure) || error.code !== 'llm_model_missing') throw error
      missing.push(model)
    }
  }
  return missing
}

/** A captive portal or proxy answers 200 with a page; the SDK would read it as an empty success. */
async function refusingHtml(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers)
  for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value)
  const response = await fetch(url, { ...init, headers })
  if (response.ok && (response.headers.get('content-type') ?? '').includes('text/html')) {
    await response.body?.cancel()
    throw new LlmFailure('llm_bad_response', 'an HTML page instead of an answer', {
      httpStatus: response.status,
    })
  }
  return response
}
