// Entity tags of what the API answers: a program that has it already is told so, one that has an older one may not write.
import { failure } from '../failure.ts'

/** Weak, because a compressed answer has other bytes and the same meaning. */
export const tagOf = (body: string): string => `W/"${Bun.hash(body).toString(36)}"`

export const hasAlready = (request: Request, tag: string): boolean =>
  names(request.headers.get('if-none-match'), tag)

/**
 * A check of `If-Match` against what the row says now, to be made where it is held: nobody writes between. Tags are
 * compared by what they name, not by their bytes, although the standard would have strong ones here: ours are weak
 * only because of compression. @throws Failure `precondition_failed`, from the check
 */
export const unchangedSince =
  <T>(request: Request, bodyOf: (row: T) => object) =>
  (row: T): void => {
    const sent = request.headers.get('if-match')
    if (sent !== null && !names(sent, tagOf(JSON.stringify(bodyOf(row)))))
      throw failure('precondition_failed')
  }

const names = (sent: string | null, tag: string): boolean =>
  (sent ?? '')
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one.replace(/^W\//, '') === tag.replace(/^W\//, ''))
