// Staff's own answers: before everything else for the same question, and rather than nothing for a similar one.
import { dayOf } from '#src/answers/facts.ts'
import type { Decision, Knowledge } from '#src/answers/question.ts'
import { SAME_QUESTION_MIN, SIMILAR_QUESTION_MIN } from '#src/answers/same-question.ts'

/** Who answered and when stand in the answer itself, because there is no page to cite. */
const signature = (known: Knowledge): string => `Answered by ${known.author} on ${dayOf(known.answeredOn)}.`

/** The answer of staff to this very question; null when theirs is to another one. */
export function answerFromKnowledge(known: Knowledge | null): Decision | null {
  if (known === null || known.similarity < SAME_QUESTION_MIN) return null
  return {
    stage: 'fact',
    reason: 'knowledge',
    text: `${known.answer}\n\n${signature(known)}`,
    knowledgeId: known.knowledgeId,
  }
}

/** Instead of a gap: what staff answered to a question like this one, shown with that question. */
export function answerFromSimilar(known: Knowledge | null, question: string): Decision | null {
  if (known === null || known.similarity < SIMILAR_QUESTION_MIN) return null
  return {
    stage: 'fact',
    reason: 'knowledge_similar',
    text: `A similar question has been answered: “${known.question}”\n\n${known.answer}\n\n${signature(known)}\n\nIf that is not what you meant, shall I ask the builder?`,
    offer: { kind: 'ask_builder', question },
    knowledgeId: known.knowledgeId,
  }
}
