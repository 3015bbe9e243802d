// Embeddings as they are stored: 32-bit floats, little-endian, in a `bytea`.

export const encodeEmbedding = (embedding: Float32Array): Uint8Array =>
  new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength)

/** Copies, because a driver's buffer may start at any byte and floats need four-byte alignment. */
export const decodeEmbedding = (bytes: Uint8Array): Float32Array =>
  new Float32Array(new Uint8Array(bytes).buffer)
