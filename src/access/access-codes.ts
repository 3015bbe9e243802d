// Access codes `XX-NNN-XXXX`: made, printed again, forgiven for case and dashes, compared in constant time.
import { createCipheriv, createDecipheriv, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** No letter or digit that can be taken for another when read aloud or from paper. */
const LETTERS = 'ACDEFGHJKLMNPQRTUVWXY'
const SYMBOLS = `${LETTERS}34679`
const IV_BYTES = 12
const TAG_BYTES = 16

/** A new code: the development's two letters, three digits, four symbols: some 27 bits behind a 128-bit link. */
export function makeAccessCode(codePrefix: string): string {
  const digits = Array.from({ length: 3 }, () => randomInt(10)).join('')
  const symbols = Array.from({ length: 4 }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
  return `${codePrefix}-${digits}-${symbols}`
}

/** What a person typed, as it would stand on the card: upper case, dashes and spaces as they should be. */
export function normaliseAccessCode(typed: string): string {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return bare.length === 9 ? `${bare.slice(0, 2)}-${bare.slice(2, 5)}-${bare.slice(5)}` : bare
}

/** AES-256-GCM; the unit's id is authenticated with it, so a code copied to another home's row does not open. */
export function encryptAccessCode(code: string, unitId: string, key: Uint8Array): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(unitId))
  const sealed = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** @throws Error when the key or the unit is not the one it was encrypted with. */
export function decryptAccessCode(encrypted: string, unitId: string, key: Uint8Array): string {
  const bytes = Buffer.from(encrypted, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(unitId))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  )
}

export function accessCodesMatch(typed: string, stored: string): boolean {
  const a = Buffer.alloc(32)
  const b = Buffer.alloc(32)
  a.write(normaliseAccessCode(typed).slice(0, 32))
  b.write(stored)
  return timingSafeEqual(a, b)
}

/** The id in a home's printed address: 128 random bits. */
export const makePublicId = (): string => randomBytes(16).toString('base64url')
