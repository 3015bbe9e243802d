// Cuts many rows into statements that stay below the limit of parameters.

const ROWS_A_STATEMENT = 500

export function* batches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT)
    yield rows.slice(start, start + ROWS_A_STATEMENT)
}
