// Dot products by the processor's wide instructions: the same as multiplied one by one, whatever the sizes.
import { expect, test } from 'bun:test'
import { seededDice } from '#src/demo/dice.ts'
import { eachDotProduct, plainly } from '#src/retrieval/dot-products.ts'

const ROUNDING = 1e-3

function products(by: typeof plainly, bytes: Int8Array, query: Float32Array): number[] {
  const all: number[] = []
  by(bytes, query, (row, product) => {
    all[row] = product
  })
  return all
}

test.each([
  [1, 16],
  [3, 1],
  [2, 17],
  [1_100, 16],
  [97, 512],
  [40, 1_536],
  [13, 4_064],
  [3, 4_096],
  [2, 5_000],
])('%p rows of %p dimensions', (rows, dimensions) => {
  const { roll } = seededDice(dimensions)
  const bytes = Int8Array.from({ length: rows * dimensions }, () => roll(255) - 127)
  const query = Float32Array.from({ length: dimensions }, () => roll(1_000) / 1_000 - 0.5)
  const [quick, plain] = [products(eachDotProduct, bytes, query), products(plainly, bytes, query)]
  expect(quick).toHaveLength(rows)
  const largest = Math.sqrt(dimensions) * 127 * 0.5
  quick.forEach((product, row) => {
    expect(Math.abs(product - plain[row]!) / largest).toBeLessThan(ROUNDING)
  })
})

test('the largest values there can be do not run over', () => {
  const bytes = new Int8Array(4_096).fill(-127)
  const query = new Float32Array(4_096).fill(1)
  expect(products(eachDotProduct, bytes, query)).toEqual([-127 * 4_096])
})

test('what an earlier query left behind takes no part in the next', () => {
  products(eachDotProduct, new Int8Array(64).fill(127), new Float32Array(64).fill(1))
  expect(products(eachDotProduct, Int8Array.from([1, 2, 3]), Float32Array.from([1, 1, 1]))[0]).toBeCloseTo(
    6,
    2,
  )
})

test('a query of nothing but zeros is near nothing', () => {
  expect(products(eachDotProduct, new Int8Array(32).fill(9), new Float32Array(16))).toEqual([0, 0])
})
