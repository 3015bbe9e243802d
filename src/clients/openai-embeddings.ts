// Cuts texts into batches for the embeddings endpoint and checks what comes back: count, order, size, numbers.
import { LlmFailure } from '#src/clients/openai-failures.ts'

/** Unless the settings say otherwise. */
export const EMBEDDING_DIMENSIONS = 512
const BATCH_TEXTS_MAX = 64
/** About 60,000 tokens a request, well under the provider's limit. */
const BATCH_CHARACTERS_MAX = 240_000
/** About 8,000 tokens, the limit of one input. */
const TEXT_CHARACTERS_MAX = 24_000

export function embeddingBatches(texts: string[]): string[][] {
  const batches: string[][] = []
  let batch: string[] = []
  let characters = 0
  for (const whole of texts) {
    // The endpoint refuses an empty input, and one refusal would fail its whole batch.
    const text = whole.trim() === '' ? '-' : whole.slice(0, TEXT_CHARACTERS_MAX)
    if (
      batch.length >= BATCH_TEXTS_MAX ||
      (batch.length > 0 && characters + text.length > BATCH_CHARACTERS_MAX)
    ) {
      batches.push(batch)
      batch = []
      characters = 0
    }
    batch.push(text)
    characters += text.length
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}

/** The vectors in the order of the inputs. The SDK checks none of this: a short list or an empty vector is a success to it. */
export function vectorsOf(
  rows: readonly { index: number; embedding: unknown }[] | undefined,
  expected: number,
  dimensions: number = EMBEDDING_DIMENSIONS,
): Float32Array[] {
  if (!Array.isArray(rows) || rows.length !== expected) {
    throw new LlmFailure('llm_bad_response', `${rows?.length ?? 0} embeddings for ${expected} texts`)
  }
  const vectors: (Float32Array | undefined)[] = new Array(expected).fill(undefined)
  for (const row of rows) {
    if (
      !Number.isInteger(row.index) ||
      row.index < 0 ||
      row.index >= expected ||
      vectors[row.index] !== undefined
    ) {
      throw new LlmFailure('llm_bad_response', `an embedding with the index ${row.index} of ${expected}`)
    }
    vectors[row.index] = vectorOf(row.embedding, dimensions)
  }
  return vectors.filter((vector) => vector !== undefined)
}

// Asked for base64, some compatible providers answer with plain numbers all the same.
function vectorOf(embedding: unknown, dimensions: number): Float32Array {
  const vector =
    typeof embedding === 'string'
      ? decoded(embedding)
      : Array.isArray(embedding)
        ? Float32Array.from(embedding)
        : null
  if (vector === null || vector.length !== dimensions) {
    throw new LlmFailure(
      'llm_bad_response',
      `an embedding of ${vector?.length ?? 0} dimensions instead of ${dimensions}`,
    )
  }
  let sum = 0
  for (const value of vector) sum += value * value
  if (!Number.isFinite(sum) || sum === 0)
    throw new LlmFailure('llm_bad_response', 'an embedding that is zero or not a number')
  return vector
}

function decoded(base64: string): Float32Array | null {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.length % 4 === 0
    ? new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    : null
}
