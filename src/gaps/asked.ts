// What buyers ask: the questions of the last months, grouped by meaning and counted, without who asked.

import { complaintsOfDevelopment } from '#db/chat.ts'
import { type AskedQuestion, recentQuestions } from '#db/gaps.ts'
import { type Scope, within } from '#db/scope.ts'
import { type Meaning, meaningOf, SIMILAR_QUESTION_MIN, similarity } from '../answers/same-question.ts'
import { keptRead } from '../kept-reads.ts'

const GROUPS_SHOWN = 20

export type AskedGroup = { question: string; asked: number; homes: number; answered: number }

export async function whatBuyersAsk(scope: Scope, developmentId: string) {
  return keptRead(scope, {
    name: 'asked',
    parts: [developmentId],
    tables: ['rag_log', 'messages', 'gaps', 'units'],
    read: async () => {
      const { questions, complaints } = await within(scope, async (db) => ({
        questions: await recentQuestions(db, developmentId),
        complaints: await complaintsOfDevelopment(db, developmentId),
      }))
      return { groups: groupAsked(questions).slice(0, GROUPS_SHOWN), complaints }
    },
  })
}

type Group = { head: Meaning; question: string; units: Set<string>; asked: number; answered: number }

/** Pure: groups around their first wording, those of most homes first. Only heads that share a word are compared. */
function groupAsked(questions: readonly AskedQuestion[]): AskedGroup[] {
  const groups: Group[] = []
  const byStem = new Map<string, Group[]>()
  /** People use the same words, and comparing meanings is what takes the time. */
  const byWording = new Map<string, Group>()
  for (const each of questions) {
    const group = byWording.get(each.question) ?? groupOf(each.question, byStem)
    byWording.set(each.question, group)
    if (group.asked === 0) groups.push(group)
    group.asked++
    group.units.add(each.unitId)
    if (each.isAnswered) group.answered++
  }
  return groups
    .map(({ question, asked, answered, units }) => ({ question, asked, answered, homes: units.size }))
    .sort((a, b) => b.homes - a.homes || b.asked - a.asked || a.question.localeCompare(b.question))
}

/** The group of what was asked; a new one when nothing of the same meaning was asked before. */
function groupOf(question: string, byStem: Map<string, Group[]>): Group {
  const head = meaningOf(question)
  const known = nearest(head, byStem)
  if (known) return known
  const group: Group = { head, question, units: new Set<string>(), asked: 0, answered: 0 }
  for (const stem of head.stems) byStem.set(stem, [...(byStem.get(stem) ?? []), group])
  return group
}

function nearest(meaning: Meaning, byStem: ReadonlyMap<string, Group[]>): Group | null {
  const candidates = new Set([...meaning.stems].flatMap((stem) => byStem.get(stem) ?? []))
  let best: { group: Group; near: number } | null = null
  for (const group of candidates) {
    const near = similarity(meaning, group.head)
    if (near >= SIMILAR_QUESTION_MIN && near > (best?.near ?? 0)) best = { group, near }
  }
  return best?.group ?? null
}
