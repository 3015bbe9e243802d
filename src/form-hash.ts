// Forms that a double tap sends twice: the same form with the same content is one act.
import { createHash } from 'node:crypto'

/** The name of the hidden field that every page gives its form anew. */
const FORM_KEY_SHAPE = /^[0-9a-f-]{36}$/

/**
 * What makes a form that was sent the same as one that was sent before; null for a form without a key. The content
 * counts as well: who goes back to the page and writes something else means something else.
 */
export const formHashOf = (key: string | undefined, content: unknown): string | null =>
  key && FORM_KEY_SHAPE.test(key)
    ? createHash('sha256')
        .update(`${key} ${JSON.stringify(content)}`)
        .digest('hex')
    : null
