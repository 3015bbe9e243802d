// Passwords of staff: argon2id, with the same work whether or not the account exists; and which may be chosen.
import { isCommonPassword } from './common-passwords.ts'

/** OWASP's argon2id profile with 19 MiB and two passes. */
const ARGON2 = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const
export const PASSWORD_CHARS_MIN = 12
export const PASSWORD_CHARS_MAX = 128

export const hashPassword = (password: string): Promise<string> => Bun.password.hash(password, ARGON2)

/** Length and rarity count, and no kinds of characters are asked for. The sentence says what is wrong; null: nothing. */
export function passwordProblem(password: string, context: readonly string[]): string | null {
  const chars = [...password].length
  if (chars < PASSWORD_CHARS_MIN || password.length > PASSWORD_CHARS_MAX)
    return `Choose ${PASSWORD_CHARS_MIN} to ${PASSWORD_CHARS_MAX} characters; a sentence is good.`
  if (isCommonPassword(password, context))
    return 'This is easily guessed: it is made of common words, of names that belong here, or of a pattern. A sentence of your own is good.'
  return null
}

let decoy: Promise<string> | null = null

/** Compares in constant work: an unknown account is checked against a decoy, so timing tells nothing. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID())
  if (password.length > PASSWORD_CHARS_MAX) return false
  const matches = await Bun.password.verify(password, hash ?? (await decoy))
  return matches && hash !== null
}
