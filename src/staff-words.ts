// Words that staff write to be kept: a question, an answer, a phrase.
import { failure } from './failure.ts'

/** As they are stored. @throws Failure `invalid`, at `path`, when nothing is left or it is too long */
export function storableWords(text: string, path: string, charsMax: number): string {
  const clean = text.normalize('NFC').toWellFormed().replaceAll('\u0000', '').replaceAll('\r\n', '\n').trim()
  if (clean.length === 0 || clean.length > charsMax)
    throw failure('invalid', { fields: [{ path, message: `must have 1 to ${charsMax} characters` }] })
  return clean
}
