// What the answer pipeline may read, implemented over one home's scope.
import type { DocumentKind } from '#db/document-kinds.ts'
import { isDocumentKind } from '#db/document-kinds.ts'
import { documentsOfHome } from '#db/documents.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { type FactRow, factsOfHome } from '#db/units.ts'
import type { Fact, Sources } from '../answers/question.ts'
import { questionEmbedder } from '../clients/models.ts'
import { knowledgeFor } from '../knowledge.ts'
import { placesNearHome } from '../places.ts'
import { retrieve } from '../retrieval.ts'
import { answerCache } from './answer-cache.ts'

const DOWNLOADS_MAX = 10

export function answerSources(home: HomeScope): Sources {
  return {
    facts: async () => (await within(home, (db) => factsOfHome(db, home))).map(factOf),
    places: () => placesNearHome(home),
    retrieve: ({ text, limit }) => retrieve(home, text, limit, questionEmbedder(home)),
    documentsOfKind: async (kinds) => {
      const known = kinds.filter(isDocumentKind) as DocumentKind[]
      const rows = await within(home, (db) => documentsOfHome(db, home, known))
      return rows
        .slice(0, DOWNLOADS_MAX)
        .map(({ id, title, kind, sizeBytes }) => ({ documentId: id, title, kind, sizeBytes }))
    },
    knowledge: (text) => knowledgeFor(home, text),
    answers: answerCache(home),
    pageUrl: (documentId, page) => `/documents/${documentId}?page=${page}`,
  }
}

const factOf = (row: FactRow): Fact => ({
  ...row,
  scope: row.unitId ? 'unit' : row.houseTypeId ? 'house_type' : 'development',
})
