// The words an answer quoted, found again from the address of its citation.
import { messageOf } from '#db/chat.ts'
import { type HomeScope, within } from '#db/scope.ts'
import type { AnswerDetails } from './turns.ts'

/** `reference` is `{message}.{number}`. Null when it is not a citation of this document in this person's chats. */
export async function citedQuote(
  home: HomeScope,
  by: { purchaserId: string | null; origin: 'app' | 'api' },
  reference: string,
  documentId: string,
): Promise<string | null> {
  const [messageId = '', number = ''] = reference.split('.')
  const message = await within(home, (db) => messageOf(db, { unitId: home.unitId, ...by }, messageId))
  const citation = (message?.details as AnswerDetails | null)?.citations[Number(number) - 1]
  return citation?.documentId === documentId ? citation.quote : null
}
