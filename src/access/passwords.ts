// Passwords of staff: argon2id, with the same work whether or not the account exists.

/** OWASP's argon2id profile with 19 MiB and two passes. */
const ARGON2 = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const
export const PASSWORD_CHARS_MAX = 128

export const hashPassword = (password: string): Promise<string> => Bun.password.hash(password, ARGON2)

let decoy: Promise<string> | null = null

/** Compares in constant work: an unknown account is checked against a decoy, so timing tells nothing. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID())
  if (password.length > PASSWORD_CHARS_MAX) return false
  const matches = await Bun.password.verify(password, hash ?? (await decoy))
  return matches && hash !== null
}
