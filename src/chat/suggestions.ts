// Four questions to begin with, from different themes, and only ones this home can answer.
import { documentsOfHome } from '#db/documents.ts'
import { factsOfHome } from '#db/home-facts.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'

const SUGGESTIONS = 4

type Known = { factKeys: Set<string>; factTopics: Set<string>; kinds: Set<string>; isRented: boolean }

/** In order of what families ask first; each names what must be on record for it. */
const CANDIDATES: { theme: string; question: string; isAnswerable(known: Known): boolean }[] = [
  {
    theme: 'heating',
    question: 'What heating do I have?',
    isAnswerable: ({ factTopics }) => factTopics.has('heating'),
  },
  {
    theme: 'plans',
    question: 'Can I see my floor plan?',
    isAnswerable: ({ kinds }) => kinds.has('floor_plan'),
  },
  {
    theme: 'care',
    question: 'How often should I clean the ventilation filters?',
    isAnswerable: ({ kinds }) => kinds.has('user_guide'),
  },
  {
    theme: 'bins',
    question: 'Which bin goes out on which day?',
    isAnswerable: ({ factTopics }) => factTopics.has('bins'),
  },
  {
    theme: 'warranty',
    question: 'What does my warranty cover?',
    // What a builder warrants to an owner is none of a tenant's business.
    isAnswerable: ({ kinds, isRented }) => kinds.has('warranty') && !isRented,
  },
  {
    theme: 'rooms',
    question: 'What size is my living room?',
    isAnswerable: ({ factKeys }) => factKeys.has('room.living'),
  },
  { theme: 'energy', question: 'What is my BER?', isAnswerable: ({ factTopics }) => factTopics.has('ber') },
  {
    theme: 'parking',
    question: 'How many parking spaces do I have?',
    isAnswerable: ({ factTopics }) => factTopics.has('parking'),
  },
]

export async function suggestedQuestions(home: HomeScope): Promise<string[]> {
  const [facts, documents, unit] = await within(home, (db) =>
    Promise.all([factsOfHome(db, home), documentsOfHome(db, home), unitById(db, home.unitId)]),
  )
  const known: Known = {
    factKeys: new Set(facts.map((fact) => fact.key)),
    factTopics: new Set(facts.map((fact) => fact.topic)),
    kinds: new Set(documents.map((document) => document.kind)),
    isRented: unit?.tenure === 'rent',
  }
  return CANDIDATES.filter((candidate) => candidate.isAnswerable(known))
    .slice(0, SUGGESTIONS)
    .map((candidate) => candidate.question)
}
