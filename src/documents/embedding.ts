// Vectors of texts: who makes them, and the rows they are kept as.
import type { EmbeddingSpace, TextToEmbed } from '#db/embeddings.ts'
import { encodeEmbedding } from '../retrieval/embedding-bytes.ts'

/** Texts sent to the embedding model at once. */
export const EMBEDDING_BATCH = 64

/** Turns texts into vectors of one model; `src/clients/openai.ts` makes one. */
export type Embedder = EmbeddingSpace & {
  embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]>
}

/** An embedder for the space a development is indexed in; with `null`, for the one of the settings. */
export type ChooseEmbedder = (space: EmbeddingSpace | null) => Embedder

/** The vectors of some texts as rows of a development. */
export async function embedTexts(
  of: { tenantId: string; developmentId: string },
  texts: readonly TextToEmbed[],
  embedder: Embedder,
  signal: AbortSignal,
) {
  const vectors = await embedder.embed(
    texts.map((text) => text.content),
    signal,
  )
  return texts.map(({ contentSha256 }, i) => ({
    tenantId: of.tenantId,
    developmentId: of.developmentId,
    model: embedder.model,
    dimensions: embedder.dimensions,
    contentSha256,
    embedding: encodeEmbedding(vectors[i] as Float32Array),
  }))
}

export const isSameSpace = (one: EmbeddingSpace | null, other: EmbeddingSpace | null): boolean =>
  one?.model === other?.model && one?.dimensions === other?.dimensions
