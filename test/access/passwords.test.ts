// Which passwords may be chosen: length and rarity, never kinds of characters.
import { expect, test } from 'bun:test'
import { isCommonPassword } from '#src/access/common-passwords.ts'
import { hashPassword, PASSWORD_CHARS_MAX, passwordMatches, passwordProblem } from '#src/access/passwords.ts'
import { processorMsOf } from '../support/processor-time.ts'

const context = ['aoife.murphy@longview.example', 'Aoife Murphy', 'Longview Estates']

test.each([
  'a long and pleasant sentence',
  'correct horse battery staple',
  'tá an aimsir go breá inniu',
  'lllamas yodel at zero degrees',
  '7c1f0a9be2d4',
  'ключ под ковриком у двери',
  'xxxvq9wjz mkbn dhgt',
])('%p may be chosen', (password) => {
  expect(passwordProblem(password, context)).toBeNull()
})

test.each([
  'Password1234',
  'P@ssw0rd2026!',
  'passwordpassword',
  'qwertyuiop123',
  'aaaaaaaaaaaaaaa',
  'abcabcabcabcabc',
  '123456789012345',
  'Welcome2026!!',
  'Summer2026Summer',
  'iloveyou12345',
  'openhouse2026!',
  'Longview2026!',
  'AoifeMurphy1!',
  'Murphy-Longview',
  'football-dublin-1',
])('%p is too easily guessed', (password) => {
  expect(passwordProblem(password, context)).toContain('easily guessed')
})

test('eleven characters are too few, twelve are not, and 128 of any kind are welcome', () => {
  expect(passwordProblem('vq9wjzmkbnd', [])).toContain('12 to 128')
  expect(passwordProblem('vq9wjzmkbndh', [])).toBeNull()
  expect(passwordProblem('vq9wjzmk'.repeat(PASSWORD_CHARS_MAX / 8), [])).toBeNull()
  expect(passwordProblem(`${'vq9wjzmk'.repeat(PASSWORD_CHARS_MAX / 8)}x`, [])).toContain('12 to 128')
})

test('three thousand of the patterns that guessers try first are all refused', () => {
  const words = ['password', 'welcome', 'letmein', 'dragon', 'football', 'liverpool', 'sunshine', 'michael']
  const years = Array.from({ length: 40 }, (_, i) => String(1990 + i))
  const ends = ['', '!', '1', '123', '!!', '01', '1234', '12345', '#1', '?']
  const made = words.flatMap((word) => years.flatMap((year) => ends.map((end) => word + year + end)))
  expect(made.length).toBeGreaterThan(3_000)
  expect(made.filter((password) => !isCommonPassword(password))).toEqual([])
})

test('an account that does not exist takes the same work as one that does', async () => {
  const hash = await hashPassword('a long and pleasant sentence')
  const timeOf = (stored: string | null) => processorMsOf(() => passwordMatches('something else', stored))
  await timeOf(null)
  let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  // In turns, and the quickest of each: a busy machine slows either by chance.
  for (let i = 0; i < 4; i++) {
    known = Math.min(known, await timeOf(hash))
    unknown = Math.min(unknown, await timeOf(null))
  }
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(4)
})
