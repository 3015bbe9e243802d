// Copies out of the database end however their last row and their end arrive together.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let sql: postgres.Sql
beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

/** Takes each piece only in a later turn, as a disk does: the stream is full when its end comes. */
const slowReader = (take: (bytes: number) => void) =>
  new Writable({
    highWaterMark: 1,
    write(piece: Buffer, _, done) {
      take(piece.byteLength)
      setImmediate(done)
    },
  })

test.each([1_000, 17_000, 40_000, 70_000])('a last row of %d characters holds nothing up', async (length) => {
  for (let round = 0; round < 20; round++) {
    let bytes = 0
    await sql.begin(async (transaction) => {
      const rows = await transaction
        .unsafe(`copy (select repeat('x', ${length}) from generate_series(1, ${1 + (round % 3)})) to stdout`)
        .readable()
      await pipeline(
        rows,
        slowReader((more) => {
          bytes += more
        }),
      )
    })
    expect(bytes).toBe((length + 1) * (1 + (round % 3)))
  }
  expect((await sql`select 1 as one`)[0]?.one).toBe(1)
})
