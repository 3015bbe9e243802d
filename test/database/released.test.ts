// A released migration is never edited: what a database somewhere has run is pinned, and only new ones are added.
import { expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { knownMigrations } from '#db/migrate.ts'

/** Written the first time with UPDATE_GOLDEN=released, at the first release; from then on every test run holds to it. */
const GOLDEN = 'test/golden/migrations.txt'
const isReleased = existsSync(GOLDEN) || process.env.UPDATE_GOLDEN === 'released'

type Pinned = { tag: string; hash: string; when: number }

const line = ({ tag, hash, when }: Pinned) => `${tag} ${when} ${hash}`

/** The migrations as they stand in this folder, with the time that decides whether a database has had them. */
function present(): Pinned[] {
  const { entries } = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as {
    entries: { when: number }[]
  }
  return knownMigrations().map((migration, i) => ({ ...migration, when: entries[i]?.when ?? 0 }))
}

/**
 * What may be written to the golden file: the lines it has, and new ones after them.
 * @throws when a released one was edited, moved or taken away
 */
function pinnedWith(released: string[], found: string[]): string[] {
  for (const [i, known] of released.entries())
    if (found[i] !== known)
      throw new Error(`${known.split(' ')[0]} is released and must stay as it was: write a new migration`)
  return found
}

const linesOf = (text: string) => text.split('\n').filter((each) => each !== '')

test.skipIf(!isReleased)('no released migration was edited, and new ones are noted', () => {
  const released = existsSync(GOLDEN) ? linesOf(readFileSync(GOLDEN, 'utf8')) : []
  const pinned = pinnedWith(released, present().map(line))
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, `${pinned.join('\n')}\n`)
  expect(pinned).toEqual(linesOf(readFileSync(GOLDEN, 'utf8')))
})

test('a released migration that is edited, moved, dated anew or missing is refused, also when goldens are updated', () => {
  const [first, second] = ['0000_a 1 aaaa', '0001_b 2 bbbb'] as const
  expect(pinnedWith([first, second], [first, second, '0002_c 3 cccc'])).toHaveLength(3)
  expect(pinnedWith([], [first])).toEqual([first])
  for (const found of [
    [first, '0001_b 2 bbbc'],
    [second, first],
    [first, '0001_b 4 bbbb'],
    [first],
    ['0000_new 0 9999', first, second],
  ])
    expect(() => pinnedWith([first, second], found)).toThrow('is released and must stay as it was')
})
