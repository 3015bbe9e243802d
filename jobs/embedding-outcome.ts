// What a failing language model means to a job that embeds: try again when it says, under a name of its own.
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { JobFailure } from './outcome.ts'

export async function namingFailures<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof LlmFailure) {
      const retryAfterMs = error.retryAfterMs ?? undefined
      throw new JobFailure('embedding_unavailable', { retryAfterMs, cause: error })
    }
    throw error
  }
}
