// What the answer pipeline may read, implemented over one home's scope.
import type { DocumentKind } from '#db/document-kinds.ts'
import { isDocumentKind } from '#db/document-kinds.ts'
import { documentsOfHome } from '#db/documents.ts'
import type { EmbeddingSpace } from '#db/embeddings.ts'
import { type FactRow, factsOfHome } from '#db/home-facts.ts'
import type { HomeKnowledge } from '#db/knowledge.ts'
import { type Responsibility, type ResponsibleParty, responsibilitiesOf } from '#db/responsibilities.ts'
import { type Db, type HomeScope, within } from '#db/scope.ts'
import { type HomeRow, homeById } from '#db/units.ts'
import type { Fact, Sources } from '../answers/question.ts'
import { subjectOf } from '../answers/retrieval.ts'
import { questionEmbedder } from '../clients/models.ts'
import { nearestKnowledge, readKnowledge } from '../knowledge.ts'
import { placesNearHome } from '../places.ts'
import { type Beginning, readBeginning, retrieve } from '../retrieval.ts'
import { answerCache } from './answer-cache.ts'

const DOWNLOADS_MAX = 10

/** The home, what is recorded for it, what staff have answered and what a search begins with: read together. */
export type HomeReading = {
  row: HomeRow | null
  facts: Fact[]
  knowledge: HomeKnowledge[]
  begun: Beginning
}

/** What a question reads of its home, in the caller's transaction; all of it is sent at once. */
export async function readHome(db: Db, home: HomeScope, question: string): Promise<HomeReading> {
  const [row, facts, knowledge, begun] = await Promise.all([
    homeById(db, home.unitId),
    recordedFacts(db, home),
    readKnowledge(db, home),
    readBeginning(db, home, subjectOf(question)),
  ])
  return { row, facts, knowledge, begun }
}

/**
 * @param read what was read for this question; null when it could not be, and then it is tried again where it is needed
 * @param trial vectors that are not in use yet; answers written before were written without them
 */
export function answerSources(
  home: HomeScope,
  read: HomeReading | null,
  trial: EmbeddingSpace | null = null,
): Sources {
  return {
    facts: async () => read?.facts ?? within(home, (db) => recordedFacts(db, home)),
    places: () => placesNearHome(home),
    retrieve: ({ text, limit }) =>
      retrieve(home, text, limit, questionEmbedder(home), trial, read?.begun ?? null),
    documentsOfKind: async (kinds) => {
      const known = kinds.filter(isDocumentKind) as DocumentKind[]
      const rows = await within(home, (db) => documentsOfHome(db, home, known))
      return rows
        .slice(0, DOWNLOADS_MAX)
        .map(({ id, title, kind, sizeBytes }) => ({ documentId: id, title, kind, sizeBytes }))
    },
    knowledge: async (text) =>
      nearestKnowledge(home, read?.knowledge ?? (await within(home, (db) => readKnowledge(db, home))), text),
    ...(trial === null ? { answers: answerCache(home) } : {}),
    pageUrl: (documentId, page) => `/documents/${documentId}?page=${page}`,
  }
}

/** Who looks after a thing is a fact like any other: recorded, dated, with what it rests on. */
async function recordedFacts(db: Db, home: HomeScope): Promise<Fact[]> {
  const [facts, things] = await Promise.all([
    factsOfHome(db, home),
    responsibilitiesOf(db, home.developmentId),
  ])
  return [...facts.map(factOf), ...things.map(responsibilityOf)]
}

const WHO: Record<ResponsibleParty, string> = {
  owner: 'the owner of the home',
  builder: 'the builder',
  management_company: 'the management company',
  council: 'the council',
  utility: 'the utility company',
  unresolved: 'not settled yet',
}

const responsibilityOf = (row: Responsibility): Fact => ({
  topic: 'responsibility',
  key: `responsibility.${row.thing}`,
  label: `Who looks after it (${row.thing})`,
  value: row.partyName ? `${WHO[row.party]} (${row.partyName})` : WHO[row.party],
  lengthM: null,
  widthM: null,
  areaM2: null,
  scope: 'development',
  source: row.evidence,
  recordedOn: row.evidenceOn,
})

const factOf = (row: FactRow): Fact => ({
  ...row,
  scope: row.unitId ? 'unit' : row.houseTypeId ? 'house_type' : 'development',
})
