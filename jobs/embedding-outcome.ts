// What a failing language model means to a job that embeds: try again later, under a name of its own.
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { JobFailure } from './outcome.ts'

export async function namingFailures<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof LlmFailure) throw new JobFailure('embedding_unavailable', { cause: error })
    throw error
  }
}
