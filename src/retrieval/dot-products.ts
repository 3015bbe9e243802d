// Dot products of one query with many rows of bytes, sixteen multiplications at a time (decision 027).

/** Where what stands in the module's one page of memory: the query, the results, a block of rows. */
const RESULTS_AT = 8_192
const ROWS_AT = 16_384
const PAGE_BYTES = 65_536
/** The last row is read in steps of sixteen and may be read past its end, against a query that is zero there. */
const STEP = 16
const RESULTS_MAX = (ROWS_AT - RESULTS_AT) / Float64Array.BYTES_PER_ELEMENT
const DIMENSIONS_MAX = RESULTS_AT / Int16Array.BYTES_PER_ELEMENT
/** Large enough to lose nothing that counts, small enough that no sum of products leaves 32 bits. */
const QUERY_MAX = 16_383

/**
 * 268 bytes, assembled by wabt from:
 *
 *     (func (export "dots") (param $rows i32) (param $dimensions i32) …
 *       for each row: a and b start at zero; in steps of sixteen bytes
 *         a += i32x4.dot_i16x8_s (v128.load8x8_s $row) (v128.load $query)
 *         b += i32x4.dot_i16x8_s (v128.load8x8_s offset=8 $row) (v128.load offset=16 $query)
 *       f64.store $result (the sum of the lanes of a and b, added as i64)
 */
const MODULE = Uint8Array.fromBase64(
  'AGFzbQEAAAABBgFgAn9/AAMCAQAFAwEAAQcRAgZtZW1vcnkCAARkb3RzAAAK3QEB2gECBX8Ce0GAgAEhAkGAwAAhAwJAA0AgAEUNAf0M' +
    'AAAAAAAAAAAAAAAAAAAAACEH/QwAAAAAAAAAAAAAAAAAAAAAIQggAiEEQQAhBSACIAFqIQYCQANAIAQgBk8NASAHIAT9AQMAIAX9AAQA' +
    '/boB/a4BIQcgCCAE/QEDCCAF/QAEEP26Af2uASEIIARBEGohBCAFQSBqIQUMAAsLIAcgCP2uASEHIAf9xwEgB/3IAf3OASEHIAMgB/0d' +
    'ACAH/R0BfLk5AwAgBiECIANBCGohAyAAQQFrIQAMAAsLCw==',
)

type Machine = {
  dots: (rows: number, dimensions: number) => void
  bytes: Int8Array
  query: Int16Array
  results: Float64Array
}

const machine = assembled()

/** `visit` gets each row's dot product with the query, in order. */
export function eachDotProduct(
  bytes: Int8Array,
  query: Float32Array,
  visit: (row: number, product: number) => void,
): void {
  if (machine === null || query.length > DIMENSIONS_MAX) plainly(bytes, query, visit)
  else inBlocks(machine, bytes, query, visit)
}

/** Rows are copied in, a block at a time: they stay where they are kept, and the copy never leaves the processor. */
function inBlocks(
  { dots, bytes: memory, query: given, results }: Machine,
  bytes: Int8Array,
  query: Float32Array,
  visit: (row: number, product: number) => void,
): void {
  const dimensions = query.length
  let largest = 0
  for (const value of query) largest = Math.max(largest, Math.abs(value))
  const scale = largest === 0 ? 0 : QUERY_MAX / largest
  for (let index = 0; index < dimensions; index += 1) given[index] = Math.round(query[index]! * scale)
  given.fill(0, dimensions, dimensions + STEP)
  const rowCount = bytes.length / dimensions
  const rowsABlock = Math.min(RESULTS_MAX, Math.floor((PAGE_BYTES - ROWS_AT - STEP) / dimensions))
  for (let first = 0; first < rowCount; first += rowsABlock) {
    const count = Math.min(rowsABlock, rowCount - first)
    memory.set(bytes.subarray(first * dimensions, (first + count) * dimensions), ROWS_AT)
    dots(count, dimensions)
    for (let row = 0; row < count; row += 1) visit(first + row, scale === 0 ? 0 : results[row]! / scale)
  }
}

/** For processors without the instructions, and what the other way is tested against. */
export function plainly(
  bytes: Int8Array,
  query: Float32Array,
  visit: (row: number, product: number) => void,
): void {
  const rowCount = bytes.length / query.length
  for (let row = 0; row < rowCount; row += 1) {
    const first = row * query.length
    let product = 0
    for (let index = 0; index < query.length; index += 1) product += query[index]! * bytes[first + index]!
    visit(row, product)
  }
}

function assembled(): Machine | null {
  if (!WebAssembly.validate(MODULE)) return null
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE))
  const { buffer } = exports.memory as WebAssembly.Memory
  return {
    dots: exports.dots as Machine['dots'],
    bytes: new Int8Array(buffer),
    query: new Int16Array(buffer, 0, DIMENSIONS_MAX),
    results: new Float64Array(buffer, RESULTS_AT, RESULTS_MAX),
  }
}
