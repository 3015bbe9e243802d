// Entity tags of what the API answers: a program that has it already is told so instead of sent it again.

/** Weak, because a compressed answer has other bytes and the same meaning. */
export const tagOf = (body: string): string => `W/"${Bun.hash(body).toString(36)}"`

export const hasAlready = (request: Request, tag: string): boolean =>
  (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one.replace(/^W\//, '') === tag.replace(/^W\//, ''))
