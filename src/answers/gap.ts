// The last stage: says that nothing on record answers the question and offers to ask the builder.
import type { Decision } from '#src/answers/question.ts'

export function gapDecision(reason: string, question: string): Decision {
  return {
    stage: 'gap',
    reason,
    text: 'I could not find an answer in what is recorded for your home or in its documents, and I will not guess.\n\nWould you like me to ask the builder?',
    offer: { kind: 'ask_builder', question },
    gap: true,
  }
}

/** The offer accepted: the question goes to the builder. No time frame is promised, because none is on record. */
export function askedBuilder(question: string): Decision {
  return {
    stage: 'gap',
    reason: 'asked_builder',
    text: `I have recorded this for the builder: “${question}”. The answer will appear here once there is one.`,
    gap: true,
  }
}
