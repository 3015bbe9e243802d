// The interface of a language model that streams, whichever provider is behind it.

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string }

/** It throws an `LlmFailure` (see `openai-failures.ts`); nothing it has passed to `onToken` is taken back. */
export interface ChatModel {
  name: string
  stream(
    messages: ChatMessage[],
    options: { signal: AbortSignal; onToken(text: string): Promise<void> | void; maxTokens?: number },
  ): Promise<{
    text: string
    usage: { promptTokens: number; completionTokens: number } | null
    finishReason: string
  }>
}
