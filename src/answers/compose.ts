// Stage 6: writes the document answer, with the model when there is one and verbatim from the pages when not.

import { answerForm } from '#src/answers/answer-form.ts'
import { numbersIn, verifyAnswer } from '#src/answers/cite.ts'
import { evidenceFor } from '#src/answers/evidence.ts'
import { extractAnswer } from '#src/answers/extract.ts'
import { NO_ANSWER, promptFor } from '#src/answers/prompt.ts'
import type {
  AnswerStream,
  ChatModel,
  Decision,
  HomeContext,
  RetrievedChunk,
  Sources,
  Turn,
  Usage,
} from '#src/answers/question.ts'
import { tokenGate } from '#src/answers/token-gate.ts'

const ANSWER_TOKENS_MAX = 700
const CUT_OFF = 'This answer was cut off before it was finished.'
export const EXTRACTIVE_NOTE = 'This is quoted word for word from your documents, not written by an AI model.'

export type ComposeInput = {
  /** As asked, in the asker's language. */
  question: string
  /** In English, for matching words with the pages. */
  searchText: string
  sameLanguage: boolean
  home: HomeContext
  history: Turn[]
  requestId: string
  chunks: RetrievedChunk[]
  /** What else was retrieved near it, best first: pages worth naming, not worth quoting. */
  related: RetrievedChunk[]
}

export type Composed = { decision: Decision | null; reason: string; streamed: boolean }

/** Verbatim sentences; null when the passages are too weak to be quoted without a model reading them. */
export function composeExtractive(input: ComposeInput, sources: Sources): Decision | null {
  const { chunks } = evidenceFor(input.searchText, input.chunks, { forModel: false })
  const related = chunks.length === 0 ? [] : input.related
  const form = answerForm(input.searchText) ?? undefined
  const extract = extractAnswer(input.searchText, chunks, related, sources, form)
  if (extract === null) return null
  return {
    stage: 'document',
    reason: 'passages',
    mode: 'extractive',
    text: `${extract.text}\n\n${EXTRACTIVE_NOTE}`,
    citations: extract.citations,
  }
}

/** The model's verified answer. Before its first word a failure falls back to the verbatim one, after it the text is marked incomplete. */
export async function composeWithModel(
  input: ComposeInput,
  model: ChatModel,
  sources: Sources,
  stream?: AnswerStream,
): Promise<Composed> {
  const gate = gateFor(input, stream)
  let partial = ''
  let usage: Usage | null = null
  let failed: string | null = null
  try {
    const result = await model.stream(promptFor(input, input.chunks), {
      signal: stream?.signal ?? new AbortController().signal,
      maxTokens: ANSWER_TOKENS_MAX,
      onToken: async (text) => {
        partial += text
        await gate.push(text)
      },
    })
    partial = result.text
    usage = result.usage === null ? null : { ...result.usage, model: model.name }
    await gate.end()
  } catch (error) {
    failed = codeOf(error)
    if (partial.trim() === '')
      return { decision: composeExtractive(input, sources), reason: failed, streamed: false }
    await gate.end()
  }
  return { ...finished(input, partial, usage, failed, sources), streamed: gate.passed() }
}

function finished(
  input: ComposeInput,
  text: string,
  usage: Usage | null,
  failed: string | null,
  sources: Sources,
): Omit<Composed, 'streamed'> {
  if (text.trim().startsWith(NO_ANSWER)) return { decision: null, reason: 'model_found_no_answer' }
  const verified = verifyAnswer(text, input.chunks, [input.question], sources, input)
  if (verified.citations.length === 0) {
    const decision = composeExtractive(input, sources)
    return { decision: decision === null ? null : { ...decision, usage }, reason: failed ?? 'unverified' }
  }
  return {
    decision: {
      stage: 'document',
      reason: failed ?? 'composed',
      mode: 'llm',
      text: failed === null ? verified.text : `${verified.text}\n\n${CUT_OFF}`,
      citations: verified.citations,
      usage,
      incomplete: failed !== null,
    },
    reason: failed ?? (verified.dropped.length > 0 ? 'composed_claims_dropped' : 'composed'),
  }
}

function gateFor(input: ComposeInput, stream?: AnswerStream) {
  const evidence = [input.question, ...input.chunks.map((chunk) => `${chunk.content} ${chunk.pageText}`)]
  const limits = { known: numbersIn(evidence), evidence, chunkCount: input.chunks.length }
  return tokenGate(limits, async (text) => stream?.token(text))
}

/** A failure's own code, so that the log says what happened without saying what the provider wrote. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'llm_failed'
}
