// Access codes `XX-NNN-XXXX`: made, printed again, forgiven for case and dashes, compared in constant time.
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { seal, unseal } from './sealing.ts'

/** No letter or digit that can be taken for another when read aloud or from paper. */
const LETTERS = 'ACDEFGHJKLMNPQRTUVWXY'
const SYMBOLS = `${LETTERS}34679`

/** A new code: the development's two letters, three digits, four symbols: some 27 bits behind a 128-bit link. */
export function makeAccessCode(codePrefix: string): string {
  const digits = Array.from({ length: 3 }, () => randomInt(10)).join('')
  const symbols = Array.from({ length: 4 }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
  return `${codePrefix}-${digits}-${symbols}`
}

/** What a person typed, as it would stand on the card: upper case, dashes and spaces as they should be. */
function normaliseAccessCode(typed: string): string {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return bare.length === 9 ? `${bare.slice(0, 2)}-${bare.slice(2, 5)}-${bare.slice(5)}` : bare
}

/** Bound to the unit, so a code copied to another home's row does not open. */
export const encryptAccessCode = (code: string, unitId: string, key: Uint8Array): string =>
  seal(code, unitId, key)

/** @throws Error when the key or the unit is not the one it was encrypted with. */
export const decryptAccessCode = (encrypted: string, unitId: string, key: Uint8Array): string =>
  unseal(encrypted, unitId, key)

export function accessCodesMatch(typed: string, stored: string): boolean {
  const a = Buffer.alloc(32)
  const b = Buffer.alloc(32)
  a.write(normaliseAccessCode(typed).slice(0, 32))
  b.write(stored)
  return timingSafeEqual(a, b)
}

/** The id in a home's printed address: 128 random bits. */
export const makePublicId = (): string => randomBytes(16).toString('base64url')
